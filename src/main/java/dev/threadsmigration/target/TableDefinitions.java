package dev.threadsmigration.target;

import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.database.TableName;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.TreeSet;

/** The indexes and constraints of tables, as text that can be compared. */
public final class TableDefinitions {

    private TableDefinitions() {}

    public static String of(Connection connection, Collection<TargetTable> tables) throws SQLException {
        TreeSet<String> definitions = new TreeSet<>();
        DatabaseMetaData metaData = connection.getMetaData();
        for (TargetTable table : tables) {
            TableName name = table.name();
            for (TableInspector.Index index : TableInspector.indexes(connection, name)) {
                String definition = name + " " + index.name() + index.columns();
                definitions.add("index " + definition);
                if (index.unique()) {
                    definitions.add("unique " + definition);
                }
            }
            try (ResultSet keys = metaData.getImportedKeys(connection.getCatalog(), name.schema(), name.name())) {
                while (keys.next()) {
                    definitions.add("foreign key " + name + " " + keys.getString("FK_NAME") + " "
                            + keys.getString("FKCOLUMN_NAME") + " -> " + keys.getString("PKTABLE_NAME") + " "
                            + keys.getInt("DELETE_RULE"));
                }
            }
        }
        return String.join("\n", definitions);
    }
}
