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

/** Legacy databases that are legal and make it hard to read them, or to write back into them. */
class HardLegacyTests {

    private static final String USERS = """
            CREATE TABLE users (id integer PRIMARY KEY, name text NOT NULL, created_at timestamp NOT NULL);
            INSERT INTO users VALUES (1, 'Ada', '2020-01-01')""";

    @TempDir
    Path folder;

    private final String source = Shapes.database();
    private final String target = Shapes.database();

    private void run(int exitCode, String command, String jobFile, String... more) {
        CommandRun run = CommandRun.onJobFile(folder, command, jobFile, more);
        assertThat(run.exitCode()).as(run.all()).isEqualTo(exitCode);
    }

    private String jobFile(String... more) {
        return Shapes.jobFile("raw-sql", source, target, String.join("\n", more).indent(2));
    }

    @Test
    void aComputedKeyOfSqliteIsReadToItsEnd() throws SQLException {
        String sqlite = "jdbc:sqlite:" + folder.resolve("legacy.db");
        try (Connection connection = DriverManager.getConnection(sqlite);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, created_at TEXT)");
            statement.executeUpdate("INSERT INTO users VALUES (1, 'Ada', '2020-01-01')");
            statement.executeUpdate(
                    "CREATE TABLE kept (id INTEGER PRIMARY KEY, title TEXT, user_id INTEGER, created_at TEXT)");
            statement.executeUpdate("""
                    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 120)
                    INSERT INTO kept SELECT n, 'Thread ' || n, 1, '2020-01-01' FROM numbers""");
            statement.executeUpdate(
                    "CREATE VIEW threads AS SELECT id + 950 AS id, title, user_id, created_at FROM kept");
        }
        String jobFile = jobFile("chunk-size: 7").replace(source, sqlite);
        run(0, "migrate", jobFile, "--migration.partitions=2");

        assertThat(Shapes.ask(target, "SELECT count(*) || ' ' || count(DISTINCT title) FROM threads"))
                .isEqualTo("120 120");
        run(0, "validate", jobFile);
    }

    @Test
    void aRollbackWritesIntoNoRowThatWhereLeavesOut() throws SQLException {
        Shapes.execute(source, USERS, """
                CREATE TABLE threads (kind text, id integer, title text, user_id integer, created_at timestamp,
                    PRIMARY KEY (kind, id));
                INSERT INTO threads VALUES ('user', 1, 'Mine', 1, '2020-01-01'), ('bot', 1, 'Not mine', 1, '2020-01-01')""");
        String jobFile = jobFile("mapping: { threads: { key: id, where: \"kind = 'user'\" } }");
        run(0, "migrate", jobFile);
        Shapes.execute(target, "UPDATE threads SET title = 'Changed'");
        run(0, "rollback", jobFile, "--yes");

        assertThat(Shapes.ask(source, "SELECT string_agg(kind || ': ' || title, '; ' ORDER BY kind) FROM threads"))
                .isEqualTo("bot: Not mine; user: Changed");
    }

    /** One title is too long for legacy, one record's metadata is a list, and one change fits. */
    @Test
    void whatLegacyRefusesStaysInTheTargetAndTheRestGoesBack() throws SQLException {
        Shapes.execute(source, USERS, """
                CREATE TYPE "Colour" AS ENUM ('red', 'green');
                CREATE TABLE threads (id integer PRIMARY KEY, title varchar(20), user_id integer, tenant_id "Colour",
                    metadata jsonb, created_at timestamp);
                INSERT INTO threads SELECT n, 'T' || n, 1, 'red', '{}', '2020-01-01' FROM generate_series(1, 4) n""");
        String jobFile = jobFile("rollback: { on-conflict: keep-legacy }");
        run(0, "migrate", jobFile);
        Shapes.execute(target, """
                UPDATE threads SET title = repeat('x', 30) WHERE title = 'T1';
                UPDATE threads SET tenant_id = 'green' WHERE title = 'T2';
                UPDATE threads SET metadata = '[]' WHERE title = 'T3'""");
        run(0, "rollback", jobFile, "--yes");

        assertThat(Shapes.ask(source, "SELECT string_agg(title || ' ' || tenant_id, '; ' ORDER BY id) FROM threads"))
                .isEqualTo("T1 red; T2 green; T3 red; T4 red");
        assertThat(Shapes.ask(target, "SELECT string_agg(title, '; ') FROM threads"))
                .isEqualTo("x".repeat(30));
    }

    @Test
    void metadataAsDeepAsItMayBeGoesThereAndBack() throws SQLException {
        String deep = "{\"a\":".repeat(600) + "1" + "}".repeat(600);
        Shapes.execute(source, USERS, """
                CREATE TABLE threads (id integer PRIMARY KEY, title text, user_id integer, metadata text,
                    created_at timestamp);
                INSERT INTO threads VALUES (1, 'Deep', 1, '{"oldId":1,"deep":%s}', '2020-01-01')""".formatted(deep));
        run(0, "migrate", jobFile());
        Shapes.execute(target, "UPDATE threads SET metadata = metadata || '{\"new\": 1}'");
        run(0, "rollback", jobFile(), "--yes");

        assertThat(Shapes.ask(
                        source,
                        "SELECT (metadata::jsonb - 'new' = '{\"oldId\":1,\"deep\":%s}') || ' ' || (metadata::jsonb ->> 'new') FROM threads"
                                .formatted(deep)))
                .isEqualTo("true 1");
    }

    @Test
    void aForeignKeyToAnotherColumnKeepsItsRecord() throws SQLException {
        Shapes.execute(source, USERS, "INSERT INTO users VALUES (2, 'Bob', '2020-01-01')");
        run(0, "migrate", jobFile());
        Shapes.execute(target, """
                ALTER TABLE users ADD UNIQUE (name);
                CREATE TABLE logins (name text REFERENCES users (name));
                INSERT INTO logins VALUES ('Bob')""");
        run(0, "rollback", jobFile(), "--yes");

        assertThat(Shapes.ask(target, "SELECT string_agg(name, '; ') FROM users"))
                .isEqualTo("Bob");
    }

    @Test
    void aReferenceWithoutAForeignKeyKeepsItsRecord() throws SQLException {
        Shapes.execute(source, USERS, "INSERT INTO users VALUES (2, 'Bob', '2020-01-01')", """
                CREATE TABLE threads (id integer PRIMARY KEY, title text, user_id integer, created_at timestamp)""");
        run(0, "migrate", jobFile());
        Shapes.execute(target, """
                ALTER TABLE threads DROP CONSTRAINT IF EXISTS threads_user_id_fkey;
                INSERT INTO threads SELECT gen_random_uuid(), 'New', id, NULL, NULL, NULL, now(), now()
                FROM users WHERE name = 'Bob'""");
        assertThat(Shapes.ask(
                        target,
                        "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND conrelid = 'threads'::regclass"))
                .isEqualTo("0");
        run(0, "rollback", jobFile(), "--yes");

        assertThat(Shapes.ask(target, "SELECT string_agg(name, '; ') FROM users"))
                .isEqualTo("Bob");
    }

    @Test
    void aRollbackIsUndoneThoughTheTargetsColumnsAreOthersNow() throws SQLException {
        Shapes.execute(source, USERS);
        run(0, "migrate", jobFile());
        Shapes.execute(target, "ALTER TABLE users ADD serial bigint GENERATED ALWAYS AS IDENTITY");
        run(0, "rollback", jobFile(), "--yes");
        Shapes.execute(target, "ALTER TABLE users ADD since_then text DEFAULT 'new'");
        run(0, "rollback", jobFile(), "--undo", "--yes");
        assertThat(Shapes.ask(target, "SELECT concat_ws(' ', name, serial, since_then) FROM users"))
                .isEqualTo("Ada 1 new");

        run(0, "rollback", jobFile(), "--yes");
        run(0, "rollback", jobFile(), "--undo", "--yes");
        assertThat(Shapes.ask(target, "SELECT concat_ws(' ', name, serial, since_then) FROM users"))
                .isEqualTo("Ada 1 new");
    }

    /** Also where legacy makes its keys itself. */
    @Test
    void aDeletedRowComesBackUnderItsKey() throws SQLException {
        Shapes.execute(source, """
                CREATE TABLE users (id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text, created_at timestamp);
                INSERT INTO users (name, created_at) VALUES ('Ada', '2020-01-01'), ('Bob', '2020-01-01')""");
        run(0, "migrate", jobFile());
        Shapes.execute(source, "DELETE FROM users WHERE name = 'Bob'");
        run(0, "rollback", jobFile(), "--yes");

        assertThat(Shapes.ask(source, "SELECT string_agg(id || ' ' || name, '; ' ORDER BY id) FROM users"))
                .isEqualTo("1 Ada; 2 Bob");
    }

    /** The other one's marker is absent, and ours is empty. */
    @Test
    void anEmptyOldIdIsNotThatOfAnUnmarkedRecord() throws SQLException {
        String id = "6fa459ea-ee8a-4ca4-894e-db77e160355e";
        Shapes.execute(source, USERS, """
                CREATE TABLE threads (id uuid PRIMARY KEY, ref text, title text, user_id integer, created_at timestamp);
                INSERT INTO threads VALUES ('%s', '', 'Ours', 1, '2020-01-01')""".formatted(id));
        String jobFile = jobFile("mapping: { threads: { fields: { oldId: { column: ref } } } }");
        run(0, "migrate", jobFile, "--migration.entities=users");
        Shapes.execute(target, """
                CREATE TABLE threads (id uuid PRIMARY KEY, title varchar(255), user_id uuid NOT NULL,
                    organization_id uuid, tenant_id varchar(255), metadata jsonb, created_at timestamp NOT NULL,
                    updated_at timestamp NOT NULL);
                INSERT INTO threads SELECT '%s', 'Theirs', id, NULL, NULL, NULL, now(), now() FROM users""".formatted(id));
        run(0, "migrate", jobFile);

        assertThat(Shapes.ask(target, "SELECT code FROM threads_migration.rejected_record"))
                .isEqualTo("id_taken");
    }
}
