package dev.threadsmigration.validation;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.legacy.LegacyKey;
import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.mapping.ReverseMapping;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Metadata;
import dev.threadsmigration.model.TargetRecord;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether the way back would give a legacy row again what it has. Metadata is told by {@link MetadataComparison}. */
final class RoundTrip {

    private final MappingRules rules;
    private final ReverseMapping reverse;
    private final Map<Field, List<Column>> read = new EnumMap<>(Field.class);

    RoundTrip(MappingRules rules, ReverseMapping reverse) {
        this.rules = rules;
        this.reverse = reverse;
        rules.rules().forEach((field, rule) -> {
            if (field != Field.ID
                    && field != Field.METADATA
                    && rules.entity().fields().contains(field)) {
                read.put(field, columns(rule));
            }
        });
    }

    private List<Column> columns(FieldRule rule) {
        return rule.columnsRead().stream()
                .map(column -> rules.table().columns().get(rules.table().position(column)))
                .toList();
    }

    /** The fields whose columns would come back as something else. */
    List<Field> lost(LegacyRow row, Map<Field, Object> stored) {
        TargetRecord record = record(stored);
        List<Field> lost = new ArrayList<>();
        read.forEach((field, columns) -> {
            if (!comesBack(field, columns, row, record)) {
                lost.add(field);
            }
        });
        return lost;
    }

    private boolean comesBack(Field field, List<Column> columns, LegacyRow row, TargetRecord record) {
        Map<Column, @Nullable Object> back = new LinkedHashMap<>();
        try {
            reverse.column(field, record, (reference, id) -> reference(row, columns), back);
        } catch (ReverseMapping.IrreversibleException e) {
            return false;
        }
        return back.entrySet().stream()
                .allMatch(column ->
                        isSame(row.value(rules.table().columns().indexOf(column.getKey())), column.getValue()));
    }

    /** Where a reference led is known by the ledger, and told by the records that it is compared with. */
    private String reference(LegacyRow row, List<Column> columns) {
        return columns.stream()
                .map(column -> text(row.value(rules.table().columns().indexOf(column))))
                .collect(Collectors.joining(LegacyKey.SEPARATOR));
    }

    private TargetRecord record(Map<Field, Object> stored) {
        List<Field> fields = rules.entity().fields();
        @Nullable Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = stored.get(fields.get(i));
            values[i] = value == null ? null : value(fields.get(i), value);
        }
        return new TargetRecord(rules.entity(), values);
    }

    private static @Nullable Object value(Field field, Object value) {
        return switch (field.kind()) {
            case ID -> UUID.fromString(value.toString());
            case INSTANT -> ((LocalDateTime) value).toInstant(ZoneOffset.UTC);
            // Read only for a title that was cut.
            case METADATA -> value.toString().contains("originalTitle") ? new Metadata(value.toString(), "", 0) : null;
            case INTEGER -> Math.toIntExact((Long) value);
            case TEXT, BOOLEAN -> value;
        };
    }

    private static boolean isSame(@Nullable Object legacy, @Nullable Object back) {
        if (legacy == null || back == null) {
            return legacy == back;
        }
        if (legacy instanceof OffsetDateTime one && back instanceof OffsetDateTime other) {
            return one.isEqual(other);
        }
        if (back instanceof LocalTime time) {
            return LocalTime.parse(text(legacy)).equals(time);
        }
        if (legacy instanceof byte[] one && back instanceof byte[] other) {
            return Arrays.equals(one, other);
        }
        if (legacy instanceof Number number && back instanceof Boolean truth) {
            return number.longValue() == (truth ? 1 : 0);
        }
        if (legacy instanceof Number && back instanceof Number) {
            return new BigDecimal(legacy.toString()).compareTo(new BigDecimal(back.toString())) == 0;
        }
        // A CHAR(n) is filled up with blanks.
        return Objects.equals(text(legacy).stripTrailing(), text(back).stripTrailing());
    }

    private static String text(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return uuid(bytes);
        }
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    private static String uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return bytes.length == 16 ? new UUID(buffer.getLong(), buffer.getLong()).toString() : Arrays.toString(bytes);
    }
}
