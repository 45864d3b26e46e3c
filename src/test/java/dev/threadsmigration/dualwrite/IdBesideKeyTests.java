package dev.threadsmigration.dualwrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the application makes, where legacy counts its keys itself and has the records' ids in another column. */
class IdBesideKeyTests {

    private static final String ADA = "00000000-0000-4000-8000-000000000001";
    private static final String FIRST = "00000000-0000-4000-8000-000000000101";
    private static final String BOB = "00000000-0000-4000-8000-000000000902";
    private static final String MADE = "00000000-0000-4000-8000-000000000901";
    private static final String OTHER = "00000000-0000-4000-8000-000000000903";

    private static final String IDS = """
              mapping:
                users: { key: id, fields: { id: { column: public_id } } }
                threads: { key: id, fields: { id: { column: public_id } } }
            """;

    private static final String THREAD = """
            INSERT INTO threads (public_id, title, user_id, created_at, updated_at)
            VALUES ('%s', '%s', '%s', '2020-01-02 00:00:00', '2020-01-02 00:00:00')""";

    private static final String[] POSTGRES = {"""
        CREATE TABLE users (id serial PRIMARY KEY, public_id uuid NOT NULL UNIQUE, name text, created_at timestamp,
            updated_at timestamp)""", """
        CREATE TABLE threads (id bigserial PRIMARY KEY, public_id uuid NOT NULL UNIQUE, title text,
            user_id uuid REFERENCES users (public_id), metadata jsonb, created_at timestamp, updated_at timestamp)"""};

    @TempDir
    Path folder;

    private RawSqlForum forum;

    private List<String> threads() throws SQLException {
        return forum.source().list("SELECT title FROM threads ORDER BY id");
    }

    private void migrated(String... tables) throws SQLException {
        forum.source().execute(tables);
        forum.source()
                .execute(
                        "INSERT INTO users (public_id, name, created_at, updated_at) VALUES ('" + ADA
                                + "', 'Ada', '2020-01-01 00:00:00', '2020-01-01 00:00:00')",
                        THREAD.formatted(FIRST, "First", ADA));
        forum.done("migrate", IDS);
    }

    private void make(String id, String title, String user) throws SQLException {
        forum.target().execute("""
                INSERT INTO threads (id, title, user_id, metadata, created_at, updated_at)
                VALUES ('%s', '%s', '%s', '{"a": [1, 2.50]}', '2026-03-02 03:04:05', '2026-03-02 03:04:05')""".formatted(id, title, user));
    }

    private void writesAreCarried() throws SQLException {
        writesAreCarriedAs("First", "Of Bob");
    }

    private void writesAreCarriedAs(String... titles) throws SQLException {
        forum.target().execute("""
                INSERT INTO users (id, name, created_at, updated_at) VALUES ('%s', 'Bob', '2026-03-01', '2026-03-01')""".formatted(BOB));
        make(MADE, "Of Bob", BOB);
        assertThat(forum.done("sync", IDS, "--dry-run").out())
                .contains("2 records")
                .doesNotContain("held");
        assertThat(forum.done("sync", IDS).out()).contains("2 records inserted").doesNotContain("held");
        assertThat(threads()).containsExactly(titles);
        forum.done("validate", IDS);
    }

    /** Legacy goes on, and the application does: what was made is the same record in both from then on. */
    private void laterChangesAreCarriedBothWays() throws SQLException {
        forum.source()
                .execute(
                        "UPDATE threads SET title = 'By legacy' WHERE title = 'Of Bob'",
                        THREAD.formatted(OTHER, "Later", BOB));
        forum.done("migrate", IDS, "--migration.on-changed=update");
        assertThat(forum.target().list("SELECT id || ' ' || title || ' ' || user_id FROM threads ORDER BY id"))
                .containsExactly(FIRST + " First " + ADA, MADE + " By legacy " + BOB, OTHER + " Later " + BOB);
        forum.target().execute("UPDATE threads SET title = 'By the application' WHERE id = '" + MADE + "'");
        forum.done("sync", IDS);
        assertThat(threads()).containsExactly("First", "By the application", "Later");
        forum.done("validate", IDS);
        assertThat(forum.target().list("SELECT new_id FROM threads_migration.adopted_id"))
                .isEmpty();
    }

    private void aRollbackAndTheNextMigrationMakeNothingTwice() throws SQLException {
        forum.done("rollback", IDS, "--yes");
        assertThat(forum.target().list("SELECT id FROM threads")).containsExactly(MADE);
        forum.done("rollback", IDS, "--purge", "--yes");
        assertThat(forum.done("migrate", IDS).out()).containsPattern("threads +3 +2 +1 +0 +0");
        assertThat(threads()).containsExactly("First", "By the application", "Later");
        forum.done("validate", IDS);
    }

    private void aRowThatLegacyDeletedIsInsertedAgainUnderItsKeyAndId() throws SQLException {
        List<String> before = keysAndIds();
        forum.source().execute("DELETE FROM threads WHERE title IN ('First', 'By the application')");
        forum.target()
                .execute(
                        "UPDATE threads SET title = title || ', again' WHERE title IN ('First', 'By the application')");
        forum.done("sync", IDS, "--migration.dual-write.on-conflict=take-target");
        assertThat(keysAndIds()).isEqualTo(before);
        assertThat(threads()).containsExactly("First, again", "By the application, again", "Later");
    }

    private List<String> keysAndIds() throws SQLException {
        return forum.source().list("SELECT concat(id, ' ', public_id) FROM threads ORDER BY id");
    }

    private void whatTheApplicationDeletesIsDeleted() throws SQLException {
        forum.target().execute("DELETE FROM threads WHERE id = '" + MADE + "'");
        forum.done("sync", IDS);
        assertThat(threads()).containsExactly("First, again", "Later");
        forum.done("validate", IDS);
    }

    private void aRollbackInsertsWhatLegacyDeletedUnderItsKeyAndId() throws SQLException {
        List<String> before = keysAndIds();
        forum.source().execute("DELETE FROM threads WHERE title = 'First, again'");
        forum.target().execute("UPDATE threads SET title = 'Back' WHERE title = 'First, again'");
        forum.done("sync", IDS);
        forum.done("rollback", IDS, "--yes", "--migration.rollback.on-conflict=take-target");
        assertThat(keysAndIds()).isEqualTo(before);
        assertThat(threads()).containsExactly("Back", "Later");
    }

    @Test
    void h2IdentityAndUuid() throws SQLException {
        forum = RawSqlForum.onH2(folder);
        migrated("""
                CREATE TABLE users (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, public_id uuid NOT NULL UNIQUE, name varchar,
                    created_at timestamp, updated_at timestamp)""", """
                CREATE TABLE threads (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, public_id uuid NOT NULL UNIQUE,
                    title varchar, user_id uuid REFERENCES users (public_id), metadata varchar, created_at timestamp,
                    updated_at timestamp)""");
        writesAreCarried();
        assertThat(forum.source().list("SELECT public_id || ' ' || user_id FROM threads ORDER BY id"))
                .containsExactly(FIRST + " " + ADA, MADE + " " + BOB);
    }

    @Test
    void postgresSerialAndUuid() throws SQLException {
        forum = RawSqlForum.onPostgres(folder);
        migrated(POSTGRES);
        writesAreCarried();
        laterChangesAreCarriedBothWays();
        aRollbackAndTheNextMigrationMakeNothingTwice();
        aRowThatLegacyDeletedIsInsertedAgainUnderItsKeyAndId();
        whatTheApplicationDeletesIsDeleted();
        aRollbackInsertsWhatLegacyDeletedUnderItsKeyAndId();
    }

    /** Ids that are texts, some of them numbers like the keys: no key is taken for the id of another row. */
    @Test
    void sqliteRowIdsAndTexts() throws SQLException {
        forum = RawSqlForum.onSqlite(folder);
        migrated(
                """
                CREATE TABLE users (id integer PRIMARY KEY, public_id text NOT NULL UNIQUE, name text, created_at text,
                    updated_at text)""",
                """
                CREATE TABLE threads (id integer PRIMARY KEY, public_id text NOT NULL UNIQUE, title text, user_id text,
                    metadata text, created_at text, updated_at text)""",
                "INSERT INTO users VALUES (7, '3', 'Three', '2020-01-01 00:00:00', '2020-01-01 00:00:00')",
                THREAD.formatted("2", "Two", "3"));
        writesAreCarriedAs("Two", "First", "Of Bob");
        assertThat(forum.source().list("SELECT public_id || ' ' || user_id FROM threads ORDER BY id"))
                .containsExactly("2 3", FIRST + " " + ADA, MADE + " " + BOB);

        // The key that legacy counted for Bob is another user's id.
        forum.source()
                .execute(
                        THREAD.formatted("3", "Later", "9"),
                        "INSERT INTO users VALUES (20, '9', 'Nine', '2020-01-01 00:00:00', '2020-01-01 00:00:00')");
        forum.done("migrate", IDS);
        assertThat(
                        forum.target()
                                .list(
                                        "SELECT t.title || ' ' || u.name FROM threads t JOIN users u ON u.id = t.user_id ORDER BY 1"))
                .containsExactly("First Ada", "Later Nine", "Of Bob Bob", "Two Three");
        forum.done("validate", IDS);
    }

    @Test
    void mariaDbAutoIncrementAndBytes() throws SQLException {
        forum = RawSqlForum.onMariaDb(folder);
        forum.source()
                .execute(
                        """
                CREATE TABLE users (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, public_id binary(16) NOT NULL UNIQUE,
                    name varchar(100), created_at datetime, updated_at datetime)""",
                        """
                CREATE TABLE threads (id bigint unsigned AUTO_INCREMENT PRIMARY KEY, public_id binary(16) NOT NULL UNIQUE,
                    title varchar(200), user_id binary(16), metadata json, created_at datetime, updated_at datetime,
                    FOREIGN KEY (user_id) REFERENCES users (public_id))""",
                        "INSERT INTO users VALUES (1, x'" + ADA.replace("-", "")
                                + "', 'Ada', '2020-01-01', '2020-01-01')",
                        "INSERT INTO threads VALUES (1, x'" + FIRST.replace("-", "") + "', 'First', x'"
                                + ADA.replace("-", "") + "', '{}', '2020-01-01', '2020-01-01')");
        forum.done("migrate", IDS);
        writesAreCarried();
        aStoreFindsARowByItsId();
        assertThat(forum.source().list("SELECT concat(hex(public_id), ' ', hex(user_id)) FROM threads ORDER BY id"))
                .startsWith((FIRST + " " + ADA).replace("-", ""), (MADE + " " + BOB).replace("-", ""));
    }

    private void aStoreFindsARowByItsId() throws SQLException {
        forum.source().execute("""
                INSERT INTO threads (public_id, title, user_id, created_at, updated_at)
                SELECT x'%s', 'Asked for', public_id, '2026-01-01', '2026-01-01' FROM users WHERE name = 'Bob'""".formatted(OTHER.replace("-", "")));
        try (DualWriteThreadStore store = DualWriteThreadStore.open(folder.resolve("job.yml"))) {
            assertThat(store.find(Entity.THREADS, UUID.fromString(OTHER)))
                    .hasValueSatisfying(
                            found -> assertThat(found.get(Field.USER_ID)).hasToString(BOB));
            assertThat(store.find(Entity.THREADS, UUID.fromString(ADA))).isEmpty();
        }
        assertThat(forum.target().list("SELECT title FROM threads WHERE id = '" + OTHER + "'"))
                .containsExactly("Asked for");
    }

    /** What legacy has already, what it changes as it is inserted, and what it has no room for. */
    @Test
    void whatLegacyCannotTakeIsHeld() throws SQLException {
        forum = RawSqlForum.onPostgres(folder);
        migrated(POSTGRES);
        forum.source()
                .execute(
                        "ALTER TABLE threads DROP CONSTRAINT threads_public_id_key",
                        THREAD.formatted(MADE, "Of legacy", ADA),
                        THREAD.formatted(OTHER, "Twice", ADA),
                        THREAD.formatted(OTHER, "Twice", ADA));
        make(MADE, "Made", ADA);
        make(OTHER, "Other", ADA);
        assertThat(forum.done("sync", IDS).out())
                .contains("2  held in the queue: legacy has another record under its id");
        assertThat(threads()).containsExactly("First", "Of legacy", "Twice", "Twice");

        forum.source().execute("DELETE FROM threads WHERE title <> 'First'", """
                CREATE FUNCTION renumber() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN IF NEW.title = 'Made' THEN NEW.public_id = gen_random_uuid(); END IF; RETURN NEW; END $$;
                CREATE TRIGGER renumbering BEFORE INSERT ON threads FOR EACH ROW EXECUTE FUNCTION renumber()""");
        assertThat(forum.done("sync", IDS).out())
                .contains("1 record inserted", "1  held in the queue: legacy cannot take it");
        assertThat(threads()).containsExactly("First", "Other");
        assertThat(forum.target().list("SELECT detail FROM threads_migration.queued_write"))
                .allMatch(detail -> detail.startsWith("legacy does not hold what was written"));
    }

    @Test
    void anIdThatItsColumnCannotHoldIsHeld() throws SQLException {
        forum = RawSqlForum.onPostgres(folder);
        forum.source()
                .execute(
                        "CREATE TABLE users (id serial PRIMARY KEY, public_id int UNIQUE, name text, created_at timestamp, updated_at timestamp)",
                        "CREATE TABLE threads (id text PRIMARY KEY, public_id uuid, title text, user_id int, created_at timestamp, updated_at timestamp)",
                        "INSERT INTO users VALUES (1, 7, 'Ada', '2020-01-01', '2020-01-01')",
                        "INSERT INTO threads VALUES ('a', '" + FIRST + "', 'First', 7, '2020-01-01', '2020-01-01')");
        forum.done("migrate", IDS);
        forum.target().execute("""
                INSERT INTO threads (id, title, user_id, created_at, updated_at)
                SELECT '%s', 'Made', id, '2026-03-03', '2026-03-03' FROM users;
                INSERT INTO users (id, name, created_at, updated_at) VALUES ('%s', 'Bob', '2026-03-01', '2026-03-01');
                UPDATE threads SET title = 'Renamed' WHERE title = 'First'""".formatted(MADE, BOB));
        assertThat(forum.done("sync", IDS).out())
                .contains(
                        "1 updated",
                        "1  held in the queue: legacy's column of ids cannot hold its id",
                        "1  held in the queue: legacy's key is no number that it may count itself");
    }

    /** As a sync leaves it that was killed before it could note what legacy had committed, or after legacy had not. */
    @Test
    void whatAKilledSyncAnnouncedIsKnownByItsId() throws SQLException {
        forum = RawSqlForum.onPostgres(folder);
        migrated(POSTGRES);
        make(MADE, "Made", ADA);
        make(OTHER, "Other", ADA);
        forum.done("sync", IDS);
        forum.target()
                .execute(
                        "DELETE FROM threads_migration.migration_mapping WHERE outcome = 'duplicate'",
                        "UPDATE threads_migration.carried_write SET action = 'writing'");
        forum.source()
                .execute(
                        // Somebody has changed the one; of the other nothing came, and its key is another row's.
                        "UPDATE threads SET title = 'Changed', created_at = NULL WHERE public_id = '" + MADE + "'",
                        "UPDATE threads SET title = 'Of legacy', public_id = '" + BOB + "' WHERE public_id = '" + OTHER
                                + "'");
        forum.done("migrate", IDS, "--migration.validation.enabled=false");
        assertThat(
                        forum.target()
                                .list(
                                        "SELECT concat(legacy_id, ' ', new_id, ' ', outcome) FROM threads_migration.migration_mapping WHERE entity = 'threads' ORDER BY legacy_id"))
                .containsExactly("1 " + FIRST + " migrated", "2 " + MADE + " duplicate", "3 " + BOB + " migrated");

        make("00000000-0000-4000-8000-000000000904", "Next", ADA);
        forum.target().execute("UPDATE threads SET title = 'Other' WHERE id = '" + OTHER + "'");
        forum.done("sync", IDS);
        assertThat(threads()).containsExactlyInAnyOrder("First", "Changed", "Of legacy", "Other", "Next");
    }
}
