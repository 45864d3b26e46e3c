package dev.threadsmigration.config;

import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The validation that ends {@code migrate}, and the command {@code validate}.
 *
 * @param enabled whether {@code migrate} ends with it
 * @param sample how many records of each entity are compared, {@code all} or a number
 * @param tolerance how far dates may be apart
 * @param maxP95Ms how long the slowest twentieth of each query may take, in milliseconds, {@code none} or a number
 */
public record ValidationSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("all") SampleSize sample,
        @DefaultValue("0s") Duration tolerance,
        @DefaultValue("none") Limit maxP95Ms) {}
