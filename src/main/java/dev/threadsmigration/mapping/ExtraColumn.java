package dev.threadsmigration.mapping;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.database.Column;

/** A column that the target has beside its fields, and how it gets its value. */
public record ExtraColumn(Column column, FieldRule rule) {}
