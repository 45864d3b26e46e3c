package dev.threadsmigration.dualwrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.MariaDbServer;
import dev.threadsmigration.support.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What legacy databases of other servers and shapes get of the application's writes. */
class OtherLegacyTests {

    private static final String ADA = "00000000-0000-4000-8000-000000000001";
    private static final String FIRST = "00000000-0000-4000-8000-000000000101";
    private static final String MADE = "00000000-0000-4000-8000-000000000901";

    private static final String WRITES = """
            INSERT INTO threads (id, title, user_id, metadata, created_at, updated_at)
            SELECT '%s', 'Made', id, '{"a": [1, 2.50]}', '2026-01-02 03:04:05.678901', '2026-01-02 03:04:05.678901'
            FROM users;
            UPDATE threads SET title = 'Renamed', updated_at = '2026-02-03 04:05:06.5' WHERE title = 'First';""".formatted(MADE);

    @TempDir
    Path folder;

    private String source;
    private String target;
    private String user = "";
    private String password = "";

    private CommandRun run(String command, String more) {
        return CommandRun.onJobFile(folder, command, """
                migration:
                  name: other
                  preset: raw-sql
                  source: { url: "%s", username: "%s", password: "%s" }
                  target: { url: "%s", username: postgres, password: postgres, create-tables: true }
                  entities: [users, threads]
                  dual-write: { enabled: true, deletes: carry }
                %s""".formatted(source, user, password, target, more));
    }

    private void migrateAndWrite(String more, String... legacy) throws SQLException {
        target = PostgresServer.shared().createDatabase();
        execute(source, user, password, legacy);
        done(run("migrate", more));
        execute(target, "postgres", "postgres", WRITES);
        done(run("sync", more));
        done(run("validate", more));
    }

    private static void done(CommandRun run) {
        assertThat(run.exitCode()).as(run.all()).isZero();
    }

    private static void execute(String url, String user, String password, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<String> legacy(String query) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(source, user, password);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            while (result.next()) {
                found.add(result.getString(1));
            }
        }
        return found;
    }

    @Test
    void mariaDbWithWholeSecondsAndForeignKeys() throws SQLException {
        MariaDbServer server = MariaDbServer.shared();
        source = server.createDatabase();
        user = server.username();
        password = server.password();
        migrateAndWrite(
                "",
                "CREATE TABLE users (id char(36) PRIMARY KEY, name varchar(100), created_at datetime, updated_at datetime)",
                """
                CREATE TABLE threads (id char(36) PRIMARY KEY, title varchar(200) NOT NULL, user_id char(36), metadata json,
                    created_at datetime, updated_at datetime, FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE)""",
                "INSERT INTO users VALUES ('%s', 'Ada', '2020-01-01', '2020-01-01')".formatted(ADA),
                "INSERT INTO threads VALUES ('%s', 'First', '%s', '{}', '2020-01-02', '2020-01-02')"
                        .formatted(FIRST, ADA));
        String all =
                "SELECT CONCAT(title, ' ', user_id, ' ', metadata, ' ', created_at, ' ', updated_at) FROM threads ORDER BY id";
        assertThat(legacy(all))
                .containsExactly(
                        "Renamed " + ADA + " {} 2020-01-02 00:00:00 2026-02-03 04:05:06",
                        "Made " + ADA + " {\"a\":[1,2.50]} 2026-01-02 03:04:05 2026-01-02 03:04:05");

        execute(target, "postgres", "postgres", "DELETE FROM threads WHERE id = '" + FIRST + "'", "DELETE FROM users");
        execute(
                source,
                user,
                password,
                "INSERT INTO threads VALUES ('%s', 'Of legacy', '%s', '{}', '2020-01-02', '2020-01-02')"
                        .formatted(MADE.replace("901", "902"), ADA));
        CommandRun held = run("sync", "");
        done(held);
        assertThat(held.out()).contains("2 deleted there", "1  held in the queue: legacy cannot delete it");
        assertThat(legacy("SELECT title FROM threads")).containsExactly("Of legacy");
        assertThat(legacy("SELECT name FROM users")).containsExactly("Ada");
    }

    @Test
    void sqliteWithEpochSeconds() throws SQLException {
        source = "jdbc:sqlite:" + folder.resolve("legacy.db");
        migrateAndWrite(
                """
                  mapping:
                    threads:
                      fields:
                        createdAt: { column: created_at, type: epoch-seconds }
                        updatedAt: { column: updated_at, type: epoch-millis }
                """,
                "CREATE TABLE users (id text PRIMARY KEY, name text, created_at text, updated_at text)",
                "CREATE TABLE threads (id text PRIMARY KEY, title text, user_id text, metadata text, created_at integer, updated_at integer)",
                "INSERT INTO users VALUES ('%s', 'Ada', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z')".formatted(ADA),
                "INSERT INTO threads VALUES ('%s', 'First', '%s', '{}', 1577836800, 1577836800000)"
                        .formatted(FIRST, ADA));
        assertThat(legacy("SELECT title || ' ' || created_at || ' ' || updated_at FROM threads ORDER BY id"))
                .containsExactly("Renamed 1577836800 1770091506500", "Made 1767323045 1767323045678");
    }

    /** The checks before it, for a user without rights, a session and a server that are read-only. */
    @Test
    void aMariaDbThatCannotBeWrittenIsNamedBeforehand() throws SQLException {
        MariaDbServer server = MariaDbServer.shared();
        String url = server.createDatabase();
        source = url;
        user = server.username();
        password = server.password();
        migrateAndWrite(
                "",
                "CREATE TABLE users (id char(36) PRIMARY KEY, name varchar(100), created_at datetime, updated_at datetime)",
                """
                CREATE TABLE threads (id char(36) PRIMARY KEY, title varchar(200), user_id char(36), metadata json,
                    created_at datetime, updated_at timestamp ON UPDATE CURRENT_TIMESTAMP, secret int NOT NULL DEFAULT 0)""",
                "INSERT INTO users VALUES ('%s', 'Ada', '2020-01-01', '2020-01-01')".formatted(ADA),
                "INSERT INTO threads VALUES ('%s', 'First', '%s', '{}', '2020-01-02', '2020-01-02', 7)"
                        .formatted(FIRST, ADA));
        String database = url.substring(url.lastIndexOf('/') + 1);
        String reader = "reader_of_" + database;
        as(
                server,
                "CREATE USER " + reader + "@localhost IDENTIFIED BY 'r'",
                "GRANT SELECT ON " + database + ".* TO " + reader + "@localhost");
        user = reader;
        password = "r";
        String rights = "INSERT, UPDATE, DELETE ON `threads` TO `" + reader + "`@`localhost`";
        refused("legacy threads: " + reader + " may not INSERT, UPDATE, DELETE", "as sync must: GRANT " + rights);

        as(
                server,
                "GRANT DELETE ON " + database + ".* TO " + reader + "@localhost",
                "GRANT INSERT, UPDATE ON " + database + ".users TO " + reader + "@localhost",
                "GRANT INSERT (id, title, user_id, metadata, created_at, updated_at),"
                        + " UPDATE (title, user_id, metadata, created_at, updated_at) ON " + database + ".threads TO "
                        + reader + "@localhost");
        done(run("sync", ""));

        String readOnly = "legacy database: it is read-only, and sync writes there";
        source = url + "?sessionVariables=tx_read_only=1";
        refused(readOnly);
        source = url;
        try {
            // Whoever may do all, as the users of the other tests, is not hindered.
            as(server, "SET GLOBAL read_only = 1");
            refused(readOnly);
        } finally {
            as(server, "SET GLOBAL read_only = 0");
        }
        done(run("sync", ""));
    }

    private static void as(MariaDbServer server, String... statements) throws SQLException {
        execute(server.createDatabase(), server.username(), server.password(), statements);
    }

    private void refused(String... said) {
        CommandRun noted = run("preflight", "");
        assertThat(noted.exitCode()).as(noted.all()).isZero();
        assertThat(noted.out()).contains(said).contains("note    legacy");
        CommandRun refused = run("sync", "");
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
        assertThat(refused.err()).contains(said).contains("FAILED  legacy", "Nothing was touched");
    }

    @Test
    void anSqliteFileThatIsOnlyReadIsNamedBeforehand() throws SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("legacy.db");
        source = url;
        migrateAndWrite(
                "",
                "CREATE TABLE users (id text PRIMARY KEY, name text, created_at text, updated_at text)",
                "CREATE TABLE threads (id text PRIMARY KEY, title text, user_id text, metadata text, created_at text, updated_at text)",
                "INSERT INTO users VALUES ('%s', 'Ada', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z')".formatted(ADA),
                "INSERT INTO threads VALUES ('%s', 'First', '%s', '{}', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z')"
                        .formatted(FIRST, ADA));
        source = url.replace("sqlite:", "sqlite:file:") + "?mode=ro";
        refused("legacy database: it is read-only, and sync writes there");
    }

    /** A new record cannot be given a key that legacy counts itself; changes and deletes of moved ones are carried. */
    @Test
    void keysThatLegacyCounts() throws SQLException {
        source = PostgresServer.shared().createDatabase();
        user = "postgres";
        password = "postgres";
        migrateAndWrite(
                "",
                "CREATE TABLE users (id serial PRIMARY KEY, name text, created_at timestamp, updated_at timestamp)",
                """
                CREATE TABLE threads (id serial PRIMARY KEY, title text, user_id int REFERENCES users, metadata jsonb,
                    created_at timestamp, updated_at timestamp)""",
                "INSERT INTO users VALUES (1, 'Ada', '2020-01-01', '2020-01-01')",
                "INSERT INTO threads VALUES (1, 'First', 1, '{}', '2020-01-02', '2020-01-02')");
        assertThat(legacy("SELECT id || title FROM threads")).containsExactly("1Renamed");
        execute(target, "postgres", "postgres", "DELETE FROM threads WHERE title = 'Renamed'");
        CommandRun run = run("sync", "");
        done(run);
        assertThat(run.out()).contains("1 deleted there", "1  held in the queue: legacy's key cannot hold its id");
        assertThat(legacy("SELECT id || title FROM threads")).isEmpty();
    }
}
