package dev.threadsmigration.config;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a migration is taken back.
 *
 * @param onConflict what becomes of a record that changed on both sides
 */
public record RollbackSettings(@DefaultValue("stop") OnConflict onConflict) {}
