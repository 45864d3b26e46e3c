package dev.threadsmigration.legacy;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.MemoryShare;
import dev.threadsmigration.model.LegacyRow;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows among which the database fails at one: its bytes are no text of the encoding, or an expression of a query has no
 * value for it. By halves until such a row is alone, and then column by column.
 */
final class UnreadableRows {

    private final RowQueries queries;
    private final LegacyTable table;
    private final MemoryShare memory;

    UnreadableRows(RowQueries queries, LegacyTable table, MemoryShare memory) {
        this.queries = queries;
        this.table = table;
        this.memory = memory;
    }

    /** @return the bytes of the rows that could be read */
    long read(List<String> keys, List<LegacyRow> rows) throws SQLException {
        long bytes = 0;
        for (List<String> some : LegacyKeys.portions(keys)) {
            bytes += readPortion(some, rows);
        }
        return bytes;
    }

    private long readPortion(List<String> keys, List<LegacyRow> rows) throws SQLException {
        int before = rows.size();
        try {
            return queries.read(keys, memory, rows);
        } catch (SQLException e) {
            if (!table.dialect().errors().isAboutData(e)) {
                throw e;
            }
            rows.subList(before, rows.size()).clear();
            if (keys.size() == 1) {
                rows.addAll(inParts(keys.get(0), e));
                return 0;
            }
            int half = keys.size() / 2;
            return readPortion(keys.subList(0, half), rows) + readPortion(keys.subList(half, keys.size()), rows);
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
