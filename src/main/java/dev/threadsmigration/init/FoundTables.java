package dev.threadsmigration.init;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.database.TableName;
import dev.threadsmigration.database.ValueReader;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the tables of a legacy database: names, columns, keys, foreign keys, and a few rows. */
final class FoundTables {

    private static final int ROWS = 100;

    private FoundTables() {}

    static List<FoundTable> read(Connection connection, Dialect dialect) throws SQLException {
        List<FoundTable> found = new ArrayList<>();
        for (String name : TableInspector.tableNames(connection)) {
            TableName table = TableInspector.find(connection, name).orElseThrow();
            List<Column> columns = TableInspector.columnsOf(connection, table.quoted(dialect)).stream()
                    .map(dialect::understand)
                    .toList();
            found.add(new FoundTable(
                    table,
                    columns,
                    TableInspector.primaryKey(connection, table),
                    references(connection, table),
                    numbers(connection, table.quoted(dialect), columns, dialect)));
        }
        return found;
    }

    /** What unit a date's number is in, the column's type does not say; on SQLite not even that it is a number. */
    private static Map<String, BigDecimal> numbers(
            Connection connection, String from, List<Column> columns, Dialect dialect) throws SQLException {
        Map<String, BigDecimal> numbers = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("SELECT * FROM " + from + " LIMIT " + ROWS)) {
                while (rows.next()) {
                    for (int i = 0; i < columns.size(); i++) {
                        Object value = value(rows, i + 1, columns.get(i), dialect);
                        if (value instanceof Number number && number.doubleValue() != 0) {
                            numbers.putIfAbsent(columns.get(i).name(), new BigDecimal(number.toString()));
                        }
                    }
                }
            }
        }
        return numbers;
    }

    private static @Nullable Object value(ResultSet rows, int position, Column column, Dialect dialect)
            throws SQLException {
        ValueReader reader = dialect.reader(column);
        if (reader != null) {
            return reader.read(rows, position);
        }
        return column.isInteger() || column.isDecimal() ? rows.getObject(position) : null;
    }

    private static Map<String, String> references(Connection connection, TableName table) throws SQLException {
        Map<String, String> references = new LinkedHashMap<>();
        try (ResultSet keys =
                connection.getMetaData().getImportedKeys(connection.getCatalog(), table.schema(), table.name())) {
            while (keys.next()) {
                references.put(keys.getString("FKCOLUMN_NAME"), keys.getString("PKTABLE_NAME"));
            }
        }
        return references;
    }
}
