package dev.threadsmigration.legacy;

import com.fasterxml.uuid.impl.UUIDUtil;
import dev.threadsmigration.database.Column;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A key's values as one text, and back: for checkpoints, key ranges and the ledger. */
public final class LegacyKey {

    /** Stands between the values of a composite key. */
    private static final String SEPARATOR = "\u001f";

    /** Begins what stands for one of these two where it is a character of such a value: or two keys could become one text. */
    private static final String ESCAPE = "\u001e";

    private static final Pattern WHOLE_NUMBER = Pattern.compile("0|-?[1-9]\\d{0,17}");

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
            text.append(i == 0 ? "" : SEPARATOR).append(escaped(text(values[i])));
        }
        return text.toString();
    }

    private static String text(Object value) {
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    private static String escaped(String value) {
        return value.replace(ESCAPE, ESCAPE + "0").replace(SEPARATOR, ESCAPE + "1");
    }

    /** The values of a composite key as texts, which {@link #text} has put together. */
    public static List<String> parts(String text) {
        return Arrays.stream(text.split(SEPARATOR, -1))
                .map(part -> part.replace(ESCAPE + "1", SEPARATOR).replace(ESCAPE + "0", ESCAPE))
                .toList();
    }

    /** The values to bind for a key that was written by {@link #text}. */
    static List<Object> values(String text, List<Column> key) {
        List<String> parts = key.size() == 1 ? List.of(text) : parts(text);
        if (parts.size() != key.size()) {
            throw new IllegalArgumentException(
                    "the key '" + text + "' does not fit the key columns: was migration.mapping changed since?");
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            values.add(value(parts.get(i), key.get(i)));
        }
        return values;
    }

    /** The values to write for such a key. */
    static List<Object> written(String text, List<Column> key) {
        List<Object> values = values(text, key);
        for (int i = 0; i < values.size(); i++) {
            if (key.get(i).isUntyped()) {
                values.set(i, untyped(values.get(i).toString()));
            }
        }
        return values;
    }

    /** What a column without a type is given, which would keep a text: a whole number is what ids are that look like one. */
    public static Object untyped(String text) {
        return WHOLE_NUMBER.matcher(text).matches() ? Long.valueOf(text) : text;
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
        try {
            return column.isInteger() ? Long.valueOf(text) : column.isDecimal() ? new BigDecimal(text) : text;
        } catch (NumberFormatException e) {
            // SQLite's columns of integers take any text, and PostgreSQL's decimals may be NaN or infinite.
            return text;
        }
    }
}
