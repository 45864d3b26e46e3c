package dev.threadsmigration.mapping;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.TooLong;
import dev.threadsmigration.config.ValueType;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The field rules of an entity, with the columns that they read found in the legacy table.
 *
 * @param rules by field; a field without a rule has no value
 * @param extras columns that the target has beside its fields, in the order in which they are written
 */
public record MappingRules(LegacyTable table, Map<Field, FieldRule> rules, List<ExtraColumn> extras) {

    /** Rules for a target that has no columns beside its fields. */
    public MappingRules(LegacyTable table, Map<Field, FieldRule> rules) {
        this(table, rules, List.of());
    }

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

    /** What the way back cannot restore, a sentence each. */
    public List<String> notReversible() {
        List<String> lost = new ArrayList<>();
        rules.forEach((field, rule) ->
                notReversible(field, rule).forEach(why -> lost.add("%s.%s%s".formatted(entity(), field, why))));
        if (table.isQuery()) {
            lost.add("%s: what the new system changes is not carried back, since nothing can be written into a query"
                    .formatted(entity()));
        } else if (!notHeldByLegacy().isEmpty()) {
            lost.add("%s: what the new system puts into %s is not carried back, since legacy has no column for it"
                    .formatted(entity(), String.join(", ", notHeldByLegacy())));
        }
        return lost;
    }

    private List<String> notHeldByLegacy() {
        return entity().fields().stream()
                .filter(field -> !rules.containsKey(field))
                .map(Field::label)
                .toList();
    }

    /** Whether the field is made of legacy columns, so that a change of it can be written there. */
    public boolean isHeldByLegacy(Field field) {
        FieldRule rule = rules.get(field);
        return rule != null && !rule.columnsRead().isEmpty();
    }

    private List<String> notReversible(Field field, FieldRule rule) {
        if (rule.constant() != null) {
            return List.of(" is a constant: what legacy has in its place is not read");
        }
        List<String> lost = new ArrayList<>();
        if (rule.defaultValue() != null) {
            lost.add(": NULL, a blank text and '%s' all become '%s'"
                    .formatted(rule.defaultValue(), rule.defaultValue()));
        }
        if (field == Field.UPDATED_AT) {
            lost.add(": NULL becomes createdAt");
        } else if (field == Field.ORGANIZATION_ID && rule.column() != null && isNotUuid(rule.column())) {
            lost.add(": an id that is not a UUID comes back only where another legacy row has it, too");
        } else if (field == Field.METADATA) {
            lost.add(": NULL and {} become the same; the text's spacing and key order are not kept");
        } else if (rule.tooLong() == TooLong.TRUNCATE && field != Field.TITLE) {
            lost.add(": what is cut off is not kept");
        }
        if (field.kind() == Field.Kind.INSTANT
                && rule.type() == null
                && rule.column() != null
                && column(rule.column()).isText()) {
            lost.add(": the date comes back as ISO 8601 has it, in UTC");
        }
        if (rule.type() == ValueType.TRIMMED) {
            lost.add(": blanks around the text are not kept");
        } else if (rule.type() == ValueType.BOOLEAN
                && rule.column() != null
                && column(rule.column()).isText()) {
            lost.add(": only true and false come back, whatever word stood for them");
        }
        if (new HashSet<>(rule.values().values()).size() < rule.values().size()) {
            lost.add(": where several legacy words become one, the first of them comes back");
        }
        rule.types()
                .forEach((column, type) -> lost.add(": %s comes back as a plain %s, without the spelling that it had"
                        .formatted(column, type.name().toLowerCase(Locale.ROOT).replace('_', '-'))));
        return lost;
    }

    /** The columns that the id is read from: those of its rule, else the key. */
    public List<Column> idColumns() {
        List<Column> columns = columns(Field.ID);
        return columns.isEmpty() ? table.key() : columns;
    }

    /** The columns beside the key that the way back writes into rows of all kinds, in the order in which they are read. */
    public List<Column> written() {
        return written(field -> field != Field.ID);
    }

    /** The same for a row that is made, which has an id of its own. */
    public List<Column> inserted() {
        return written(field -> true);
    }

    private List<Column> written(Predicate<Field> which) {
        Set<Column> written = rules.keySet().stream()
                .filter(which)
                .flatMap(field -> columns(field).stream())
                .filter(column -> !column.isComputed())
                .collect(Collectors.toSet());
        written.removeAll(table.key());
        return table.columns().stream().filter(written::contains).toList();
    }

    /** Whether the id is the key, and not in columns beside it. */
    public boolean idIsKey() {
        return idColumns().equals(table.key());
    }

    /** The columns that a field is made of; none where it has no rule. */
    public List<Column> columns(Field field) {
        FieldRule rule = rules.get(field);
        return rule == null
                ? List.of()
                : rule.columnsRead().stream().map(this::column).toList();
    }

    /** Whether a row can be made whose key is the id of a record that legacy has never had. */
    public boolean keyHoldsNewIds() {
        return isWrittenUnderOneKey() && idIsKey() && idHoldsNewIds();
    }

    /** Whether a column beside the key can hold the id of such a record. */
    public boolean idIsHeldBesideKey() {
        return !idIsKey() && idHoldsNewIds();
    }

    /**
     * Whether the key may be one that legacy counts itself: it alone knows, and refuses a row without a key where it does not.
     * The id is the key, or in a column beside it that can hold that of a new record.
     */
    public boolean keyMayBeCounted() {
        Column key = table.key().get(0);
        // An unsigned bigint is a decimal.
        return (key.isInteger() || key.isDecimal()) && isWrittenUnderOneKey() && (idIsKey() || idIsHeldBesideKey());
    }

    private boolean isWrittenUnderOneKey() {
        return !table.isQuery() && table.keyWidth() == 1;
    }

    private boolean idHoldsNewIds() {
        Column id = idColumns().get(0);
        boolean fits = id.isUuid()
                || id.isBinaryUuid()
                || id.isUntyped()
                || id.isText() && (id.size() <= 0 || id.size() >= IdMapping.UUID_LENGTH);
        return fits && idColumns().size() == 1 && !id.isComputed();
    }

    /** The column of this name. */
    Column column(String name) {
        return table.columns().get(table.position(name));
    }

    private boolean isNotUuid(String column) {
        return !column(column).isUuid();
    }

    FieldSource source(Field field) {
        return source(Destination.of(field), rules.get(field));
    }

    private FieldSource source(Destination destination, @Nullable FieldRule rule) {
        List<Integer> positions = rule == null
                ? List.of()
                : rule.columnsRead().stream().map(table::position).toList();
        return new FieldSource(destination, rule, positions);
    }

    ExtraValues extraValues(Instants instants) {
        return new ExtraValues(
                extras,
                extras.stream()
                        .map(extra -> source(Destination.of(extra.column()), extra.rule()))
                        .toList(),
                instants);
    }

    CustomFieldsSource customFields() {
        FieldRule rule = rules.get(Field.METADATA);
        if (rule == null) {
            return CustomFieldsSource.NONE;
        }
        Map<Integer, ValueType> types = new LinkedHashMap<>();
        rule.columns()
                .forEach(
                        column -> types.put(table.position(column), rule.types().get(column)));
        MetadataColumns columns = new MetadataColumns(types);
        String json = rule.json() == null ? rule.column() : rule.json();
        if (json == null) {
            return new CustomFieldsSource(-1, false, columns);
        }
        int position = table.position(json);
        boolean uniqueKeys = table.columns().get(position).typeName().equals("jsonb");
        return new CustomFieldsSource(position, uniqueKeys, columns);
    }
}
