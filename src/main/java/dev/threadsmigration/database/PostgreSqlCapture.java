package dev.threadsmigration.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A trigger a table. Its function runs with the rights of the role that made it, so that the application needs none on our
 * tables; a function without a search path of its own could be made to call somebody else's operators with these rights.
 */
final class PostgreSqlCapture implements WriteCapture {

    /** A parameter of our sessions; the triggers pass over what is written in them. */
    static final String OWN_WRITE = "threads_migration.own_write";

    private static final String SCHEMA = "threads_migration";

    private static final String TRIGGERS = """
            SELECT 1 FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid JOIN pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = ? AND p.proname = ? AND t.tgenabled IN ('O', 'A')""";

    /** Who waits for the lock of a trigger keeps all later writers waiting. */
    private static final String LOCK_TIMEOUT = "SET LOCAL lock_timeout = '5s'";

    private final Dialect dialect;

    PostgreSqlCapture(Dialect dialect) {
        this.dialect = dialect;
    }

    @Override
    public boolean isOn(Connection connection, String name) throws SQLException {
        return finds(connection, TRIGGERS, SCHEMA, name);
    }

    @Override
    public void turnOn(Connection connection, String name, TableName table, Column id, Queue queue)
            throws SQLException {
        boolean fires =
                finds(connection, TRIGGERS + " AND t.tgrelid = to_regclass(?)", SCHEMA, name, table.quoted(dialect));
        if (!fires) {
            // One that somebody has disabled only the table's owner could enable.
            turnOff(connection, name);
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE OR REPLACE FUNCTION " + function(name)
                    + "() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS "
                    + literal(body(id, queue)));
            if (!fires) {
                statement.execute(LOCK_TIMEOUT);
                statement.execute("CREATE TRIGGER " + dialect.quote(name) + " AFTER INSERT OR UPDATE OR DELETE ON "
                        + table.quoted(dialect) + " FOR EACH ROW WHEN (current_setting('" + OWN_WRITE
                        + "', true) IS DISTINCT FROM 'on') EXECUTE FUNCTION " + function(name) + "()");
            }
        }
    }

    /** The id as text: whatever the application writes, its write must not fail for our sake. */
    private String body(Column id, Queue queue) {
        String insert = "INSERT INTO " + queue.table() + " (migration, entity, record_id) VALUES ("
                + literal(queue.migration()) + ", " + literal(queue.entity()) + ", ";
        String value = "." + dialect.quote(id.name()) + "::text);";
        return """
                BEGIN
                  IF TG_OP <> 'DELETE' THEN
                    %s
                  END IF;
                  IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND OLD.%s IS DISTINCT FROM NEW.%2$s THEN
                    %s
                  END IF;
                  RETURN NULL;
                END""".formatted(insert + "NEW" + value, dialect.quote(id.name()), insert + "OLD" + value);
    }

    @Override
    public void include(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL " + OWN_WRITE + " = 'off'");
        }
    }

    @Override
    public void turnOff(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK_TIMEOUT);
            // The table need not be ours for that.
            statement.execute("DROP FUNCTION IF EXISTS " + function(name) + "() CASCADE");
        }
    }

    private String function(String name) {
        return SCHEMA + "." + dialect.quote(name);
    }

    private static String literal(String text) {
        return "E'" + text.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    private static boolean finds(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return result.next();
            }
        }
    }
}
