package dev.threadsmigration.config;

import org.springframework.boot.context.properties.bind.DefaultValue;

/** How a migration is taken back. */
public record RollbackSettings(@DefaultValue("stop") OnConflict onConflict) {}
