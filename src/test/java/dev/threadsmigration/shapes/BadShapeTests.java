package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Job files and legacy databases that cannot be used as they are, and what is said about them. */
class BadShapeTests {

    private static final String REJECTED =
            "SELECT string_agg(code || ' ' || coalesce(field, '-'), ', ' ORDER BY legacy_id) FROM threads_migration.rejected_record";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            mapping: { threads: { fields: { titel: { column: x } } } }                   | did you mean 'title'?
            mapping: { threads: { fields: { createdAt: { type: epoch-milis } } } }        | did you mean 'epoch-millis'?
            mapping: { threads: { fields: { createdAt: { typ: epoch-millis } } } }        | did you mean 'type'?
            mapping: { threads: { fields: { title: { type: epoch-millis } } } }           | Types for it are: trimmed
            mapping: { threads: { fields: { name: { column: title } } } }                 | is not a field of threads
            mapping: { threads: { fields: { title: { json: x } } } }                      | is for metadata only
            mapping: { threads: { fields: { createdAt: { type: date-and-time } } } }      | must name two columns
            mapping: { threads: { fields: { createdAt: { column: created } } } }          | did you mean 'created_at'?
            mapping: { threads: { fields: { createdAt: { column: user_id } } } }          | say type: epoch-seconds
            mapping: { threads: { fields: { metadata: { json: id } } } }                  | a JSON object is needed
            mapping: { threads: { fields: { title: { column: 'x; DROP TABLE users' } } } } | no column 'x; DROP TABLE users'
            mapping: { threads: { table: 'threads; DROP TABLE users' } }                  | no table 'threads; DROP TABLE users'
            mapping: { threads: { key: created_at } }                                     | cannot be paged by
            mapping: { threads: { where: 'no_such = 1' } }                                | threads.where cannot be used
            mapping: { threads: { query: 'SELECT nothing FROM nowhere' } }                | threads.query cannot be read
            mapping: { threads: { query: 'SELECT id, title, id FROM threads' } }          | two columns of the name 'id'
            mapping: { threads: { query: 'SELECT t.* FROM threads t, generate_series(1, 2)' } } | share a value of id
            mapping: { threads: { fields: { userId: ~ } } }                               | cannot be left out: no thread is without it (job.yml, line
            mapping: { users: { fields: { name: ~ } } }                                   | cannot be left out: no user is without it
            mapping: { threads: { fields: { title: topic } } }                            | It must be a rule such as { column: subject }
            mapping: { users: { extra: { email: ~ } } }                                   | needs a column, a default or a constant
            mapping: { users: { extra: { mail: { column: name } } } }                     | has no column 'mail'
            mapping: { users: { extra: { email: { type: trimmed } } } }                   | needs a column
            """)
    void whatCannotBeMeantIsSaidBeforeAnythingRuns(String more, String said) throws SQLException {
        String source = Shapes.database("raw-sql");
        String target = Shapes.database();

        CommandRun run =
                CommandRun.onJobFile(folder, "migrate", Shapes.jobFile("raw-sql", source, target, "  " + more));

        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.all()).contains(said);
        assertThat(Shapes.ask(target, "SELECT to_regclass('users')")).isEqualTo("null");
        assertThat(Shapes.ask(source, "SELECT count(*) FROM users")).isEqualTo("1");
    }

    @Test
    void misspeltPresetsAndZonesGetTheNearestWord() throws SQLException {
        String source = Shapes.database();
        CommandRun preset = CommandRun.onJobFile(folder, "migrate", Shapes.jobFile("prsima", source, source, ""));
        CommandRun zone = CommandRun.onJobFile(
                folder,
                "migrate",
                Shapes.jobFile("prisma", source, source, ""),
                "--migration.source.time-zone=Europe/Berln");

        assertThat(preset.exitCode()).isEqualTo(2);
        assertThat(preset.all()).contains("did you mean 'prisma'?");
        assertThat(zone.exitCode()).isEqualTo(2);
        assertThat(zone.all()).contains("did you mean 'Europe/Berlin'?");
    }

    @Test
    void extraColumnsThatTheTargetRequiresAreNamed() throws SQLException {
        String target = Shapes.database();
        Shapes.execute(target, """
                CREATE TABLE users (id uuid PRIMARY KEY, name text NOT NULL, email text NOT NULL,
                    created_at timestamp NOT NULL, updated_at timestamp NOT NULL)""");

        CommandRun run = CommandRun.onJobFile(
                folder, "migrate", Shapes.jobFile("raw-sql", Shapes.database("raw-sql"), target, ""));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.all()).contains("users.email is NOT NULL without a default", "migration.mapping.users.extra");
    }

    @Test
    void emptyTablesAreMigratedToo() throws SQLException {
        String source = Shapes.database("raw-sql");
        Shapes.execute(source, "TRUNCATE users, threads, feedback");
        String target = Shapes.database();

        CommandRun run = CommandRun.onJobFile(folder, "migrate", Shapes.jobFile("raw-sql", source, target, ""));

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(Shapes.ask(target, "SELECT count(*) FROM threads")).isEqualTo("0");
    }

    @Test
    void sqlitesTextsAmongNumbersAreRejected() throws SQLException {
        String source = "jdbc:sqlite:" + folder.resolve("legacy.db");
        try (Connection connection = DriverManager.getConnection(source);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, created_at INTEGER)");
            statement.execute("INSERT INTO users VALUES (1, 'Ada', 1700000000), (2, 'Bob', 'soon'), (3, 'Cy', 1.7e9)");
            statement.execute("CREATE TABLE threads (id TEXT, user_id INTEGER, created_at TEXT)");
            statement.execute("INSERT INTO threads VALUES (NULL, 1, '2024-01-01'), ('a', 1, '2024-01-01')");
        }
        String target = Shapes.database();

        CommandRun run = CommandRun.onJobFile(
                folder,
                "migrate",
                Shapes.jobFile("raw-sql", source, target, """
                          mapping: { users: { fields: { createdAt: { type: epoch-seconds } } } }
                        """)
                        .replaceFirst("username: postgres, password: postgres", "username: ''"));

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(Shapes.ask(target, REJECTED)).isEqualTo("wrong_type createdAt, id_missing id");
        assertThat(Shapes.ask(target, "SELECT count(*) || ' ' || (SELECT count(*) FROM threads) FROM users"))
                .isEqualTo("2 1");
    }

    /** Written out, most of them would take more than any memory. */
    @Test
    void numbersThatAreNoSecondsHoweverShortTheyAreSpeltAreRejected() throws SQLException {
        String source = Shapes.database("raw-sql");
        Shapes.execute(source, """
                TRUNCATE users, threads, feedback;
                ALTER TABLE users ADD since text;
                INSERT INTO users (id, name, since) VALUES (1, 'Ada', '1.7e9'), (2, 'Bob', '1E-2147483647'),
                    (3, 'Cy', '-1E-999999999'), (4, 'Dan', '1E2147483647'), (5, 'Eve', '-2E999999999'),
                    (6, 'Fay', '0E999999999')""");
        String target = Shapes.database();

        CommandRun run = CommandRun.onJobFile(folder, "migrate", Shapes.jobFile("raw-sql", source, target, """
                          mapping: { users: { fields: { createdAt: { column: since, type: epoch-millis } } } }
                        """));

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(Shapes.ask(target, REJECTED))
                .isEqualTo(
                        "wrong_type createdAt, wrong_type createdAt, date_out_of_range createdAt, date_out_of_range createdAt");
        assertThat(Shapes.ask(target, "SELECT max(created_at) || ' ' || min(created_at) FROM users"))
                .isEqualTo("1970-01-20 16:13:20 1970-01-01 00:00:00");
    }
}
