package dev.threadsmigration.mapping;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * The field rules of an entity, with the columns that they read found in the legacy table.
 *
 * @param rules by field; a field without a rule has no value
 */
public record MappingRules(LegacyTable table, Map<Field, FieldRule> rules) {

    public Entity entity() {
        return table.entity();
    }

    /**
     * A mapper by these rules.
     *
     * @param zone of legacy dates that have none
     * @param oldSystem the word for where the records come from, kept in their metadata
     */
    public RecordMapper mapper(IdMapping ids, ZoneId zone, TextLimits limits, Clock clock, String oldSystem) {
        return new RecordMapper(this, ids, new Instants(zone), limits, new MetadataMapping(clock, oldSystem));
    }

    RecordMapper.FieldSource source(Field field) {
        FieldRule rule = rules.get(field);
        return rule == null
                ? RecordMapper.FieldSource.NONE
                : new RecordMapper.FieldSource(rule.column() == null ? -1 : table.position(rule.column()), rule);
    }

    CustomFieldsSource customFields() {
        FieldRule rule = rules.get(Field.METADATA);
        if (rule == null) {
            return CustomFieldsSource.NONE;
        }
        List<Integer> columns = rule.columns().stream().map(table::position).toList();
        String json = rule.json() == null ? rule.column() : rule.json();
        if (json == null) {
            return new CustomFieldsSource(-1, false, columns);
        }
        int position = table.position(json);
        boolean uniqueKeys = table.columns().get(position).typeName().equals("jsonb");
        return new CustomFieldsSource(position, uniqueKeys, columns);
    }
}
