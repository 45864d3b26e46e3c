package dev.threadsmigration.config;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * How one field gets its value.
 *
 * @param column the legacy column
 * @param json for metadata: the column that holds a JSON object
 * @param columns for metadata: further columns, each kept under its own name
 * @param defaultValue what a NULL or blank value becomes; null: nothing
 * @param constant the value of every record; overrides the column
 * @param tooLong what happens to a text that is longer than the target's column
 */
public record FieldRule(
        @Nullable String column,
        @Nullable String json,
        @DefaultValue List<String> columns,
        @Name("default") @Nullable String defaultValue,
        @Nullable String constant,
        @DefaultValue("reject") TooLong tooLong) {

    /** Every legacy column that the rule reads. */
    public List<String> columnsRead() {
        if (constant != null) {
            return List.of();
        }
        return java.util.stream.Stream.concat(
                        java.util.stream.Stream.of(column, json).filter(java.util.Objects::nonNull), columns.stream())
                .toList();
    }
}
