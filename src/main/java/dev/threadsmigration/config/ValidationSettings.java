package dev.threadsmigration.config;

import org.springframework.boot.context.properties.bind.DefaultValue;

/** The validation that ends {@code migrate}, and the command {@code validate}. */
public record ValidationSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("all") SampleSize sample,
        @DefaultValue("none") Limit maxP95Ms) {}
