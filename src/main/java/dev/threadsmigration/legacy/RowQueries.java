package dev.threadsmigration.legacy;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.ServerErrors;
import dev.threadsmigration.database.ValueReader;
import dev.threadsmigration.model.LegacyRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Makes rows of what statements select. */
final class RowQueries {

    /**
     * MariaDB's driver, which holds a whole result otherwise, then hands out row by row what the server sends all the same.
     * PostgreSQL's heeds it in a transaction alone, and would ask the server for every single row.
     */
    private static final int HELD_BY_DRIVER = 1;

    /** About what a number or a date takes. */
    private static final int BYTES_OF_A_VALUE = 16;

    private final DataSource legacy;
    private final LegacyTable table;
    private final ServerErrors errors;
    private final ValueReader[] readers;
    private final List<String> names;

    RowQueries(DataSource legacy, LegacyTable table) {
        this.legacy = legacy;
        this.table = table;
        this.errors = table.dialect().errors();
        this.readers = ColumnReader.all(table.columns(), table.dialect());
        // A key that is read in another way than it is told has to be found again all the same.
        for (int i = table.keyWidth(); i < readers.length; i++) {
            readers[i] = table.dialect().strict(readers[i]);
        }
        this.names = table.columnNames();
    }

    /** All rows that a statement yields. */
    List<LegacyRow> read(BoundSql query) throws SQLException {
        List<LegacyRow> rows = new ArrayList<>();
        read(query, rows, bytes -> false);
        return rows;
    }

    /**
     * Reads rows until there are no more, or enough.
     *
     * @param enough by the bytes of all that were read
     * @return those
     */
    long read(BoundSql query, List<LegacyRow> rows, LongPredicate enough) throws SQLException {
        return results(query, results -> {
            long bytes = 0;
            while (!enough.test(bytes) && results.next()) {
                LegacyRow row = row(results);
                rows.add(row);
                bytes += bytes(row);
            }
            return bytes;
        });
    }

    /** What a statement yields for one column alone, each as a row that has no other and no key. */
    List<LegacyRow> read(Column column, BoundSql query) throws SQLException {
        int position = table.columns().indexOf(column);
        return results(query, results -> {
            List<LegacyRow> rows = new ArrayList<>();
            while (results.next()) {
                @Nullable Object[] values = new Object[readers.length];
                values[position] = readers[position].read(results, 1);
                rows.add(new LegacyRow(null, 1, names, values));
            }
            return rows;
        });
    }

    /** Makes something of what a statement yields. */
    private interface Reading<T> {
        T of(ResultSet results) throws SQLException;
    }

    private <T> T results(BoundSql query, Reading<T> reading) throws SQLException {
        try (Connection connection = legacy.getConnection();
                PreparedStatement statement = connection.prepareStatement(query.sql())) {
            query.bind(statement);
            if (connection.getAutoCommit()) {
                statement.setFetchSize(HELD_BY_DRIVER);
            }
            try (ResultSet results = statement.executeQuery()) {
                return reading.of(results);
            }
        }
    }

    private LegacyRow row(ResultSet results) throws SQLException {
        @Nullable Object[] values = new Object[readers.length];
        String problem = null;
        try {
            for (int i = 0; i < values.length; i++) {
                values[i] = readers[i].read(results, i + 1);
            }
        } catch (SQLException | RuntimeException e) {
            problem = readInParts(results, values);
        }
        return new LegacyRow(LegacyKey.text(values, table.keyWidth()), 1, names, values, problem);
    }

    /** @return what cannot be read of the row */
    private @Nullable String readInParts(ResultSet results, @Nullable Object[] values) throws SQLException {
        String problem = null;
        for (int i = 0; i < values.length; i++) {
            try {
                values[i] = readers[i].read(results, i + 1);
            } catch (SQLException | RuntimeException e) {
                // Of what they cannot convert drivers also tell by exceptions of the JDK.
                if (i < table.keyWidth() || e instanceof SQLException sql && !errors.isAboutData(sql)) {
                    throw e;
                }
                problem = problem == null ? problem(names.get(i), e) : problem;
            }
        }
        return problem;
    }

    /** For people: what cannot be read, and why. */
    static String problem(String what, Exception why) {
        return "%s cannot be read: %s".formatted(what, why.getMessage());
    }

    private static long bytes(LegacyRow row) {
        long bytes = 0;
        for (int i = 0; i < row.columns().size(); i++) {
            Object value = row.value(i);
            bytes += value instanceof String text
                    ? text.length()
                    : value instanceof byte[] binary ? binary.length : BYTES_OF_A_VALUE;
        }
        return bytes;
    }
}
