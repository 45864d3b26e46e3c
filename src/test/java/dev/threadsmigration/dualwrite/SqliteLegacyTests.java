package dev.threadsmigration.dualwrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SQLite, where each value has a type of its own, and one program writes at a time: there and back. */
class SqliteLegacyTests {

    private static final String FIVE = "  chunk-size: 5\n  partitions: 1\n";

    @TempDir
    Path folder;

    private RawSqlForum forum;

    @BeforeEach
    void makeUsers() throws SQLException {
        forum = RawSqlForum.onSqlite(folder);
        forum.source()
                .execute(
                        "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, created_at TEXT)",
                        "INSERT INTO users VALUES (1, 'Ada', '2020-01-01')");
    }

    private List<String> moved() throws SQLException {
        return forum.target().list("SELECT title FROM threads ORDER BY title");
    }

    private String all(String table) throws SQLException {
        return String.join(
                "\n", forum.source().list("SELECT quote(id) || ' ' || quote(title) FROM " + table + " ORDER BY title"));
    }

    @Test
    void keysThatAreNumbersAndTextsOnlyByTheirValues() throws SQLException {
        forum.source()
                .execute(
                        "CREATE TABLE threads (id ANY PRIMARY KEY, title TEXT, user_id ANY, created_at TEXT) STRICT",
                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12)"
                                + " INSERT INTO threads SELECT i, 'T' || (100 + i), 1, '2020-01-01' FROM n",
                        "INSERT INTO threads VALUES ('a', 'T201', 1, '2020-01-01')");
        String before = all("threads");

        forum.done("migrate", FIVE);
        assertThat(moved()).hasSize(13);
        forum.done("rollback", FIVE, "--yes");
        assertThat(all("threads")).isEqualTo(before);
    }

    @Test
    void aViewOfTablesWhoseKeysAreOfDifferentTypes() throws SQLException {
        forum.source()
                .execute(
                        "CREATE TABLE texts (id TEXT PRIMARY KEY, title TEXT)",
                        "CREATE TABLE numbers (id INTEGER PRIMARY KEY, title TEXT)",
                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12)"
                                + " INSERT INTO numbers SELECT i, 'N' || (100 + i) FROM n",
                        "INSERT INTO texts SELECT id + 100, 'T' || (100 + id) FROM numbers",
                        "CREATE VIEW threads AS SELECT id, title, 1 AS user_id, '2020-01-01' AS created_at FROM numbers"
                                + " UNION ALL SELECT id, title, 1, '2020-01-01' FROM texts");

        forum.done("migrate", FIVE);
        assertThat(moved()).hasSize(24);
        assertThat(forum.target().list("SELECT remaining FROM threads_migration.migration_progress"))
                .containsOnly("0");
    }

    @Test
    void keysThatDifferInTheirTypeAloneAreOfOneId() throws SQLException {
        forum.source()
                .execute(
                        "CREATE TABLE threads (id PRIMARY KEY, title TEXT, user_id INTEGER, created_at TEXT)",
                        "INSERT INTO threads VALUES (1, 'T1', 1, '2020-01-01'), ('1', 'T2', 1, '2020-01-01'),"
                                + " (3, 'T3', 1, '2020-01-01')");
        String before = all("threads");

        forum.done("migrate", "");
        assertThat(moved()).containsExactly("T3");
        assertThat(forum.target().list("SELECT code FROM threads_migration.rejected_record"))
                .containsExactly("id_repeated", "id_repeated");
        forum.done("rollback", "", "--yes");
        assertThat(all("threads")).isEqualTo(before);

        forum.source().execute("INSERT INTO threads VALUES (4.5, 'T4', 1, '2020-01-01')");
        CommandRun refused = forum.run("migrate", "");
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
        assertThat(refused.err()).contains("where: NOT (typeof(\"id\") IN ('blob', 'real'))");
    }

    @Test
    void numbersThatAreNoIntegersAsKeys() throws SQLException {
        forum.source()
                .execute(
                        "CREATE TABLE threads (id NUMERIC PRIMARY KEY, title TEXT, user_id INTEGER, created_at TEXT)",
                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) INSERT INTO threads"
                                + " SELECT 17446744073709551615.0 + i * 1e17, 'T' || (100 + i), 1, '2020-01-01' FROM n");
        forum.done("migrate", FIVE);
        assertThat(moved()).hasSize(12);
    }

    /** Values that look alike in the metadata, but are not spelt so in legacy, and one that its column was not meant for. */
    @Test
    void furtherColumnsThatNobodyChangedStayAsTheyAre() throws SQLException {
        String mapping = """
                  mapping:
                    threads:
                      fields:
                        createdAt: { column: created_at, type: epoch-seconds }
                        metadata: { json: custom, columns: [status, raw, score, level, seen], types: { seen: epoch-seconds } }
                """;
        forum.source()
                .execute(
                        "CREATE TABLE threads (id INTEGER PRIMARY KEY, title TEXT, user_id INTEGER, custom TEXT, created_at,"
                                + " status BLOB, raw TEXT, score REAL, level INTEGER, seen)",
                        "INSERT INTO threads VALUES (1, 'T1', 1, '{\"k\": 1}', 1700000000, 'open', NULL, NULL, NULL, NULL),"
                                + " (2, 'T2', 1, '{\"k\": 1}', 1700000000, NULL, X'0102', NULL, NULL, NULL),"
                                + " (3, 'T3', 1, '{\"k\": 1}', 1700000000, NULL, NULL, 9e999, NULL, NULL),"
                                + " (4, 'T4', 1, '{\"k\": 1}', 1700000000, NULL, NULL, NULL, 'high', NULL),"
                                + " (5, 'T5', 1, '{\"k\": 1}', 1700000000, NULL, NULL, NULL, NULL, 1700000005)");
        String columns =
                "SELECT concat_ws(' ', title, quote(status), quote(raw), quote(score), quote(level), quote(seen))"
                        + " FROM threads ORDER BY id";
        List<String> before = forum.source().list(columns);
        forum.done("migrate", mapping);
        forum.target().execute("UPDATE threads SET metadata = jsonb_set(metadata, '{k}', '2')");
        forum.target().execute("UPDATE threads SET created_at = created_at + interval '1 s' WHERE title = 'T5'");

        forum.done("sync", mapping);

        assertThat(forum.source().list(columns)).isEqualTo(before);
        assertThat(forum.source().list("SELECT DISTINCT custom FROM threads")).containsExactly("{\"k\":2}");
        assertThat(forum.source().list("SELECT quote(created_at) FROM threads WHERE id = 5"))
                .containsExactly("1700000001");
    }

    @Test
    void bytesThatAreNoTextAreRejectedRatherThanReplaced() throws SQLException {
        forum.source()
                .execute(
                        "CREATE TABLE threads (id TEXT PRIMARY KEY, title TEXT, user_id INTEGER, created_at TEXT)",
                        "INSERT INTO threads VALUES ('a', CAST(X'4DFC' AS TEXT), 1, '2020-01-01'),"
                                + " ('b', 'M' || char(65533), 1, '2020-01-01'), ('c', 'C', 1, '2020-01-01+05:00')");
        forum.done("migrate", "");

        assertThat(moved()).containsExactly("M\uFFFD");
        assertThat(forum.target().list("SELECT message FROM threads_migration.rejected_record ORDER BY legacy_id"))
                .containsExactly(
                        "title cannot be read: its bytes are no text of UTF-8",
                        "createdAt must be a date, but is '2020-01-01+05:00'");
    }

    /** In a log of writes, whoever has read what another has written since may not write any more. */
    @Test
    void whatAnotherProgramWritesAllTheTimeDoesNotHoldUpSync() throws Exception {
        String retry = "  retry-for: 20s\n";
        forum.source()
                .execute(
                        "PRAGMA journal_mode = WAL",
                        "CREATE TABLE noise (n INTEGER)",
                        "CREATE TABLE threads (id INTEGER PRIMARY KEY, title TEXT, user_id INTEGER, created_at TEXT)",
                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)"
                                + " INSERT INTO threads SELECT i, 'T' || i, 1, '2020-01-01' FROM n");
        forum.done("migrate", retry);
        forum.target().execute("UPDATE threads SET title = title || ' new'");
        AtomicBoolean done = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> writeUntil(done));
        try {
            forum.done("sync", retry);
        } finally {
            done.set(true);
            writer.join();
        }
        assertThat(forum.source().list("SELECT count(*) FROM threads WHERE title LIKE '% new'"))
                .containsExactly("2000");
    }

    private void writeUntil(AtomicBoolean done) {
        try (Connection connection = DriverManager.getConnection(forum.source().url() + "?busy_timeout=20000");
                Statement statement = connection.createStatement()) {
            while (!done.get()) {
                statement.execute("INSERT INTO noise VALUES (1)");
                Thread.sleep(20);
            }
        } catch (SQLException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As Django and Rails declare theirs: it is broken only when all is committed. */
    @Test
    void aWriteThatBreaksADeferredForeignKeyIsHeldAndNoOther() throws SQLException {
        RawSqlForum strict =
                forum.withSource(new RawSqlForum.Side(forum.source().url() + "?foreign_keys=on", "", ""));
        forum.source()
                .execute(
                        "CREATE TABLE tenants (id TEXT PRIMARY KEY)",
                        "INSERT INTO tenants VALUES ('one')",
                        "CREATE TABLE threads (id INTEGER PRIMARY KEY, title TEXT, user_id INTEGER, created_at TEXT,"
                                + " tenant_id TEXT REFERENCES tenants DEFERRABLE INITIALLY DEFERRED)",
                        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 7)"
                                + " INSERT INTO threads SELECT i, 'T' || i, 1, '2020-01-01', 'one' FROM n");
        strict.done("migrate", "");
        forum.target().execute("UPDATE threads SET title = title || ' new'");
        forum.target().execute("UPDATE threads SET tenant_id = 'two' WHERE title = 'T4 new'");

        CommandRun synced = strict.done("sync", "");

        assertThat(synced.out()).contains("1  held in the queue");
        assertThat(forum.target().list("SELECT held_because FROM threads_migration.queued_write"))
                .containsExactly("legacy cannot take it");
        assertThat(forum.source().list("SELECT title FROM threads WHERE title NOT LIKE '% new'"))
                .containsExactly("T4");
    }

    @Test
    void aFileThatCannotBeOpenedIsNamed() {
        RawSqlForum missing =
                forum.withSource(new RawSqlForum.Side("jdbc:sqlite:" + folder.resolve("other.db"), "", ""));
        CommandRun run = missing.run("migrate", "");
        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.err()).contains("unable to open database file").doesNotContain("Connection is not available");
    }
}
