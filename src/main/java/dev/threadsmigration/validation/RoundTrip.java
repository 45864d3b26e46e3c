package dev.threadsmigration.validation;

import com.fasterxml.uuid.impl.UUIDUtil;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.mapping.ReverseMapping;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Metadata;
import dev.threadsmigration.model.TargetRecord;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether the way back would give a legacy row again what it has. Metadata is told by {@link MetadataComparison}, and a
 * reference by the record that it leads to.
 */
final class RoundTrip {

    private static final int UUID_BYTES = 16;

    private final ReverseMapping reverse;
    private final List<Field> fields;
    private final List<Field> told;
    private final Map<Column, Integer> positions = new IdentityHashMap<>();
    private final Entity entity;

    RoundTrip(MappingRules rules, ReverseMapping reverse) {
        this.reverse = reverse;
        this.entity = rules.entity();
        this.fields = entity.fields();
        this.told = fields.stream()
                .filter(rules.rules()::containsKey)
                .filter(RoundTrip::isTold)
                .toList();
        List<Column> columns = rules.table().columns();
        for (int i = 0; i < columns.size(); i++) {
            positions.put(columns.get(i), i);
        }
    }

    private static boolean isTold(Field field) {
        return field != Field.ID && field != Field.METADATA && field != Field.USER_ID && field != Field.THREAD_ID;
    }

    /** The fields whose columns would come back as something else. */
    List<Field> lost(LegacyRow row, Map<Field, Object> stored) {
        TargetRecord record = record(stored);
        List<Field> lost = new ArrayList<>();
        for (Field field : told) {
            if (!comesBack(field, row, record)) {
                lost.add(field);
            }
        }
        return lost;
    }

    private boolean comesBack(Field field, LegacyRow row, TargetRecord record) {
        Map<Column, @Nullable Object> back = new IdentityHashMap<>(2);
        try {
            reverse.column(field, record, (reference, id) -> null, back);
        } catch (ReverseMapping.IrreversibleException e) {
            return false;
        }
        for (Map.Entry<Column, @Nullable Object> column : back.entrySet()) {
            if (!isSame(column.getKey(), row.value(positions.get(column.getKey())), column.getValue())) {
                return false;
            }
        }
        return true;
    }

    private TargetRecord record(Map<Field, Object> stored) {
        @Nullable Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            Field field = fields.get(i);
            Object value = field == Field.METADATA || told.contains(field) ? stored.get(field) : null;
            values[i] = value == null ? null : value(field, value);
        }
        return new TargetRecord(entity, values);
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

    private static boolean isSame(Column column, @Nullable Object legacy, @Nullable Object back) {
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
        if (legacy instanceof Number && !(back instanceof Boolean)) {
            return isSameNumber(legacy.toString(), back.toString());
        }
        // A CHAR(n) is filled up with blanks.
        return column.jdbcType() == Types.CHAR
                ? Objects.equals(text(legacy).stripTrailing(), text(back).stripTrailing())
                : Objects.equals(text(legacy), text(back));
    }

    /** A column of floating point is given a text, which it reads as the number that it spells. */
    private static boolean isSameNumber(String legacy, String back) {
        try {
            return new BigDecimal(legacy).compareTo(new BigDecimal(back)) == 0;
        } catch (NumberFormatException e) {
            return legacy.equals(back);
        }
    }

    private static String text(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.length == UUID_BYTES ? UUIDUtil.uuid(bytes).toString() : Arrays.toString(bytes);
        }
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }
}
