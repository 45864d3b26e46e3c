package dev.threadsmigration.legacy;

import com.fasterxml.uuid.impl.UUIDUtil;
import dev.threadsmigration.database.Column;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key's values as one text, and back: for checkpoints, key ranges and the ledger. */
public final class LegacyKey {

    /** Separates the values of a composite key; ids do not hold control characters. */
    public static final String SEPARATOR = "\u001f";

    private LegacyKey() {}

    /** The key's values as text; null where one of them is null. */
    public static @Nullable String text(@Nullable Object[] values, int keyWidth) {
        if (keyWidth == 1) {
            return values[0] == null ? null : text(values[0]);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < keyWidth; i++) {
            if (values[i] == null) {
                return null;
            }
            text.append(i == 0 ? "" : SEPARATOR).append(text(values[i]));
        }
        return text.toString();
    }

    private static String text(Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    /** The values to bind for a key that was written by {@link #text}. */
    static List<Object> values(String text, List<Column> key) {
        String[] parts = key.size() == 1 ? new String[] {text} : text.split(SEPARATOR, -1);
        if (parts.length != key.size()) {
            throw new IllegalArgumentException(
                    "the key '" + text + "' does not fit the key columns: was migration.mapping changed since?");
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < parts.length; i++) {
            values.add(value(parts[i], key.get(i)));
        }
        return values;
    }

    /** Whether keys of this type can be paged by. */
    public static boolean supports(Column column) {
        return column.isUuid() || column.isBinaryUuid() || column.isInteger() || column.isText() || column.isDecimal();
    }

    private static Object value(String text, Column column) {
        if (column.isUuid()) {
            return UUID.fromString(text);
        }
        if (column.isBinaryUuid()) {
            return UUIDUtil.asByteArray(UUID.fromString(text));
        }
        if (column.isInteger()) {
            return integer(text);
        }
        return column.isDecimal() ? new BigDecimal(text) : text;
    }

    /** A column of integers holds nothing else, but for SQLite's, which take any text. */
    private static Object integer(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return text;
        }
    }
}
