package dev.threadsmigration.mapping;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.model.Field;
import org.jspecify.annotations.Nullable;

/** A column that the target has beside its fields, and how it gets its value. */
public record ExtraColumn(Column column, FieldRule rule) {

    /** What its values are, as those of fields are; null where it is of a type that cannot be written. */
    public static Field.@Nullable Kind kindOf(Column column) {
        String type = column.typeName().toLowerCase(java.util.Locale.ROOT).replaceAll("\\(.*?\\)", "");
        return switch (type) {
            case "uuid" -> Field.Kind.ID;
            case "varchar", "text", "bpchar", "citext", "character varying", "character large object" ->
                Field.Kind.TEXT;
            case "timestamp", "timestamptz", "timestamp with time zone", "timestamp without time zone" ->
                Field.Kind.INSTANT;
            case "bool", "boolean" -> Field.Kind.BOOLEAN;
            case "int2", "int4", "int8", "smallint", "integer", "bigint" -> Field.Kind.INTEGER;
            default -> null;
        };
    }
}
