package dev.threadsmigration.dualwrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.dualwrite.RawSqlForum.Side;
import dev.threadsmigration.support.CommandRun;
import java.nio.file.Path;
import java.sql.SQLException;
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

    private void migrateAndWrite(RawSqlForum forum, String more, String... legacy) throws SQLException {
        forum.source().execute(legacy);
        forum.done("migrate", more);
        forum.target().execute(WRITES);
        forum.done("sync", more);
        forum.done("validate", more);
    }

    @Test
    void mariaDbWithWholeSecondsAndForeignKeys() throws SQLException {
        RawSqlForum forum = RawSqlForum.onMariaDb(folder);
        migrateAndWrite(
                forum,
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
        assertThat(forum.source().list(all))
                .containsExactly(
                        "Renamed " + ADA + " {} 2020-01-02 00:00:00 2026-02-03 04:05:06",
                        "Made " + ADA + " {\"a\":[1,2.50]} 2026-01-02 03:04:05 2026-01-02 03:04:05");

        forum.target().execute("DELETE FROM threads WHERE id = '" + FIRST + "'", "DELETE FROM users");
        forum.source()
                .execute("INSERT INTO threads VALUES ('%s', 'Of legacy', '%s', '{}', '2020-01-02', '2020-01-02')"
                        .formatted(MADE.replace("901", "902"), ADA));
        CommandRun held = forum.done("sync", "");
        assertThat(held.out()).contains("2 deleted there", "1  held in the queue: legacy cannot delete it");
        assertThat(forum.source().list("SELECT title FROM threads")).containsExactly("Of legacy");
        assertThat(forum.source().list("SELECT name FROM users")).containsExactly("Ada");
    }

    @Test
    void sqliteWithEpochSeconds() throws SQLException {
        RawSqlForum forum = RawSqlForum.onSqlite(folder);
        migrateAndWrite(
                forum,
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
        assertThat(forum.source()
                        .list("SELECT title || ' ' || created_at || ' ' || updated_at FROM threads ORDER BY id"))
                .containsExactly("Renamed 1577836800 1770091506500", "Made 1767323045 1767323045678");
    }

    /** The checks before it, for a user without rights, a session and a server that are read-only. */
    @Test
    void aMariaDbThatCannotBeWrittenIsNamedBeforehand() throws SQLException {
        RawSqlForum forum = RawSqlForum.onMariaDb(folder);
        String url = forum.source().url();
        migrateAndWrite(
                forum,
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
        forum.source()
                .execute(
                        "CREATE USER " + reader + "@localhost IDENTIFIED BY 'r'",
                        "GRANT SELECT ON " + database + ".* TO " + reader + "@localhost");
        RawSqlForum reading = forum.withSource(new Side(url, reader, "r"));
        String rights = "INSERT, UPDATE, DELETE ON `threads` TO `" + reader + "`@`localhost`";
        refused(
                reading,
                "legacy threads: " + reader + " may not INSERT, UPDATE, DELETE",
                "as sync must: GRANT " + rights);

        forum.source()
                .execute(
                        "GRANT DELETE ON " + database + ".* TO " + reader + "@localhost",
                        "GRANT INSERT, UPDATE ON " + database + ".users TO " + reader + "@localhost",
                        "GRANT INSERT (id, title, user_id, metadata, created_at, updated_at),"
                                + " UPDATE (title, user_id, metadata, created_at, updated_at) ON " + database
                                + ".threads TO "
                                + reader + "@localhost");
        reading.done("sync", "");

        String readOnly = "legacy database: it is read-only, and sync writes there";
        refused(reading.withSource(new Side(url + "?sessionVariables=tx_read_only=1", reader, "r")), readOnly);
        try {
            // Whoever may do all, as the users of the other tests, is not hindered.
            forum.source().execute("SET GLOBAL read_only = 1");
            refused(reading, readOnly);
        } finally {
            forum.source().execute("SET GLOBAL read_only = 0");
        }
        reading.done("sync", "");
    }

    private static void refused(RawSqlForum forum, String... said) {
        CommandRun noted = forum.run("preflight", "");
        assertThat(noted.exitCode()).as(noted.all()).isZero();
        assertThat(noted.out()).contains(said).contains("note    legacy");
        CommandRun refused = forum.run("sync", "");
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
        assertThat(refused.err()).contains(said).contains("FAILED  legacy", "Nothing was touched");
    }

    @Test
    void anSqliteFileThatIsOnlyReadIsNamedBeforehand() throws SQLException {
        RawSqlForum forum = RawSqlForum.onSqlite(folder);
        migrateAndWrite(
                forum,
                "",
                "CREATE TABLE users (id text PRIMARY KEY, name text, created_at text, updated_at text)",
                "CREATE TABLE threads (id text PRIMARY KEY, title text, user_id text, metadata text, created_at text, updated_at text)",
                "INSERT INTO users VALUES ('%s', 'Ada', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z')".formatted(ADA),
                "INSERT INTO threads VALUES ('%s', 'First', '%s', '{}', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00Z')"
                        .formatted(FIRST, ADA));
        String url = forum.source().url().replace("sqlite:", "sqlite:file:") + "?mode=ro";
        refused(forum.withSource(new Side(url, "", "")), "legacy database: it is read-only, and sync writes there");
    }
}
