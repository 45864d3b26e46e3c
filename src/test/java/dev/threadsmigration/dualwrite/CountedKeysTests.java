package dev.threadsmigration.dualwrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.support.CommandRun;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the application makes, where legacy counts its keys itself: a record keeps its id under the key that legacy gives it, in
 * both directions, in later runs, and after a rollback.
 */
class CountedKeysTests {

    private static final String BOB = "00000000-0000-4000-8000-000000000002";
    private static final String MADE = "00000000-0000-4000-8000-000000000901";
    private static final String OF_BOB = "00000000-0000-4000-8000-000000000902";

    private static final String FOLLOWING = "--migration.on-changed=update";

    private static final String THREAD = """
            INSERT INTO threads (title, user_id, metadata, created_at, updated_at)
            VALUES ('%s', %d, '{"a": 1}', '%s', '%s')""";

    @TempDir
    Path folder;

    private RawSqlForum forum;

    private static String thread(String title, int user, String time) {
        return THREAD.formatted(title, user, time, time);
    }

    private List<String> threads() throws SQLException {
        return forum.source().list("SELECT title FROM threads ORDER BY id");
    }

    private void writesAreCarried(String more, String... tables) throws SQLException {
        forum.source().execute(tables);
        forum.source()
                .execute(
                        "INSERT INTO users (name, created_at, updated_at) VALUES ('Ada', '2020-01-01 00:00:00', '2020-01-01 00:00:00')",
                        thread("First", 1, "2020-01-02 00:00:00"));
        forum.done("migrate", more);

        forum.target().execute("""
                INSERT INTO users (id, name, created_at, updated_at) VALUES ('%1$s', 'Bob', '2026-03-01', '2026-03-01');
                INSERT INTO threads (id, title, user_id, metadata, created_at, updated_at)
                VALUES ('%2$s', 'Of Bob', '%1$s', '{"a": [1, 2.50]}', '2026-03-02 03:04:05.678901', '2026-03-02')""".formatted(BOB, OF_BOB), """
                INSERT INTO threads (id, title, user_id, metadata, created_at, updated_at)
                SELECT '%s', 'Of Ada', id, '{"migrated": true}', '2026-03-03', '2026-03-03' FROM users
                WHERE name = 'Ada'""".formatted(MADE));
        CommandRun foreseen = forum.done("sync", more, "--dry-run");
        assertThat(foreseen.out()).contains("3 records").doesNotContain("held");
        assertThat(threads()).containsExactly("First");
        forum.done("sync", more);

        assertThat(threads()).containsExactly("First", "Of Bob", "Of Ada");
        assertThat(forum.source().list("SELECT user_id FROM threads ORDER BY title"))
                .containsExactly("1", "1", "2");
        assertThat(forum.source().list("SELECT name FROM users ORDER BY id")).containsExactly("Ada", "Bob");
        forum.done("validate", more);

        // Legacy goes on: it refers to Bob by the key that it counted, and changes what the application made.
        forum.source()
                .execute(
                        thread("Of Bob, later", 2, "2026-04-01 00:00:00"),
                        "UPDATE threads SET title = 'Changed' WHERE title = 'Of Bob'");
        forum.done("migrate", more, FOLLOWING);
        assertThat(forum.target().list("SELECT title || ' ' || user_id FROM threads WHERE title LIKE '%Bob%'"))
                .containsExactly("Of Bob, later " + BOB);
        assertThat(forum.target().list("SELECT title FROM threads WHERE id = '" + OF_BOB + "'"))
                .containsExactly("Changed");
        isTheSameOnBothSides(more, 4);
    }

    private void isTheSameOnBothSides(String more, int threads) throws SQLException {
        assertThat(forum.target().list("SELECT title FROM threads ORDER BY title COLLATE \"C\""))
                .isEqualTo(forum.source().list("SELECT title FROM threads").stream()
                        .sorted()
                        .toList())
                .hasSize(threads);
        assertThat(forum.target().list("SELECT name FROM users ORDER BY name")).containsExactly("Ada", "Bob");
        forum.done("validate", more);
    }

    /** The rows of the application's records are in legacy, whose next migration must not take them for new ones. */
    private void aRollbackAndTheNextMigrationMakeNothingTwice(String more) throws SQLException {
        forum.done("rollback", more, "--yes");
        assertThat(forum.target().list("SELECT id FROM threads ORDER BY id")).containsExactly(MADE, OF_BOB);
        // As a sync leaves it that was killed when legacy had committed, and that nobody has taken up.
        forum.target()
                .execute(
                        "DELETE FROM threads_migration.adopted_id WHERE entity = 'users'",
                        "UPDATE threads_migration.carried_write SET action = 'writing' WHERE new_id = '" + BOB + "'");
        forum.done("rollback", more, "--purge", "--yes");
        forum.done("migrate", more);
        isTheSameOnBothSides(more, 4);
        assertThat(forum.target().list("SELECT user_id FROM threads WHERE title = 'Of Bob, later'"))
                .containsExactly(BOB);
    }

    private void whatTheApplicationDeletesIsDeletedUnderItsKey(String more) throws SQLException {
        forum.target().execute("DELETE FROM threads WHERE id = '" + MADE + "'");
        forum.done("sync", more);
        assertThat(threads()).containsExactly("First", "Changed", "Of Bob, later");
        assertThat(forum.target()
                        .list("SELECT entity || ' ' || legacy_id FROM threads_migration.adopted_id ORDER BY 1"))
                .containsExactly("threads 2", "users 2");
    }

    private void aStoreKnowsWhoseKeyItIs() throws SQLException {
        forum.source().execute(thread("Asked for", 2, "2026-05-01 00:00:00"));
        String key = forum.source()
                .list("SELECT id FROM threads WHERE title = 'Asked for'")
                .get(0);
        try (DualWriteThreadStore store = DualWriteThreadStore.open(folder.resolve("job.yml"))) {
            assertThat(store.findByLegacyId(Entity.THREADS, key))
                    .hasValueSatisfying(
                            found -> assertThat(found.get(Field.USER_ID)).hasToString(BOB));
        }
        assertThat(forum.target().list("SELECT user_id FROM threads WHERE title = 'Asked for'"))
                .containsExactly(BOB);
    }

    @Test
    void postgresSerialAndIdentity() throws SQLException {
        forum = RawSqlForum.onPostgres(folder);
        writesAreCarried(
                "",
                "CREATE TABLE users (id serial PRIMARY KEY, name text, created_at timestamp, updated_at timestamp)",
                """
                CREATE TABLE threads (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, title text,
                    user_id int REFERENCES users, metadata jsonb, created_at timestamp, updated_at timestamp)""");
        aRollbackAndTheNextMigrationMakeNothingTwice("");
        whatTheApplicationDeletesIsDeletedUnderItsKey("");
        aStoreKnowsWhoseKeyItIs();
    }

    @Test
    void mariaDbAutoIncrement() throws SQLException {
        forum = RawSqlForum.onMariaDb(folder);
        writesAreCarried("", """
                CREATE TABLE users (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, name varchar(100), created_at datetime,
                    updated_at datetime)""", """
                CREATE TABLE threads (id bigint AUTO_INCREMENT PRIMARY KEY, title varchar(200), user_id bigint unsigned,
                    metadata json, created_at datetime, updated_at datetime, FOREIGN KEY (user_id) REFERENCES users (id))""");
        whatTheApplicationDeletesIsDeletedUnderItsKey("");
    }

    @Test
    void sqliteRowIds() throws SQLException {
        forum = RawSqlForum.onSqlite(folder);
        writesAreCarried(
                "", "CREATE TABLE users (id integer PRIMARY KEY, name text, created_at text, updated_at text)", """
                CREATE TABLE threads (id integer PRIMARY KEY, title text, user_id integer, metadata text, created_at text,
                    updated_at text)""");
        // SQLite gives the key of a last row once more, and the record that had it is still known by it.
        forum.target().execute("""
                INSERT INTO threads (id, title, user_id, created_at, updated_at)
                VALUES ('00000000-0000-4000-8000-000000000904', 'Again', '%s', '2026-05-01', '2026-05-01')""".formatted(BOB));
        forum.source().execute("DELETE FROM threads WHERE id = 4");
        CommandRun held = forum.done("sync", "");
        assertThat(held.out()).contains("1  held in the queue: legacy cannot take it");
        assertThat(threads()).containsExactly("First", "Changed", "Of Ada");
        // Once that is forgotten, it may have the key, also one that a record of the application had before.
        forum.source().execute("DELETE FROM threads WHERE id = 3");
        forum.target().execute("DELETE FROM threads WHERE title = 'Of Bob, later'");
        forum.done("rollback", "", "--purge", "--yes");
        forum.done("migrate", "");
        forum.target().execute("UPDATE threads SET title = 'Once more' WHERE title = 'Again'");
        forum.done("sync", "");
        assertThat(threads()).containsExactly("First", "Changed", "Once more");
        assertThat(forum.target()
                        .list("SELECT legacy_id FROM threads_migration.adopted_id WHERE new_id::text LIKE '%904'"))
                .containsExactly("3");
    }

    @Test
    void h2Identity() throws SQLException {
        forum = RawSqlForum.onH2(folder);
        writesAreCarried("", """
                CREATE TABLE users (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name varchar, created_at timestamp,
                    updated_at timestamp)""", """
                CREATE TABLE threads (id bigint GENERATED BY DEFAULT AS IDENTITY (START WITH 9000000000000000001) PRIMARY KEY,
                    title varchar, user_id int, metadata varchar, created_at timestamp, updated_at timestamp)""");
    }

    /** A view whose rule says nothing of what it has inserted. */
    @Test
    void aViewThatDoesNotTellTheKeyHoldsUpNobodyElse() throws SQLException {
        forum = RawSqlForum.onPostgres(folder);
        forum.source()
                .execute(
                        "CREATE TABLE users (id serial PRIMARY KEY, name text, created_at timestamp, updated_at timestamp)",
                        "CREATE TABLE kept (id serial PRIMARY KEY, title text, user_id int, created_at timestamp, updated_at timestamp)",
                        "CREATE VIEW threads AS SELECT * FROM kept",
                        """
                        CREATE RULE keeping AS ON INSERT TO threads DO INSTEAD INSERT INTO kept (title, user_id, created_at, updated_at)
                        VALUES (NEW.title, NEW.user_id, NEW.created_at, NEW.updated_at)""",
                        "INSERT INTO users VALUES (7, 'Ada', '2020-01-01', '2020-01-01')",
                        "INSERT INTO kept VALUES (7, 'First', 7, '2020-01-02', '2020-01-02')");
        forum.done("migrate", "");
        forum.target().execute("""
                UPDATE threads SET title = 'Renamed';
                INSERT INTO users (id, name, created_at, updated_at) VALUES ('%1$s', 'Bob', '2026-03-01', '2026-03-01');
                INSERT INTO threads (id, title, user_id, created_at, updated_at)
                VALUES ('%2$s', 'One', '%1$s', '2026-03-03', '2026-03-03'), ('%3$s', 'Two', '%1$s', '2026-03-03', '2026-03-03')""".formatted(BOB, MADE, OF_BOB));
        assertThat(forum.done("sync", "").out())
                .contains(
                        "1 record inserted",
                        "1 updated",
                        "2  held in the queue: legacy's view does not give back the key that is counted");
        assertThat(threads()).containsExactly("Renamed");
        assertThat(forum.run("preflight", "").out())
                .contains("the rule of the view \"public\".\"threads\" does not give back the key");

        forum.source().execute("""
                CREATE OR REPLACE RULE keeping AS ON INSERT TO threads DO INSTEAD
                INSERT INTO kept (title, user_id, created_at, updated_at)
                VALUES (NEW.title, NEW.user_id, NEW.created_at, NEW.updated_at) RETURNING *""");
        forum.done("sync", "");
        assertThat(threads()).containsExactlyInAnyOrder("Renamed", "One", "Two");
        forum.done("validate", "");
    }

    /** A sync was killed when legacy had committed; the rows that it made are no new records. */
    @Test
    void aDryRunKnowsWhoseRowsAKilledSyncHasMade() throws SQLException {
        forum = RawSqlForum.onH2(folder);
        forum.source().execute("""
                CREATE TABLE users (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, name varchar, created_at timestamp,
                    updated_at timestamp)""", """
                CREATE TABLE threads (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, title varchar, user_id int,
                    metadata varchar, created_at timestamp, updated_at timestamp)""");
        forum.done("migrate", "");
        forum.target().execute("INSERT INTO users VALUES ('" + BOB + "', 'Bob', '2026-03-01', '2026-03-01')");
        forum.done("sync", "");
        forum.target()
                .execute(
                        "DELETE FROM threads_migration.migration_mapping",
                        "DELETE FROM threads_migration.adopted_id",
                        "UPDATE threads_migration.carried_write SET action = 'writing'");
        assertThat(forum.done("migrate", "", "--dry-run").out()).containsPattern("users +1 +0 +1 +0 +0");
        assertThat(forum.target().list("SELECT action FROM threads_migration.carried_write"))
                .containsExactly("writing");
    }

    /** A number that nobody counts: legacy says so, and what is known is carried all the same. */
    @Test
    void keysThatNobodyCountsAreHeld() throws SQLException {
        forum = RawSqlForum.onPostgres(folder);
        forum.source()
                .execute(
                        "CREATE TABLE users (id int PRIMARY KEY, name text, created_at timestamp, updated_at timestamp)",
                        "CREATE TABLE threads (id int PRIMARY KEY, title text, user_id text, created_at timestamp, updated_at timestamp)",
                        "INSERT INTO users VALUES (1, 'Ada', '2020-01-01', '2020-01-01')",
                        "INSERT INTO threads VALUES (1, 'First', 1, '2020-01-02', '2020-01-02')");
        forum.done("migrate", "");
        forum.target().execute("""
                UPDATE threads SET title = 'Renamed';
                INSERT INTO threads (id, title, user_id, created_at, updated_at)
                SELECT '%s', 'Of Ada', id, '2026-03-03', '2026-03-03' FROM users""".formatted(MADE));
        assertThat(forum.done("sync", "").out()).contains("1  held in the queue: legacy cannot take it", "1 updated");
        assertThat(threads()).containsExactly("Renamed");
        assertThat(forum.target().list("SELECT detail FROM threads_migration.queued_write"))
                .singleElement()
                .asString()
                .contains("legacy refuses it", "null value in column \"id\"");

        // Who still refers to a key that is to go is asked for, although a text is no number to this server.
        forum.target().execute("DELETE FROM users");
        forum.done("sync", "");
        assertThat(forum.source().list("SELECT id FROM threads UNION ALL SELECT id FROM users"))
                .isEmpty();
    }
}
