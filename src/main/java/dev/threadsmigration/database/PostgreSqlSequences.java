package dev.threadsmigration.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The sequences from which the defaults of a table take numbers; an identity column's is its own, which needs no right. */
final class PostgreSqlSequences {

    /** What is no sequence may not even be asked about, and conditions are not tried in the order in which they stand. */
    private static final String FORBIDDEN = """
            SELECT DISTINCT n.nspname, s.relname
            FROM pg_attrdef d
            JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
            JOIN pg_depend p ON p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid AND p.refclassid = 'pg_class'::regclass
            JOIN pg_class s ON s.oid = p.refobjid
            JOIN pg_namespace n ON n.oid = s.relnamespace
            WHERE d.adrelid = to_regclass(?) AND a.attname <> ALL (?)
              AND CASE WHEN s.relkind = 'S' THEN NOT has_sequence_privilege(s.oid, 'USAGE, UPDATE') ELSE false END
            ORDER BY 1, 2""";

    private PostgreSqlSequences() {}

    static List<TableName> forbidden(Connection connection, TableName table, Collection<Column> given, Dialect dialect)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORBIDDEN)) {
            statement.setString(1, table.quoted(dialect));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text", given.stream().map(Column::name).toArray(String[]::new)));
            List<TableName> forbidden = new ArrayList<>();
            try (ResultSet found = statement.executeQuery()) {
                while (found.next()) {
                    forbidden.add(new TableName(found.getString(1), found.getString(2)));
                }
            }
            return forbidden;
        }
    }
}
