package dev.threadsmigration.preflight;

import dev.threadsmigration.config.PauseWhen;
import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.ledger.LedgerSchema;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.target.TargetTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the target's user must be allowed to do, where the database can be asked. */
final class Privileges {

    /** To make triggers on a table. */
    static final String TRIGGER = "TRIGGER";

    private final Connection connection;
    private final TargetDialect dialect;
    private final List<Check> checks;
    private final String user;
    private final String ownSchema;

    /** @param checks where what was found is added */
    Privileges(Connection connection, TargetDialect dialect, List<Check> checks) throws SQLException {
        this.connection = connection;
        this.dialect = dialect;
        this.checks = checks;
        this.user = connection.getMetaData().getUserName();
        this.ownSchema = Objects.requireNonNullElse(connection.getSchema(), "public");
    }

    /** @param planned whose tables are to be created */
    void check(Collection<TargetTable> tables, Set<Entity> planned, Collection<String> privileges, PauseWhen pauseWhen)
            throws SQLException {
        if (!dialect.tellsPrivileges()) {
            return;
        }
        Map<String, List<TargetTable>> bySchema =
                tables.stream().collect(Collectors.groupingBy(this::schema, TreeMap::new, Collectors.toList()));
        for (Map.Entry<String, List<TargetTable>> schema : bySchema.entrySet()) {
            boolean creates = schema.getValue().stream().anyMatch(table -> planned.contains(table.entity()));
            if (checkSchema(schema.getKey(), creates)) {
                for (TargetTable table : schema.getValue()) {
                    if (!planned.contains(table.entity())) {
                        checkTable(table, planned, privileges);
                    }
                }
            }
        }
        if (!pauseWhen.isNever() && !ask("SELECT pg_has_role(?, ?, 'USAGE')", user, "pg_monitor")) {
            failed("%s may not see what migration.pause-when asks for: GRANT pg_monitor TO %s", user, grantee());
        }
        if (ask("SELECT current_setting('default_transaction_read_only')::boolean OR pg_is_in_recovery()")) {
            checks.add(Check.failed("target", "the target is read-only: connect to the primary server"));
        }
    }

    private String schema(TargetTable table) {
        return Objects.requireNonNullElse(table.name().schema(), ownSchema);
    }

    /** @return whether the tables in it can be looked at */
    private boolean checkSchema(String schema, boolean creates) throws SQLException {
        String quoted = dialect.quote(schema);
        if (ask("SELECT to_regnamespace(?) IS NULL", quoted)) {
            failed(
                    "there is no schema %s for the tables that create-tables makes: CREATE SCHEMA %s AUTHORIZATION %s",
                    schema, quoted, grantee());
            return false;
        }
        boolean visible = ask("SELECT has_schema_privilege(?, ?)", schema, "USAGE");
        if (creates && !(visible && ask("SELECT has_schema_privilege(?, ?)", schema, "CREATE"))) {
            failed(
                    "%s may not create tables in the schema %s: GRANT USAGE, CREATE ON SCHEMA %s TO %s",
                    user, schema, quoted, grantee());
        } else if (!visible) {
            failed("%s may not use the schema %s: GRANT USAGE ON SCHEMA %s TO %s", user, schema, quoted, grantee());
        }
        return visible;
    }

    private void checkTable(TargetTable table, Set<Entity> planned, Collection<String> privileges) throws SQLException {
        for (String privilege : privileges) {
            if (!ask("SELECT has_table_privilege(?, ?)", table.from(), privilege)) {
                failed(
                        privilege.equals(TRIGGER)
                                ? "%s may not %s on %s, as dual-write must: GRANT TRIGGER ON %3$s TO %4$s"
                                : "%s may not %s: GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO %s",
                        user,
                        privilege,
                        table.from(),
                        grantee());
            }
        }
        if (planned.stream().anyMatch(entity -> entity.references().contains(table.entity()))
                && !ask("SELECT has_table_privilege(?, ?)", table.from(), "REFERENCES")) {
            failed(
                    "%s may not refer to %s, as the tables must that create-tables makes: GRANT REFERENCES ON %s TO %s",
                    user, table.from(), table.from(), grantee());
        }
        checkRowSecurity(table.from());
        if (privileges.contains("DELETE")) {
            checkReferring(table);
        }
    }

    private void checkRowSecurity(String table) throws SQLException {
        if (ask("SELECT row_security_active(?)", table)) {
            failed(
                    "row-level security hides rows of %s from %s, and what is not seen cannot be compared or kept:"
                            + " ALTER ROLE %s BYPASSRLS",
                    table, user, grantee());
        }
    }

    /** A record that some row refers to is kept. */
    private void checkReferring(TargetTable table) throws SQLException {
        for (TableInspector.ForeignKey key : TableInspector.foreignKeysTo(connection, table.name())) {
            String referring = key.table().quoted(dialect);
            String schema = Objects.requireNonNullElse(key.table().schema(), ownSchema);
            if (!ask("SELECT has_schema_privilege(?, ?)", schema, "USAGE")
                    || !ask("SELECT has_table_privilege(?, ?)", referring, "SELECT")) {
                failed(
                        "%s may not read %s, which refers to %s: GRANT USAGE ON SCHEMA %s TO %s; GRANT SELECT ON %s TO %5$s",
                        user, referring, table.from(), dialect.quote(schema), grantee(), referring);
            } else {
                checkRowSecurity(referring);
            }
        }
    }

    /** @return whether the ledger, where there is one, can be read */
    boolean checkLedger() throws SQLException {
        if (!dialect.tellsPrivileges()) {
            return true;
        }
        if (ask("SELECT to_regnamespace(?) IS NULL", LedgerSchema.NAME)) {
            if (!ask("SELECT has_database_privilege(current_database(), ?)", "CREATE")) {
                failed(
                        "%s may not create the schema %s: CREATE SCHEMA %s AUTHORIZATION %s",
                        user, LedgerSchema.NAME, LedgerSchema.NAME, grantee());
            }
            return true;
        }
        boolean usable = ask("""
                SELECT has_schema_privilege(oid, 'USAGE') AND has_schema_privilege(oid, 'CREATE')
                   AND NOT EXISTS (
                       SELECT 1 FROM pg_class c WHERE c.relnamespace = n.oid AND NOT CASE
                           WHEN c.relkind = 'S' THEN has_sequence_privilege(c.oid, 'USAGE')
                           WHEN c.relkind = 'r' THEN has_table_privilege(c.oid, 'SELECT')
                                AND has_table_privilege(c.oid, 'INSERT') AND has_table_privilege(c.oid, 'UPDATE')
                                AND has_table_privilege(c.oid, 'DELETE')
                           WHEN c.relkind = 'v' THEN has_table_privilege(c.oid, 'SELECT')
                           ELSE true END)
                FROM pg_namespace n WHERE nspname = ?""", LedgerSchema.NAME);
        if (!usable) {
            failed(
                    "%1$s may not use the ledger, which %2$s owns: GRANT USAGE, CREATE ON SCHEMA %3$s TO %4$s;"
                            + " GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %3$s TO %4$s;"
                            + " GRANT USAGE ON ALL SEQUENCES IN SCHEMA %3$s TO %4$s",
                    user, owner(), LedgerSchema.NAME, grantee());
        }
        return usable;
    }

    private @Nullable String owner() throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = ?")) {
            statement.setString(1, LedgerSchema.NAME);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getString(1) : null;
            }
        }
    }

    private String grantee() throws SQLException {
        return dialect.grantee(connection);
    }

    private void failed(String message, @Nullable Object... words) {
        checks.add(Check.failed("target privileges", message.formatted(words)));
    }

    private boolean ask(String sql, String... parameters) throws SQLException {
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
