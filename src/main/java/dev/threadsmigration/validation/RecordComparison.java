package dev.threadsmigration.validation;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.ledger.ValidationIssue;
import dev.threadsmigration.mapping.ExtraColumn;
import dev.threadsmigration.mapping.IdRules;
import dev.threadsmigration.mapping.LegacyPrecision;
import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.mapping.ReverseMapping;
import dev.threadsmigration.mapping.TextLimits;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.target.StoredRecord;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Compares one legacy row, field by field and column by extra column, with what the target stores for it. */
public final class RecordComparison {

    private static final int SHOWN = 200;
    private static final String NOTHING = "nothing: what legacy has now cannot be migrated";

    private final MappingRules rules;
    private final TextLimits limits;
    private final ExpectedValues values;
    private final MetadataComparison metadata;
    private final RoundTrip roundTrip;
    private final Duration tolerance;
    /** Of the column that holds the custom fields; -1: there is none. */
    private final int jsonPosition;

    /**
     * @param ids what new ids are made by
     * @param zone of legacy dates that have none
     * @param tolerance how far dates may be apart
     */
    public RecordComparison(
            MappingRules rules, TextLimits limits, IdRules ids, ZoneId zone, String oldSystem, Duration tolerance) {
        this.rules = rules;
        this.limits = limits;
        this.values = new ExpectedValues(rules, ids, zone);
        this.metadata = new MetadataComparison(oldSystem);
        this.roundTrip = new RoundTrip(rules, new ReverseMapping(rules, zone));
        this.tolerance = tolerance;
        FieldRule rule = rules.rules().get(Field.METADATA);
        String column = rule == null ? null : rule.json() == null ? rule.column() : rule.json();
        this.jsonPosition = column == null ? -1 : rules.table().position(column);
    }

    /** Every difference; none where the record arrived as it must. */
    List<ValidationIssue> compare(LegacyRow row, StoredRecord record, Origin origin) {
        Map<Field, Object> stored = record.fields();
        List<ValidationIssue> issues = new ArrayList<>();
        for (Field field : rules.entity().fields()) {
            if (origin == Origin.APPLICATION && field != Field.ID && !rules.isHeldByLegacy(field)) {
                continue;
            }
            if (field == Field.METADATA) {
                compareMetadata(row, stored, origin, issues);
            } else {
                Object expected = expected(() -> values.expected(field, row, limits.of(field)));
                Object found = stored.get(field);
                if (!isSame(expected, found) && !(origin == Origin.APPLICATION && isNear(field, expected, found))) {
                    issues.add(issue(row, field.label(), values.written(field, row), expected, found));
                }
            }
        }
        boolean ours = origin == Origin.MIGRATION
                || origin == Origin.FOUND && metadata.isMarked((String) stored.get(Field.METADATA));
        for (ExtraColumn extra : ours ? rules.extras() : List.<ExtraColumn>of()) {
            Object expected = expected(() -> values.expected(extra, row));
            Object found = record.extras().get(extra.column().name());
            if (!isSame(expected, found)) {
                issues.add(issue(row, extra.column().name(), values.written(extra, row), expected, found));
            }
        }
        return issues;
    }

    /**
     * The fields that the way back would not give again what legacy has in them. For a row that has just been compared, and
     * whose record is what it must be.
     */
    List<Field> lost(LegacyRow row, Map<Field, Object> stored) {
        List<Field> lost = roundTrip.lost(row, stored);
        FieldRule rule = rules.rules().get(Field.METADATA);
        if (rule != null && rules.entity().fields().contains(Field.METADATA)) {
            boolean wasNull = jsonPosition >= 0 && row.value(jsonPosition) == null;
            if (wasNull || !metadata.comesBack()) {
                lost.add(Field.METADATA);
            }
        }
        return lost;
    }

    /** What the target must have; legacy may hold by now what could not be migrated. */
    private static @Nullable Object expected(Supplier<@Nullable Object> worked) {
        try {
            return worked.get();
        } catch (ArithmeticException | NumberFormatException | DateTimeException e) {
            return NOTHING;
        }
    }

    private boolean isSame(@Nullable Object expected, @Nullable Object found) {
        return Objects.equals(expected, found)
                || expected instanceof LocalDateTime one
                        && found instanceof LocalDateTime other
                        && Duration.between(one, other).abs().compareTo(tolerance) <= 0;
    }

    /** Whether legacy says what the target does, as nearly as legacy can. */
    private boolean isNear(Field field, @Nullable Object expected, @Nullable Object found) {
        FieldRule rule = rules.rules().get(field);
        boolean isAbsent = found == null || found instanceof String text && text.isBlank();
        return expected instanceof LocalDateTime one
                        && found instanceof LocalDateTime other
                        && Duration.between(one, other).abs().compareTo(LegacyPrecision.COARSEST) < 0
                || isAbsent && expected != null && rule != null && expected.equals(rule.defaultValue());
    }

    /**
     * Whether a column says what a custom field of the application's does: a NULL what a null does, a date the same date in
     * another spelling. The whole of a title that was cut stays where it is when the application changes the title.
     */
    private boolean isNear(MetadataComparison.Difference difference) {
        FieldRule rule = rules.rules().get(Field.METADATA);
        boolean isColumn = rule != null
                && rule.columns().stream().anyMatch(column -> difference.path().equalsIgnoreCase("metadata." + column));
        return difference.expected() == null
                ? difference.path().equals("metadata.originalTitle") || isColumn && "null".equals(difference.found())
                : isColumn && difference.found() != null && isSameDate(difference.expected(), difference.found());
    }

    /** @param one as JSON, as the other is */
    private static boolean isSameDate(String one, String other) {
        try {
            return date(one).equals(date(other));
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static TemporalAccessor date(String json) {
        return DateTimeFormatter.ISO_DATE_TIME.parseBest(json.replace("\"", ""), Instant::from, LocalDateTime::from);
    }

    private void compareMetadata(
            LegacyRow row, Map<Field, Object> stored, Origin origin, List<ValidationIssue> issues) {
        Object title = expected(() -> values.legacyValue(Field.TITLE, row));
        String text = title == null ? "" : title.toString();
        int longest = limits.of(Field.TITLE);
        boolean cut = text.length() > longest && !text.isBlank() && text.codePointCount(0, text.length()) > longest;
        Object oldId = expected(() -> values.legacyValue(Field.OLD_ID, row));
        JsonNode custom = legacyJson(row);
        ObjectNode object = custom instanceof ObjectNode found ? found : null;
        boolean none = custom != null && (custom.isNull() || custom.isMissingNode());
        if (object == null && !none) {
            // It has changed since, and must not pass for no custom fields.
            issues.add(issue(row, Field.METADATA.label(), null, NOTHING, stored.get(Field.METADATA)));
            return;
        }
        String json = (String) stored.get(Field.METADATA);
        if (origin != Origin.MIGRATION && !metadata.isMarked(json)) {
            metadata.compareUnmarked(customFields(row, object), json).stream()
                    .filter(difference -> origin != Origin.APPLICATION || !isNear(difference))
                    .forEach(difference ->
                            issues.add(issue(row, difference.path(), null, difference.expected(), difference.found())));
            return;
        }
        List<MetadataComparison.Difference> differences = metadata.compare(
                customFields(row, object),
                Objects.requireNonNullElse(oldId == null ? row.legacyId() : oldId, ""),
                cut ? text : null,
                json);
        differences.removeIf(difference -> origin == Origin.APPLICATION && isNear(difference));
        for (MetadataComparison.Difference difference : differences) {
            issues.add(issue(row, difference.path(), null, difference.expected(), difference.found()));
        }
    }

    /** What legacy has as custom fields; null where it is no JSON. */
    private @Nullable JsonNode legacyJson(LegacyRow row) {
        Object json = jsonPosition < 0 ? null : row.value(jsonPosition);
        return MetadataComparison.parse(json == null ? "{}" : json.toString());
    }

    /** @param object legacy's own; null where it has none */
    private @Nullable ObjectNode customFields(LegacyRow row, @Nullable ObjectNode object) {
        FieldRule rule = rules.rules().get(Field.METADATA);
        if (rule == null) {
            return null;
        }
        for (String extra : rule.columns()) {
            int position = rules.table().position(extra);
            Object value = row.value(position);
            Object meant = value == null
                    ? null
                    : expected(() -> ExpectedMeaning.inMetadata(rule.types().get(extra), value));
            if (object != null && meant != null) {
                object.set(
                        row.columns().get(position),
                        meant instanceof JsonNode node ? node : StringNode.valueOf(NOTHING));
            }
        }
        return object;
    }

    private ValidationIssue issue(
            LegacyRow row, String field, @Nullable Object legacy, @Nullable Object expected, @Nullable Object found) {
        return new ValidationIssue(
                rules.entity().label(),
                row.legacyId(),
                "different",
                field,
                shown(legacy),
                shown(expected),
                shown(found));
    }

    private static @Nullable String shown(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        String text = value.toString();
        return text.codePointCount(0, text.length()) <= SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "… (" + text.length() + " characters)";
    }
}
