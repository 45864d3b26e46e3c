package dev.threadsmigration.mapping;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.TooLong;
import dev.threadsmigration.config.ValueType;
import dev.threadsmigration.legacy.LegacyKey;
import dev.threadsmigration.model.LegacyRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the legacy value of a field or another column is, and what it means.
 *
 * @param rule null: there is never a value
 * @param positions of the columns that are read
 */
record FieldSource(Destination destination, @Nullable FieldRule rule, List<Integer> positions) {

    /** What the row has for the field, a {@link dev.threadsmigration.model.Rejection}, or null. */
    @Nullable
    Object value(LegacyRow row) {
        if (rule == null) {
            return null;
        }
        if (rule.constant() != null) {
            return rule.constant();
        }
        Object value = read(row);
        if (value != null && rule.type() != null) {
            value = ValueTypes.convert(destination, rule.type(), value);
        }
        if (value == null || rule.defaultValue() != null && value instanceof String text && text.isBlank()) {
            return rule.defaultValue();
        }
        return rule.values().isEmpty() ? value : ValueTypes.look(destination, rule.values(), value);
    }

    private @Nullable Object read(LegacyRow row) {
        if (positions.isEmpty()) {
            return null;
        }
        if (positions.size() == 1) {
            return row.value(positions.get(0));
        }
        @Nullable Object[] values = positions.stream().map(row::value).toArray();
        return rule != null && rule.type() == ValueType.DATE_AND_TIME
                ? ValueTypes.dateAndTime(destination, values[0], values[1])
                : LegacyKey.text(values, values.length);
    }

    TooLong tooLong() {
        return rule == null ? TooLong.REJECT : rule.tooLong();
    }
}
