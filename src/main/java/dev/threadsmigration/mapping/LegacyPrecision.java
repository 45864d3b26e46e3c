package dev.threadsmigration.mapping;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.ValueType;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Metadata;
import dev.threadsmigration.model.TargetRecord;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What legacy cannot tell apart of records that the application made: a text that is absent from the rule's default for it,
 * where a column holds a custom field, null from no field and one spelling of a date from another, and the fractions of a
 * second that a legacy column has no room for.
 */
public final class LegacyPrecision {

    /** The coarsest column that still has a time of day counts whole seconds. */
    public static final Duration COARSEST = Duration.ofSeconds(1);

    private final MappingRules rules;
    private final ReverseMapping reverse;

    public LegacyPrecision(MappingRules rules, ReverseMapping reverse) {
        this.rules = rules;
        this.reverse = reverse;
    }

    /** The record with what its legacy row can be given in place of what it cannot. */
    public TargetRecord rounded(TargetRecord record) {
        TargetRecord rounded = record;
        for (Field field : rules.entity().fields()) {
            List<Column> columns = rules.columns(field);
            if (columns.size() != 1) {
                continue;
            }
            Column column = columns.get(0);
            FieldRule rule = rules.rules().get(field);
            if (record.get(field) instanceof Instant instant && column.isInteger()) {
                rounded = rounded.with(field, instant.truncatedTo(unit(rule)));
            } else if (isBlank(record.get(field)) && rule.defaultValue() != null && !column.nullable()) {
                rounded = rounded.with(field, rule.defaultValue());
            }
        }
        return asColumnsSay(rounded);
    }

    /** A column that is NULL is no custom field, nor is one that is null; and a column has one spelling of a date. */
    private TargetRecord asColumnsSay(TargetRecord record) {
        FieldRule rule = rules.rules().get(Field.METADATA);
        if (rule == null || rule.columns().isEmpty() || !(record.get(Field.METADATA) instanceof Metadata metadata)) {
            return record;
        }
        Map<String, UnaryOperator<String>> columns = new HashMap<>();
        for (String name : rule.columns()) {
            Column column = rules.column(name);
            columns.put(column.name(), text -> said(text, rule.types().get(name), column));
        }
        return record.with(Field.METADATA, Content.found(MetadataMapping.asColumnsSay(metadata.json(), columns)));
    }

    private static String said(String text, @Nullable ValueType type, Column column) {
        try {
            if (column.isInstant() || type == ValueType.EPOCH_SECONDS || type == ValueType.EPOCH_MILLIS) {
                return Instant.parse(text).toString();
            }
            return type == null && column.jdbcType() == Types.TIMESTAMP
                    ? LocalDateTime.parse(text).toString()
                    : text;
        } catch (DateTimeException e) {
            return text;
        }
    }

    private static TemporalUnit unit(FieldRule rule) {
        return rule.type() == ValueType.EPOCH_MILLIS ? ChronoUnit.MILLIS : ChronoUnit.SECONDS;
    }

    /**
     * Whether a legacy row says what the record does, as nearly as legacy can.
     *
     * @param forward what migrating the row now would give
     */
    public boolean holds(TargetRecord record, TargetRecord forward) {
        TargetRecord nearest = record;
        for (Field field : rules.entity().fields()) {
            Object now = record.get(field);
            Object there = forward.get(field);
            boolean near = areNear(now, there) || isBlank(now) && there != null && there.equals(defaultOf(field));
            if (near && !Objects.equals(now, there)) {
                nearest = nearest.with(field, there);
            }
        }
        return reverse.isBack(nearest, forward);
    }

    /** Whether both are instants that the coarsest column may not tell apart. */
    public static boolean areNear(@Nullable Object one, @Nullable Object other) {
        return one instanceof Instant first
                && other instanceof Instant second
                && Duration.between(first, second).abs().compareTo(COARSEST) < 0;
    }

    private @Nullable String defaultOf(Field field) {
        FieldRule rule = rules.rules().get(field);
        return rule == null ? null : rule.defaultValue();
    }

    private static boolean isBlank(@Nullable Object value) {
        return value == null || value instanceof String text && text.isBlank();
    }
}
