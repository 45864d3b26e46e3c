package dev.threadsmigration.mapping;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.ValueType;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.legacy.LegacyKey;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Metadata;
import dev.threadsmigration.model.TargetRecord;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The way back: what a legacy row must hold for a record of the target. */
public final class ReverseMapping {

    /** Why a legacy row cannot be written at all. */
    public static final String FROM_QUERY = "its legacy row comes from a query, into which nothing can be written";

    private final MappingRules rules;
    private final ReverseValues values;
    /** The columns that a field is made of, looked up once and not for each record. */
    private final Map<Field, List<Column>> columnsOf = new EnumMap<>(Field.class);

    /** @param zone of legacy dates that have none */
    public ReverseMapping(MappingRules rules, ZoneId zone) {
        this.rules = rules;
        this.values = new ReverseValues(zone);
        rules.rules().forEach((field, rule) -> {
            if (rules.isHeldByLegacy(field)) {
                columnsOf.put(field, rules.columns(field));
            }
        });
    }

    /** Finds what legacy's references hold for a new id; null where no legacy record has become the one that has it. */
    public interface LegacyIds {
        @Nullable
        String legacyId(Field reference, UUID newId);
    }

    /**
     * The columns to write, with their values; none of the key, and none that legacy computes.
     *
     * @param legacyId the row's own; null: legacy is yet to count it
     * @param before what the target was given; only fields that differ from it are written. Null: all
     * @throws IrreversibleException where a value cannot become one of the legacy column, or legacy is a query
     */
    public Map<Column, @Nullable Object> columns(
            TargetRecord now, @Nullable String legacyId, @Nullable TargetRecord before, LegacyIds legacyIds) {
        if (rules.table().isQuery()) {
            throw new IrreversibleException(FROM_QUERY);
        }
        Map<Column, @Nullable Object> columns = new LinkedHashMap<>();
        for (Field field : rules.entity().fields()) {
            if (field != Field.ID && isToBeWritten(field, now, before)) {
                // Of a title that somebody has changed, the whole that was kept says nothing more.
                boolean isNewTitle = field == Field.TITLE && before != null;
                column(field, isNewTitle ? now.with(Field.METADATA, null) : now, before, legacyIds, columns);
            }
        }
        FieldRule oldId = rules.rules().get(Field.OLD_ID);
        if (before == null
                && oldId != null
                && oldId.column() != null
                && now.get(Field.METADATA) instanceof Metadata it) {
            oldId(it.json(), legacyId, column(oldId.column()), columns);
        }
        // A row stays under its key, whatever fields are made of it.
        columns.keySet().removeAll(rules.table().key());
        columns.keySet().removeIf(Column::isComputed);
        return columns;
    }

    /** Adds the id of a row that is to be inserted, where it has a column beside its key for it. */
    public void newId(TargetRecord now, @Nullable String legacyId, Map<Column, @Nullable Object> columns) {
        // An id that was made of legacy's own is none that legacy had.
        boolean isLegacys = legacyId == null || now.id().version() != IdMapping.MADE;
        if (rules.idIsHeldBesideKey() && isLegacys) {
            Column column = rules.idColumns().get(0);
            columns.put(column, ReverseValues.reference(Field.ID, now.id().toString(), column));
        }
    }

    /** The record that a row becomes once a key that legacy counted for it is known to be that of this record. */
    public TargetRecord known(TargetRecord forward, UUID id) {
        return rules.idIsKey() ? forward.with(Field.ID, id) : forward;
    }

    /**
     * Whether a legacy row says again what the target does, apart from fields for which legacy has no column.
     *
     * @param forward what migrating the row now would give
     */
    public boolean isBack(TargetRecord now, TargetRecord forward) {
        return different(now, forward).isEmpty();
    }

    /** The fields for which legacy has a column that says something else than the target does; as {@link #isBack}. */
    public List<Field> different(TargetRecord now, TargetRecord forward) {
        return rules.entity().fields().stream()
                .filter(columnsOf::containsKey)
                .filter(field -> !isSame(field, now, forward))
                .toList();
    }

    /** The number or name that a row had beside its id; a row without one gave its id as the marker. */
    private static void oldId(
            String metadata, @Nullable String legacyId, Column column, Map<Column, @Nullable Object> columns) {
        JsonNode all = MetadataMapping.EXACT.readTree(metadata);
        // Beside no mark of ours it is a custom field, whatever its name.
        if (!Markers.areIn(all)) {
            return;
        }
        JsonNode marker = all.path(MetadataMapping.OLD_ID);
        String text = marker.asString("");
        if (marker.isNumber() || !text.isEmpty() && !text.equals(legacyId)) {
            columns.put(column, ReverseValues.fitted(Field.OLD_ID, text, column));
        }
    }

    private static boolean isToBeWritten(Field field, TargetRecord now, @Nullable TargetRecord before) {
        // A row without the later date has the earlier one for it, and must not follow where only that one changed.
        return !isSame(field, now, before) || field == Field.UPDATED_AT && !isSame(Field.CREATED_AT, now, before);
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

    /**
     * Adds what one field makes of the columns that it was made of.
     *
     * @throws IrreversibleException where its value cannot become theirs
     */
    public void column(Field field, TargetRecord now, LegacyIds legacyIds, Map<Column, @Nullable Object> columns) {
        column(field, now, null, legacyIds, columns);
    }

    private void column(
            Field field,
            TargetRecord now,
            @Nullable TargetRecord before,
            LegacyIds legacyIds,
            Map<Column, @Nullable Object> columns) {
        List<Column> read = columnsOf.get(field);
        if (read == null) {
            return;
        }
        FieldRule rule = rules.rules().get(field);
        if (field == Field.METADATA) {
            metadata(now, before, rule, columns);
            return;
        }
        if (read.size() == 1) {
            columns.put(read.get(0), value(field, rule, now, read.get(0), legacyIds));
        } else if (rule.type() == ValueType.DATE_AND_TIME && now.get(field) instanceof Instant instant) {
            List<Object> parts = values.dateAndTime(field, instant, read.get(0), read.get(1));
            columns.put(read.get(0), parts.get(0));
            columns.put(read.get(1), parts.get(1));
        } else if (read.size() > 1) {
            parts(field, now, read, legacyIds, columns);
        }
    }

    /** A reference to a record whose key has several columns. */
    private static void parts(
            Field field,
            TargetRecord now,
            List<Column> read,
            LegacyIds legacyIds,
            Map<Column, @Nullable Object> columns) {
        String id = now.get(field) instanceof UUID reference ? reference(field, reference, legacyIds) : null;
        List<String> parts = id == null ? List.of() : LegacyKey.parts(id);
        if (id != null && parts.size() != read.size()) {
            throw new IrreversibleException("its %s %s does not fit the legacy columns".formatted(field, id));
        }
        for (int i = 0; i < read.size(); i++) {
            columns.put(read.get(i), id == null ? null : ReverseValues.reference(field, parts.get(i), read.get(i)));
        }
    }

    private @Nullable Object value(Field field, FieldRule rule, TargetRecord now, Column column, LegacyIds legacyIds) {
        Object value = now.get(field);
        if (value == null) {
            return null;
        }
        if (value instanceof UUID id) {
            return ReverseValues.reference(field, reference(field, id, legacyIds), column);
        }
        if (field == Field.TITLE && now.get(Field.METADATA) instanceof Metadata metadata) {
            String whole = Markers.originalTitle(metadata.json());
            value = whole != null && whole.startsWith(value.toString()) ? whole : value;
        }
        return values.of(field, rule, value, column);
    }

    private static String reference(Field field, UUID id, LegacyIds legacyIds) {
        String legacyId = legacyIds.legacyId(field, id);
        if (legacyId == null && field == Field.ORGANIZATION_ID) {
            return id.toString();
        }
        if (legacyId == null) {
            throw new IrreversibleException("its new %s %s exists only in the new system".formatted(field, id));
        }
        return legacyId;
    }

    /** What says the same as before is left as legacy spells it, in which a value that is made anew may differ. */
    private void metadata(
            TargetRecord now, @Nullable TargetRecord before, FieldRule rule, Map<Column, @Nullable Object> columns) {
        ObjectNode custom = custom(now);
        ObjectNode earlier = before == null ? null : custom(before);
        for (String name : rule.columns()) {
            // Under its name as legacy spells it, whatever case the job file has it in.
            Column column = column(name);
            JsonNode value = custom.remove(column.name());
            if (earlier == null || !Objects.equals(value, earlier.remove(column.name()))) {
                columns.put(column, values.ofMetadata(rule.types().get(name), value, column));
            }
        }
        String json = rule.json() == null ? rule.column() : rule.json();
        if (json == null && !custom.isEmpty()) {
            throw new IrreversibleException("its metadata has '%s', for which legacy has no column"
                    .formatted(String.join("', '", custom.propertyNames())));
        }
        if (json != null && !custom.equals(earlier)) {
            columns.put(column(json), MetadataMapping.EXACT.writeValueAsString(custom));
        }
    }

    private static ObjectNode custom(TargetRecord record) {
        if (MetadataMapping.EXACT.readTree(
                        record.get(Field.METADATA) instanceof Metadata metadata
                                ? Markers.customFields(metadata.json())
                                : "{}")
                instanceof ObjectNode custom) {
            return custom;
        }
        throw new IrreversibleException("its metadata is no JSON object");
    }

    /** A value of the target that the legacy row cannot hold; never quoted, since the message may leave the team. */
    public static final class IrreversibleException extends RuntimeException {
        IrreversibleException(String message) {
            super(message);
        }
    }
}
