package dev.threadsmigration.ledger;

import dev.threadsmigration.database.DryRunDataSource;
import dev.threadsmigration.database.ServerErrors;
import dev.threadsmigration.database.TargetDialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** The schema {@code threads_migration} and its versions. */
public final class LedgerSchema {

    public static final String NAME = "threads_migration";
    private static final String HISTORY = "flyway_schema_history";
    private static final String MAPPING = "migration_mapping";
    /** The last table of the first versions: a run that was killed before it was made has written nothing. */
    private static final String LAST_TABLE = "batch_job_execution_context";
    /** By version, what a dry run writes into; Spring Batch's tables it does without. */
    private static final NavigableMap<Integer, String> OF_DRY_RUNS = new TreeMap<>(Map.of(
            1,
            "ledger",
            3,
            "legacy_hash",
            4,
            "followed_change",
            5,
            "followed_deletion",
            6,
            "dual_write",
            7,
            "adopted_id"));

    static final int NEWEST = 8;

    private static final String OTHER_BUILD = """
            The ledger in the schema %1$s was made by another build of this tool, whose tables are not these. No \
            record was touched. Go on with the jar that made it; or take the migration back with that jar, \
            DROP SCHEMA %1$s CASCADE, and start anew""".formatted(NAME);

    private final DataSource target;
    private final TargetDialect dialect;

    public LedgerSchema(DataSource target, TargetDialect dialect) {
        this.target = target;
        this.dialect = dialect;
    }

    /** Whether the schema is there, with all that {@link #migrate} puts into it. */
    public boolean exists() {
        try (Connection connection = target.getConnection()) {
            return has(connection, HISTORY) && has(connection, LAST_TABLE);
        } catch (SQLException e) {
            throw unanswered(e);
        }
    }

    /** What is wrong with a ledger that this tool must neither use nor replace, and what to do; null: nothing. */
    public @Nullable String problem() {
        try (Connection connection = target.getConnection()) {
            if (has(connection, HISTORY)) {
                return isOfOtherBuild() ? OTHER_BUILD : null;
            }
            if (!isWithoutHistory(connection)) {
                return refusal(connection);
            }
            return !isOfKilledDryRun(connection) ? """
                    the schema %1$s holds a ledger, but not its table %2$s, which tells the ledger's version: rename that \
                    table back, or restore it from a backup; where no migration here is to be gone on with or taken back, \
                    DROP SCHEMA %1$s CASCADE""".formatted(NAME, HISTORY) : null;
        } catch (SQLException e) {
            throw unanswered(e);
        }
    }

    /**
     * What the target says to the making of tables, tried and undone; null: nothing. Flyway would try again and again for two
     * minutes, and tell what followed from it. Rights that are missing, and a server that is read-only, are told elsewhere.
     */
    private @Nullable String refusal(Connection connection) throws SQLException {
        if (target instanceof DryRunDataSource || !dialect.rollsBackDefinitions()) {
            return null;
        }
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + NAME);
            statement.execute("CREATE TABLE " + NAME + ".attempt (id integer)");
            statement.execute("CREATE INDEX attempt_id ON " + NAME + ".attempt (id)");
            return null;
        } catch (SQLException e) {
            boolean toldElsewhere =
                    dialect.errors().isForbidden(e) || dialect.errors().isReadOnly(e);
            return toldElsewhere
                    ? null
                    : "the target does not let the ledger's tables be made in the schema %s: %s. Let it, for this user and this schema"
                            .formatted(NAME, ServerErrors.inShort(e));
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    /**
     * Brings the schema to this version, from nothing or from an earlier one; where there is a {@link #problem}, it fails.
     *
     * @throws OtherLedgerException where another build has made its tables
     */
    public void migrate() {
        try (Connection connection = target.getConnection();
                Statement statement = connection.createStatement()) {
            if (has(connection, HISTORY) && versions(connection).contains(NEWEST)) {
                // Whose they are was asked by problem(), and to ask Flyway once more takes a quarter of a second.
                return;
            }
            if (isWithoutHistory(connection) && isOfKilledDryRun(connection)) {
                statement.execute("DROP SCHEMA " + NAME + " CASCADE");
            }
        } catch (SQLException e) {
            throw unanswered(e);
        }
        migrate(target);
    }

    private void migrate(DataSource lasting) {
        // On one connection, so that a version's tables and the note that they are there are committed together.
        try (Connection connection = lasting.getConnection()) {
            versions(new SingleConnectionDataSource(connection, true)).load().migrate();
        } catch (FlywayValidateException e) {
            throw new OtherLedgerException(OTHER_BUILD, e);
        } catch (SQLException e) {
            throw unanswered(e);
        }
    }

    private boolean isOfOtherBuild() {
        DataSource lasting = target instanceof DryRunDataSource dryRun ? dryRun.lasting() : target;
        return !versions(lasting)
                .ignoreMigrationPatterns("*:pending", "*:future")
                .load()
                .validateWithResult()
                .validationSuccessful;
    }

    private FluentConfiguration versions(DataSource lasting) {
        return Flyway.configure()
                .dataSource(lasting)
                .schemas(dialect.fold(NAME))
                .defaultSchema(dialect.fold(NAME))
                .table(dialect.fold(HISTORY))
                .locations("classpath:db/" + folder());
    }

    /**
     * Makes the tables on the connection of a dry run, to be undone with it. What a run left that was killed while it made
     * the schema is in the way, and holds nothing; an empty schema was made for us by somebody who may.
     */
    public void createForDryRun(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (has(connection, "%")) {
                statement.execute("DROP SCHEMA " + NAME + " CASCADE");
            }
            if (!isThere(connection)) {
                statement.execute("CREATE SCHEMA " + NAME);
            }
        }
        OF_DRY_RUNS.forEach((version, name) -> execute(connection, version, name));
    }

    /**
     * Brings the tables of an earlier version to this one on the connection of a dry run, to be undone with it; for good
     * where DDL commits, since half of it would be left.
     */
    public void migrateForDryRun(DryRunDataSource dryRun) throws SQLException {
        if (leavesTraces()) {
            migrate(dryRun.lasting());
            return;
        }
        try (Connection connection = dryRun.getConnection()) {
            Set<Integer> there = versions(connection);
            OF_DRY_RUNS.forEach((version, name) -> {
                if (!there.contains(version)) {
                    execute(connection, version, name);
                }
            });
        }
    }

    /** Those that were made; none for what Flyway notes of the schema itself. */
    private static Set<Integer> versions(Connection connection) throws SQLException {
        Set<Integer> versions = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT \"version\" FROM " + NAME + "." + HISTORY + " WHERE \"success\"")) {
            while (found.next()) {
                versions.add(found.getInt(1));
            }
        }
        return versions;
    }

    private void execute(Connection connection, int version, String name) {
        ScriptUtils.executeSqlScript(
                connection, new ClassPathResource("db/%s/V%s__%s.sql".formatted(folder(), version, name)));
    }

    /** Whether DDL of a dry run outlives its transaction. */
    public boolean leavesTraces() {
        return !dialect.rollsBackDefinitions();
    }

    /** Undoes {@link #createForDryRun} where a rollback does not. */
    public void dropAfterDryRun(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + NAME + " CASCADE");
        }
    }

    /** The history is made first: who looks for it last does not miss one that another process is making. */
    private boolean isWithoutHistory(Connection connection) throws SQLException {
        return has(connection, MAPPING) && !has(connection, HISTORY);
    }

    /** Where DDL commits, a dry run that is killed leaves its tables; never a row, not even of its own run. */
    private boolean isOfKilledDryRun(Connection connection) throws SQLException {
        if (!leavesTraces()) {
            return false;
        }
        try (Statement statement = connection.createStatement();
                ResultSet runs = statement.executeQuery("SELECT 1 FROM threads_migration.audit_log LIMIT 1")) {
            return !runs.next();
        }
    }

    private static LedgerException unanswered(SQLException cause) {
        return new LedgerException("the target database cannot be asked for the schema " + NAME, cause);
    }

    private String folder() {
        return dialect.productName().toLowerCase(Locale.ROOT);
    }

    private boolean isThere(Connection connection) throws SQLException {
        try (ResultSet schemas = connection.getMetaData().getSchemas(null, dialect.fold(NAME))) {
            return schemas.next();
        }
    }

    private boolean has(Connection connection, String table) throws SQLException {
        try (ResultSet tables =
                connection.getMetaData().getTables(null, dialect.fold(NAME), dialect.fold(table), null)) {
            return tables.next();
        }
    }
}
