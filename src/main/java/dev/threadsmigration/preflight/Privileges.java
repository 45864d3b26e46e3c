package dev.threadsmigration.preflight;

import dev.threadsmigration.config.PauseWhen;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.ledger.LedgerSchema;
import dev.threadsmigration.target.TargetTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;

/** What the target's user must be allowed to do, where the database can be asked. */
final class Privileges {

    private final TargetDialect dialect;
    private final PauseWhen pauseWhen;

    Privileges(TargetDialect dialect, PauseWhen pauseWhen) {
        this.dialect = dialect;
        this.pauseWhen = pauseWhen;
    }

    void check(Connection connection, Collection<TargetTable> tables, List<String> privileges, List<Check> checks)
            throws SQLException {
        if (!dialect.tellsPrivileges()) {
            return;
        }
        String user = connection.getMetaData().getUserName();
        for (TargetTable table : tables) {
            for (String privilege : privileges) {
                if (!ask(connection, "SELECT has_table_privilege(?, ?)", table.from(), privilege)) {
                    checks.add(Check.failed(
                            "target privileges",
                            "%s may not %s: GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %s"
                                    .formatted(user, privilege, table.from(), dialect.quote(user))));
                }
            }
        }
        boolean schemaIsOurs = ask(connection, """
                SELECT CASE WHEN to_regnamespace(?) IS NULL THEN has_database_privilege(current_database(), ?)
                            ELSE has_schema_privilege(?, ?) END""", LedgerSchema.NAME, "CREATE", LedgerSchema.NAME, "CREATE");
        if (!schemaIsOurs) {
            checks.add(Check.failed(
                    "target privileges",
                    "%s may not create the schema %s: CREATE SCHEMA %s AUTHORIZATION %s"
                            .formatted(user, LedgerSchema.NAME, LedgerSchema.NAME, dialect.quote(user))));
        }
        if (!pauseWhen.isNever() && !ask(connection, "SELECT pg_has_role(?, ?, 'USAGE')", user, "pg_monitor")) {
            checks.add(Check.failed(
                    "target privileges",
                    "%s may not see what migration.pause-when asks for: GRANT pg_monitor TO %s"
                            .formatted(user, dialect.quote(user))));
        }
        if (ask(
                connection,
                "SELECT current_setting('default_transaction_read_only')::boolean OR pg_is_in_recovery()")) {
            checks.add(Check.failed("target", "the target is read-only: connect to the primary server"));
        }
    }

    private static boolean ask(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setString(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }
}
