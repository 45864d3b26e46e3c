package dev.threadsmigration.init;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.database.TableName;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the tables of a legacy database: names, columns, keys, foreign keys, and a few rows. */
final class FoundTables {

    private FoundTables() {}

    static List<FoundTable> read(Connection connection, Dialect dialect) throws SQLException {
        List<FoundTable> found = new ArrayList<>();
        for (TableName table : TableInspector.tables(connection)) {
            List<Column> columns = TableInspector.columnsOf(connection, table.quoted(dialect)).stream()
                    .map(dialect::understand)
                    .toList();
            found.add(new FoundTable(
                    table,
                    columns,
                    TableInspector.primaryKey(connection, table),
                    references(connection, table),
                    firstNumbers(connection, table, columns, dialect)));
        }
        return found;
    }

    private static Map<String, BigDecimal> firstNumbers(
            Connection connection, TableName table, List<Column> columns, Dialect dialect) {
        try {
            return TableInspector.firstNumbers(connection, table.quoted(dialect), columns, dialect);
        } catch (SQLException e) {
            // What may not be read, such as somebody else's view, is judged by its types alone.
            return Map.of();
        }
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
