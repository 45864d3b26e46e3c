package dev.threadsmigration.legacy;

import dev.threadsmigration.database.Column;
import java.util.ArrayList;
import java.util.List;

/**
 * A comparison of a key with the values of another one.
 *
 * @param parameters what to bind, in the order of the question marks
 */
record KeyCondition(String sql, List<Object> parameters) {

    /** Keys that come after this one. */
    static KeyCondition after(LegacyTable table, String key) {
        return of(table, ">", ">", key);
    }

    /** Keys up to this one, itself included. */
    static KeyCondition upTo(LegacyTable table, String key) {
        return of(table, "<", "<=", key);
    }

    private static KeyCondition of(LegacyTable table, String beyond, String last, String key) {
        List<Object> values = LegacyKey.values(key, table.key());
        if (table.keyWidth() == 1 || table.dialect().comparesRowsByIndex()) {
            return new KeyCondition(table.compareKey(last), values);
        }
        // The first column alone once more, so that the index on it bounds what is read whatever becomes of the rest.
        List<Object> parameters = new ArrayList<>(List.of(values.get(0)));
        String sql = compared(table, table.key().get(0), beyond + "=") + " AND ";
        return new KeyCondition(sql + spelt(table, beyond, last, values, 0, parameters), parameters);
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
