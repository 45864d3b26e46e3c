package dev.threadsmigration.config;

import dev.threadsmigration.model.Field;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where an entity's records are in the legacy database and how their columns become fields.
 *
 * @param table the legacy table, with its schema where needed; null where there is a query
 * @param query the user's own SELECT, in a session whose zone is UTC; its columns are the fields' columns
 * @param where a condition on the rows to move, in such a session; null: all
 * @param key the column or columns that identify a row
 * @param fields how each field gets its value; {@code ~} for one that is not moved, whatever the preset says
 * @param extra values for columns that the target has beside its fields, by the target column's name
 */
public record EntityMapping(
        @Nullable String table,
        @Nullable String query,
        @Nullable String where,
        @DefaultValue List<String> key,
        @DefaultValue Map<Field, FieldRule> fields,
        @DefaultValue Map<String, FieldRule> extra) {

    public EntityMapping {
        Map<Field, FieldRule> complete = new EnumMap<>(Field.class);
        fields.forEach((field, rule) -> complete.put(field, field == Field.METADATA ? rule : rule.withoutIdleColumn()));
        fields = complete;
    }

    /** The columns that tell the rows apart, leading column first. */
    public List<String> keyColumns() {
        return key.isEmpty() ? List.of("id") : key;
    }
}
