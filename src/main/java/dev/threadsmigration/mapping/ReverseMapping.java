package dev.threadsmigration.mapping;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Metadata;
import dev.threadsmigration.model.TargetRecord;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The way back: what a legacy row must hold for a record of the target. */
public final class ReverseMapping {

    private static final List<String> MARKERS = List.of(
            MetadataMapping.MIGRATED,
            MetadataMapping.MIGRATED_AT,
            MetadataMapping.OLD_SYSTEM,
            MetadataMapping.OLD_ID,
            MetadataMapping.ORIGINAL_TITLE);

    private final MappingRules rules;
    private final ZoneId zone;

    /** @param zone of legacy dates that have none */
    public ReverseMapping(MappingRules rules, ZoneId zone) {
        this.rules = rules;
        this.zone = zone;
    }

    /** Finds the legacy id behind a new one; null where no migrated record has it. */
    public interface LegacyIds {
        @Nullable
        String legacyId(Field reference, UUID newId);
    }

    /**
     * The columns to write, with their values.
     *
     * @param before what the target was given; only fields that differ from it are written. Null: all
     * @throws IrreversibleException where a value cannot become one of the legacy column
     */
    public Map<Column, @Nullable Object> columns(TargetRecord now, @Nullable TargetRecord before, LegacyIds legacyIds) {
        Map<Column, @Nullable Object> columns = new LinkedHashMap<>();
        for (Field field : rules.entity().fields()) {
            FieldRule rule = rules.rules().get(field);
            if (rule == null || rule.constant() != null || field == Field.ID || isSame(field, now, before)) {
                continue;
            }
            if (rule.type() != null || !rule.values().isEmpty() || !rule.types().isEmpty()) {
                throw new IrreversibleException(
                        "its %s was changed, and the rule that made it of legacy values has no way back"
                                .formatted(field));
            }
            if (field == Field.METADATA) {
                metadata((Metadata) now.get(field), rule, columns);
            } else if (rule.column() != null) {
                Column column = column(rule.column());
                columns.put(column, value(field, now, column, legacyIds));
            }
        }
        FieldRule oldId = rules.rules().get(Field.OLD_ID);
        if (before == null
                && oldId != null
                && oldId.column() != null
                && now.get(Field.METADATA) instanceof Metadata it) {
            oldId(it.json(), column(oldId.column()), columns);
        }
        return columns;
    }

    /** The number that a row had beside its id; a row without one gave its id as the marker. */
    private void oldId(String metadata, Column column, Map<Column, @Nullable Object> columns) {
        boolean isKey = rules.table().key().contains(column);
        String marker = MetadataMapping.EXACT
                .readTree(metadata)
                .path(MetadataMapping.OLD_ID)
                .asString("");
        if (!isKey && column.isInteger() && marker.matches("-?\\d{1,18}")) {
            columns.put(column, Long.valueOf(marker));
        }
    }

    private static boolean isSame(Field field, TargetRecord now, @Nullable TargetRecord before) {
        if (before == null) {
            return false;
        }
        if (field == Field.METADATA) {
            return now.get(field) instanceof Metadata one
                    && before.get(field) instanceof Metadata other
                    && one.customHash() == other.customHash();
        }
        return Objects.equals(now.get(field), before.get(field));
    }

    private Column column(String name) {
        return rules.table().columns().get(rules.table().position(name));
    }

    private @Nullable Object value(Field field, TargetRecord now, Column column, LegacyIds legacyIds) {
        Object value = now.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof UUID id) {
            return fitted(field, reference(field, id, legacyIds), column);
        }
        if (value instanceof Instant instant) {
            return date(instant, column);
        }
        if (field == Field.TITLE && now.get(Field.METADATA) instanceof Metadata metadata) {
            String whole = originalTitle(metadata.json());
            return whole != null && whole.startsWith(value.toString()) ? whole : value;
        }
        return column.isText() ? value.toString() : value;
    }

    private static String reference(Field field, UUID id, LegacyIds legacyIds) {
        if (field == Field.ORGANIZATION_ID) {
            return id.toString();
        }
        String legacyId = legacyIds.legacyId(field, id);
        if (legacyId == null) {
            throw new IrreversibleException("its new %s %s exists only in the new system".formatted(field, id));
        }
        return legacyId;
    }

    private static Object fitted(Field field, String id, Column column) {
        try {
            return column.isUuid() ? UUID.fromString(id) : column.isInteger() ? Long.valueOf(id) : id;
        } catch (IllegalArgumentException e) {
            throw new IrreversibleException(
                    "its %s %s does not fit the legacy column %s".formatted(field, id, column.name()));
        }
    }

    private Object date(Instant instant, Column column) {
        String type = column.typeName().toLowerCase(Locale.ROOT);
        if (type.equals("timestamptz") || column.jdbcType() == Types.TIMESTAMP_WITH_TIMEZONE) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (column.jdbcType() == Types.TIMESTAMP) {
            return LocalDateTime.ofInstant(instant, zone);
        }
        if (column.isText()) {
            return instant.toString();
        }
        throw new IrreversibleException("a date does not fit the legacy column " + column.name());
    }

    private void metadata(@Nullable Metadata metadata, FieldRule rule, Map<Column, @Nullable Object> columns) {
        ObjectNode custom =
                (ObjectNode) MetadataMapping.EXACT.readTree(metadata == null ? "{}" : customFields(metadata.json()));
        for (String name : rule.columns()) {
            JsonNode value = custom.remove(name);
            columns.put(column(name), value == null || value.isNull() ? null : value.asString());
        }
        String json = rule.json() == null ? rule.column() : rule.json();
        if (json != null) {
            columns.put(column(json), MetadataMapping.EXACT.writeValueAsString(custom));
        }
    }

    /** The custom fields of a thread's metadata: our markers taken off, what they displaced put back. */
    static String customFields(String metadata) {
        try {
            if (!(MetadataMapping.EXACT.readTree(metadata) instanceof ObjectNode object)) {
                return metadata;
            }
            if (!object.path(MetadataMapping.MIGRATED).asBoolean(false)) {
                return metadata;
            }
            MARKERS.forEach(object::remove);
            if (object.get(MetadataMapping.MOVED) instanceof ObjectNode moved) {
                object.remove(MetadataMapping.MOVED);
                moved.properties().forEach(field -> object.set(field.getKey(), field.getValue()));
            }
            return MetadataMapping.EXACT.writeValueAsString(object);
        } catch (JacksonException e) {
            return metadata;
        }
    }

    private static @Nullable String originalTitle(String metadata) {
        JsonNode whole = MetadataMapping.EXACT.readTree(metadata).get(MetadataMapping.ORIGINAL_TITLE);
        return whole == null || !whole.isString() ? null : whole.asString();
    }

    /** A value of the target that the legacy row cannot hold. */
    public static final class IrreversibleException extends RuntimeException {
        IrreversibleException(String message) {
            super(message);
        }
    }
}
