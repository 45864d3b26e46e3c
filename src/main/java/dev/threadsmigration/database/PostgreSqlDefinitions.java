package dev.threadsmigration.database;

import dev.threadsmigration.database.TableDefinition.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Indexes and foreign keys as PostgreSQL's catalogue writes them down. Left out is
 *
 * <ul>
 *   <li>what its statement would not bring back as it was: a comment, a tablespace, a statistics target, a clustering, a part
 *       of a partitioned table;
 *   <li>what this role might take off but not put back;
 *   <li>an index that may refuse a row, by an expression, a condition or a value that is too long for it: it must be there
 *       while that row can still be rejected.
 * </ul>
 */
final class PostgreSqlDefinitions {

    private static final String MAY_INDEX = """
            pg_has_role(t.relowner, 'USAGE') AND has_schema_privilege(t.relnamespace, 'CREATE')
            """;

    private static final String OURS = """
             JOIN pg_class t ON t.oid = %s
            WHERE t.oid = to_regclass(?) AND t.relkind = 'r' AND NOT t.relispartition AND
            """ + MAY_INDEX;

    private static final String INDEXES = """
            SELECT c.relname, pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
            """ + OURS.formatted("i.indrelid") + """
              AND i.indisvalid AND NOT i.indisunique AND NOT i.indisexclusion
              AND i.indexprs IS NULL AND i.indpred IS NULL
              AND (SELECT bool_and(a.atttypid IN ('uuid'::regtype, 'bool'::regtype, 'int2'::regtype, 'int4'::regtype,
                                                  'int8'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype)
                                   OR a.atttypid = 'varchar'::regtype AND a.atttypmod BETWEEN 4 AND 259)
                          AND count(*) FILTER (WHERE a.atttypid = 'varchar'::regtype) <= 2
                     FROM pg_attribute a WHERE a.attrelid = i.indexrelid)
              AND NOT i.indisclustered AND NOT i.indisreplident AND c.reltablespace = 0
              AND obj_description(i.indexrelid, 'pg_class') IS NULL
              AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = i.indexrelid AND a.attstattarget >= 0)
              AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = i.indexrelid AND d.deptype IN ('e', 'x'))
            """;

    private static final String FOREIGN_KEYS = """
            SELECT k.conname, pg_get_constraintdef(k.oid), a.attname, n.nspname, r.relname FROM pg_constraint k
              JOIN pg_class r ON r.oid = k.confrelid JOIN pg_namespace n ON n.oid = r.relnamespace
              JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
            """ + OURS.formatted("k.conrelid") + """
              AND k.contype = 'f' AND k.conparentid = 0 AND k.convalidated AND cardinality(k.conkey) = 1
              AND has_table_privilege(k.confrelid, 'REFERENCES')
              AND obj_description(k.oid, 'pg_constraint') IS NULL
            """;

    private PostgreSqlDefinitions() {}

    /** @param table as SQL */
    static boolean mayIndex(Connection connection, String table) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT " + MAY_INDEX + " FROM pg_class t WHERE t.oid = to_regclass(?)")) {
            statement.setString(1, table);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() && found.getBoolean(1);
            }
        }
    }

    /** Those that can be taken off and put back. */
    static List<TableDefinition> all(Connection connection, TableName table, Dialect dialect) throws SQLException {
        List<TableDefinition> found = new ArrayList<>();
        inNoSchema(connection, () -> {
            read(
                    connection,
                    INDEXES,
                    table,
                    dialect,
                    row -> new TableDefinition(Kind.INDEX, table, row.getString(1), row.getString(2), null, null),
                    found);
            read(
                    connection,
                    FOREIGN_KEYS,
                    table,
                    dialect,
                    row -> new TableDefinition(
                            Kind.FOREIGN_KEY,
                            table,
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            new TableName(row.getString(4), row.getString(5))),
                    found);
        });
        return found;
    }

    /** What stands under a definition's name now, in the words that {@link TableDefinition#sql} has. */
    static Optional<String> current(Connection connection, TableDefinition definition, Dialect dialect)
            throws SQLException {
        String sql = definition.kind() == Kind.INDEX ? """
                SELECT pg_get_indexdef(i.indexrelid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                WHERE i.indrelid = to_regclass(?) AND c.relname = ?""" : """
                SELECT pg_get_constraintdef(k.oid) FROM pg_constraint k
                WHERE k.conrelid = to_regclass(?) AND k.conname = ?""";
        List<String> found = new ArrayList<>();
        inNoSchema(connection, () -> {
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setString(1, definition.table().quoted(dialect));
                statement.setString(2, definition.name());
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(rows.getString(1));
                    }
                }
            }
        });
        return found.stream().findFirst();
    }

    /** Whether its rows can be locked: those of a table, or of a view whose rows are each one of a table's. */
    static boolean canLock(Connection connection, String table) throws SQLException {
        // 4 is for UPDATE, without what triggers and rules make of it.
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT relkind <> 'v' OR pg_relation_is_updatable(oid, false) & 4 = 4
                FROM pg_class WHERE oid = to_regclass(?)""")) {
            statement.setString(1, table);
            try (ResultSet found = statement.executeQuery()) {
                return found.next() && found.getBoolean(1);
            }
        }
    }

    /** Those that were not built to their end, and those of a table whose children have indexes of their own. */
    static Set<String> indexesOfSomeRows(Connection connection, String table) throws SQLException {
        Set<String> names = new HashSet<>();
        try (PreparedStatement statement = connection.prepareStatement("""
                SELECT c.relname, i.indisprimary FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
                WHERE i.indrelid = to_regclass(?)
                  AND (NOT i.indisvalid
                       OR EXISTS (SELECT 1 FROM pg_inherits h JOIN pg_class t ON t.oid = h.inhparent
                                  WHERE t.oid = i.indrelid AND t.relkind = 'r'))""")) {
            statement.setString(1, table);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                    if (rows.getBoolean(2)) {
                        names.add(TableInspector.PRIMARY_KEY);
                    }
                }
            }
        }
        return names;
    }

    private interface Row {
        TableDefinition read(ResultSet row) throws SQLException;
    }

    private interface Work {
        void run() throws SQLException;
    }

    private static void read(
            Connection connection, String sql, TableName table, Dialect dialect, Row row, List<TableDefinition> found)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql + " ORDER BY 1")) {
            statement.setString(1, table.quoted(dialect));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(row.read(rows));
                }
            }
        }
    }

    /** The catalogue leaves a schema out where the search path has it; the path may be another one tomorrow. */
    private static void inNoSchema(Connection connection, Work work) throws SQLException {
        String before = ask(connection, "SELECT current_setting('search_path')");
        setPath(connection, "");
        work.run();
        setPath(connection, before);
    }

    private static void setPath(Connection connection, String path) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT set_config('search_path', ?, true)")) {
            statement.setString(1, path);
            statement.executeQuery().close();
        }
    }

    private static String ask(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getString(1);
        }
    }
}
