package dev.threadsmigration.ledger;

import dev.threadsmigration.database.Dialect;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** The schema {@code threads_migration} and its versions. */
public final class LedgerSchema {

    public static final String NAME = "threads_migration";
    private static final String HISTORY = "flyway_schema_history";
    /** The last table of the first versions: a run that was killed before it was made has written nothing. */
    private static final String LAST_TABLE = "batch_job_execution_context";

    private final DataSource target;
    private final Dialect dialect;

    public LedgerSchema(DataSource target, Dialect dialect) {
        this.target = target;
        this.dialect = dialect;
    }

    /** Whether the schema is there, with all that {@link #migrate} puts into it. */
    public boolean exists() {
        try (Connection connection = target.getConnection()) {
            return has(connection, HISTORY) && has(connection, LAST_TABLE);
        } catch (SQLException e) {
            throw new LedgerException("the target database cannot be asked for the schema " + NAME, e);
        }
    }

    /** Brings the schema to this version, from nothing or from an earlier one. */
    public void migrate() {
        try (Connection connection = target.getConnection();
                Statement statement = connection.createStatement()) {
            // A dry run on H2, whose DDL commits, leaves the schema without a history when it is killed.
            if (!has(connection, HISTORY) && has(connection, "migration_mapping")) {
                statement.execute("DROP SCHEMA " + NAME + " CASCADE");
            }
        } catch (SQLException e) {
            throw new LedgerException("the target database cannot be asked for the schema " + NAME, e);
        }
        Flyway.configure()
                .dataSource(target)
                .schemas(dialect.fold(NAME))
                .defaultSchema(dialect.fold(NAME))
                .table(dialect.fold(HISTORY))
                .locations("classpath:db/" + folder())
                .load()
                .migrate();
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
        ScriptUtils.executeSqlScript(connection, new ClassPathResource("db/" + folder() + "/V1__ledger.sql"));
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
