package dev.threadsmigration.config;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.ConstructorBinding;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * How one field gets its value.
 *
 * @param column the legacy column
 * @param json for metadata: the column that holds a JSON object
 * @param columns for metadata: further columns, each kept under its own name; for an id: the columns that identify the
 *     record together; for a date: its column and that of the time of day
 * @param defaultValue what a NULL or blank value becomes; null: nothing
 * @param constant the value of every record; overrides the column
 * @param tooLong what happens to a text that is longer than the target's column
 * @param type what the column's values mean; null: what their SQL type says
 * @param values the target's value for each legacy value; a value that is not listed is rejected
 * @param types for metadata: what the values of some of the further columns mean
 */
public record FieldRule(
        @Nullable String column,
        @Nullable String json,
        @DefaultValue List<String> columns,
        @Name("default") @Nullable String defaultValue,
        @Nullable String constant,
        @DefaultValue("reject") TooLong tooLong,
        @Nullable ValueType type,
        @DefaultValue Map<String, String> values,
        @DefaultValue Map<String, ValueType> types) {

    @ConstructorBinding
    public FieldRule {}

    /** A rule whose columns mean what their SQL types say. */
    public FieldRule(
            @Nullable String column,
            @Nullable String json,
            List<String> columns,
            @Nullable String defaultValue,
            @Nullable String constant,
            TooLong tooLong) {
        this(column, json, columns, defaultValue, constant, tooLong, null, Map.of(), Map.of());
    }

    /**
     * What stands in a rule's place: an empty text, as which {@code ~} is read, for a field that is not moved.
     *
     * @throws IllegalArgumentException for any other text
     */
    public static FieldRule valueOf(String text) {
        if (!text.isEmpty()) {
            throw new IllegalArgumentException("'" + text + "' is no rule");
        }
        return ofColumns(List.of());
    }

    /** A rule that only names columns. */
    public static FieldRule ofColumns(List<String> columns) {
        boolean one = columns.size() == 1;
        return new FieldRule(one ? columns.get(0) : null, null, one ? List.of() : columns, null, null, TooLong.REJECT);
    }

    /** The rule without the preset's column where the job file names several in its place. */
    FieldRule withoutIdleColumn() {
        return columns.isEmpty() || column == null
                ? this
                : new FieldRule(null, json, columns, defaultValue, constant, tooLong, type, values, types);
    }

    /** The rule without a column that the legacy table does not have. */
    public FieldRule without(String absent) {
        return new FieldRule(
                absent.equals(column) ? null : column,
                absent.equals(json) ? null : json,
                columns.stream().filter(name -> !name.equals(absent)).toList(),
                defaultValue,
                constant,
                tooLong,
                type,
                values,
                types);
    }

    /** Whether it says that the field has no value. */
    public boolean isUnset() {
        return columnsRead().isEmpty() && constant == null && defaultValue == null;
    }

    /** Every legacy column that the rule reads. */
    public List<String> columnsRead() {
        if (constant != null) {
            return List.of();
        }
        return Stream.concat(Stream.of(column, json).filter(Objects::nonNull), columns.stream())
                .toList();
    }
}
