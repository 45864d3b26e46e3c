package dev.threadsmigration.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** What the connection's user may do on PostgreSQL, and what would let him. */
final class PostgreSqlRights {

    private static final String TO_READ = """
            SELECT has_schema_privilege(n.oid, 'USAGE'), has_table_privilege(c.oid, 'SELECT'), row_security_active(c.oid)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE nspname = ? AND relname = ?""";

    /**
     * Of the sequences from which the defaults of a table take numbers; an identity column's is its own, which needs no right.
     * What is no sequence may not even be asked about, and conditions are not tried in the order in which they stand.
     */
    private static final String FORBIDDEN_SEQUENCES = """
            SELECT DISTINCT n.nspname, s.relname
            FROM pg_attrdef d
            JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum
            JOIN pg_depend p ON p.classid = 'pg_attrdef'::regclass AND p.objid = d.oid AND p.refclassid = 'pg_class'::regclass
            JOIN pg_class s ON s.oid = p.refobjid
            JOIN pg_namespace n ON n.oid = s.relnamespace
            WHERE d.adrelid = to_regclass(?) AND a.attname <> ALL (?)
              AND CASE WHEN s.relkind = 'S' THEN NOT has_sequence_privilege(s.oid, 'USAGE, UPDATE') ELSE false END
            ORDER BY 1, 2""";

    private PostgreSqlRights() {}

    /** The statements that give what reading a table still needs. Of a view over tables that its owner may not read, nothing is known. */
    static List<String> toRead(Connection connection, TableName table, Dialect dialect) throws SQLException {
        List<String> statements = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(TO_READ)) {
            statement.setString(1, table.schema());
            statement.setString(2, table.name());
            try (ResultSet rights = statement.executeQuery()) {
                if (rights.next()) {
                    String user = dialect.grantee(connection);
                    if (!rights.getBoolean(1)) {
                        statements.add("GRANT USAGE ON SCHEMA " + dialect.quote(String.valueOf(table.schema())) + " TO "
                                + user);
                    }
                    if (!rights.getBoolean(2)) {
                        statements.add("GRANT SELECT ON " + table.quoted(dialect) + " TO " + user);
                    }
                    if (rights.getBoolean(3)) {
                        statements.add("ALTER ROLE " + user + " BYPASSRLS");
                    }
                }
            }
        }
        return statements;
    }

    /** @param given the columns that a row has values for */
    static List<TableName> forbiddenSequences(
            Connection connection, TableName table, Collection<Column> given, Dialect dialect) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(FORBIDDEN_SEQUENCES)) {
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
