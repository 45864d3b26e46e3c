package dev.threadsmigration.legacy;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.MemoryShare;
import dev.threadsmigration.model.LegacyRow;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows by their keys, in their order. Where the database fails at one of them, since its bytes are no text of the encoding
 * or an expression of a query has no value for it, they are read by halves until that row is alone, and it column by column.
 */
final class RowsByKey {

    private final RowQueries queries;
    private final LegacyTable table;
    private final MemoryShare memory;

    /** @param memory what all rows of one call may take of it */
    RowsByKey(RowQueries queries, LegacyTable table, MemoryShare memory) {
        this.queries = queries;
        this.table = table;
        this.memory = memory;
    }

    /**
     * Adds the rows of these keys.
     *
     * @return the bytes of those that could be read
     * @throws RowsTooLargeException where they are more than may be
     */
    long read(List<String> keys, List<LegacyRow> rows) throws SQLException {
        long bytes = 0;
        for (List<String> some : LegacyKeys.portions(keys)) {
            bytes += read(some, bytes, rows);
        }
        return bytes;
    }

    /** @param before the bytes that were read already */
    private long read(List<String> keys, long before, List<LegacyRow> rows) throws SQLException {
        int start = rows.size();
        try {
            long bytes = queries.read(KeyCondition.select(table, keys), rows, sum -> before + sum > memory.bytes());
            if (before + bytes > memory.bytes()) {
                throw new RowsTooLargeException(table.describe(), rows.size(), memory);
            }
            return bytes;
        } catch (SQLException e) {
            if (!table.dialect().errors().isAboutData(e)) {
                throw e;
            }
            rows.subList(start, rows.size()).clear();
            if (keys.size() == 1) {
                rows.addAll(inParts(keys.get(0), e));
                return 0;
            }
            int half = keys.size() / 2;
            long first = read(keys.subList(0, half), before, rows);
            return first + read(keys.subList(half, keys.size()), before + first, rows);
        }
    }

    /** Of several rows of one key nothing is known but that. */
    private List<LegacyRow> inParts(String key, SQLException why) throws SQLException {
        List<Object> parameters = LegacyKey.values(key, table.key());
        int found = queries.read(table.key().get(0), only(table.key().get(0), parameters))
                .size();
        @Nullable Object[] values = new Object[table.columns().size()];
        String problem = null;
        for (int i = 0; i < values.length && found == 1; i++) {
            Column column = table.columns().get(i);
            try {
                for (LegacyRow part : queries.read(column, only(column, parameters))) {
                    values[i] = part.value(i);
                }
            } catch (SQLException e) {
                if (!table.dialect().errors().isAboutData(e)) {
                    throw e;
                }
                problem = problem == null ? RowQueries.problem(column.name(), e) : problem;
            }
        }
        String told = problem == null ? RowQueries.problem("the row", why) : problem;
        return Collections.nCopies(found, new LegacyRow(key, 1, table.columnNames(), values, told));
    }

    private BoundSql only(Column column, List<Object> key) {
        return new BoundSql(
                "SELECT " + table.dialect().readExpression(column) + table.fromWhere(table.compareKey("=")), key);
    }
}
