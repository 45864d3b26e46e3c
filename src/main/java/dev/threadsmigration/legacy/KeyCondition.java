package dev.threadsmigration.legacy;

import dev.threadsmigration.database.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comparisons of a table's key with other keys. */
final class KeyCondition {

    private KeyCondition() {}

    /** Keys that come after this one. */
    static BoundSql after(LegacyTable table, String key) {
        return of(table, ">", ">", key);
    }

    /** Keys up to this one, itself included. */
    static BoundSql upTo(LegacyTable table, String key) {
        return of(table, "<", "<=", key);
    }

    /**
     * Keys within a range.
     *
     * @param after the key before the first; null: from the first
     * @param upTo the last one; null: no end
     */
    static BoundSql within(LegacyTable table, @Nullable String after, @Nullable String upTo) {
        BoundSql start = after == null ? new BoundSql(table.keyIsThere(), List.of()) : after(table, after);
        return upTo == null ? start : start.and(upTo(table, upTo));
    }

    /** One of these keys. */
    static BoundSql anyOf(LegacyTable table, List<String> keys) {
        String parameter = table.dialect().parameter(table.key().get(0));
        String sql = table.keyWidth() == 1
                ? table.dialect().keyExpression(table.key().get(0)) + " IN (" + parameter
                        + (", " + parameter).repeat(keys.size() - 1) + ")"
                : "(" + table.compareKey("=") + (" OR " + table.compareKey("=")).repeat(keys.size() - 1) + ")";
        return new BoundSql(
                sql,
                keys.stream()
                        .flatMap(key -> LegacyKey.values(key, table.key()).stream())
                        .toList());
    }

    /** The rows with one of these keys, in their order. */
    static BoundSql select(LegacyTable table, List<String> keys) {
        return anyOf(table, keys).between(table.select(""), table.orderByKey());
    }

    private static BoundSql of(LegacyTable table, String beyond, String last, String key) {
        List<Object> values = LegacyKey.values(key, table.key());
        if (table.keyWidth() == 1 || table.dialect().comparesRowsByIndex()) {
            return new BoundSql(table.compareKey(last), values);
        }
        // The first column alone once more, so that the index on it bounds what is read whatever becomes of the rest.
        List<Object> parameters = new ArrayList<>(List.of(values.get(0)));
        String sql = compared(table, table.key().get(0), beyond + "=") + " AND ";
        return new BoundSql(sql + spelt(table, beyond, last, values, 0, parameters), parameters);
    }

    /** {@code (a > ? OR a = ? AND (b > ? OR b = ? AND c > ?))} */
    private static String spelt(
            LegacyTable table, String beyond, String last, List<Object> values, int i, List<Object> parameters) {
        Column column = table.key().get(i);
        parameters.add(values.get(i));
        if (i == values.size() - 1) {
            return compared(table, column, last);
        }
        parameters.add(values.get(i));
        return "(" + compared(table, column, beyond) + " OR " + compared(table, column, "=") + " AND "
                + spelt(table, beyond, last, values, i + 1, parameters) + ")";
    }

    private static String compared(LegacyTable table, Column column, String operator) {
        return table.dialect().keyExpression(column) + " " + operator + " "
                + table.dialect().parameter(column);
    }
}
