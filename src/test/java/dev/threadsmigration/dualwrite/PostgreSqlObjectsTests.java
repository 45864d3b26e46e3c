package dev.threadsmigration.dualwrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadsmigration.dualwrite.RawSqlForum.Side;
import dev.threadsmigration.support.CommandRun;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PostgreSQL lets people make besides plain tables, in legacy and in the target: there and back. */
class PostgreSqlObjectsTests {

    private static final String TITLES = "SELECT title FROM threads ORDER BY title";

    @TempDir
    Path folder;

    private RawSqlForum forum;

    @BeforeEach
    void makeUsers() throws SQLException {
        forum = RawSqlForum.onPostgres(folder);
        forum.source()
                .execute(
                        "CREATE TABLE users (id integer PRIMARY KEY, name text, created_at timestamptz DEFAULT '2020-01-01')",
                        "INSERT INTO users VALUES (1, 'Ada')");
    }

    private void threads(String more) throws SQLException {
        forum.source()
                .execute(
                        "CREATE TABLE threads (id integer, title text, user_id integer, metadata jsonb,"
                                + " created_at timestamptz DEFAULT '2020-01-01')",
                        "INSERT INTO threads SELECT n, 'T' || n, 1, '{\"k\": 1}' FROM generate_series(1, 9) n",
                        more);
    }

    private List<String> rejects() throws SQLException {
        return forum.target()
                .list("SELECT legacy_id || ' ' || code FROM threads_migration.rejected_record ORDER BY id");
    }

    /** An index of the parent, or one that could not be built, keeps no value from being there twice. */
    @Test
    void aUniqueIndexThatPromisesNothingOfAllRows() throws SQLException {
        threads("ALTER TABLE threads ADD PRIMARY KEY (id)");
        forum.source()
                .execute(
                        "CREATE TABLE archive () INHERITS (threads)",
                        "INSERT INTO archive VALUES (4, 'Another', 1, '{}')");
        forum.done("migrate", "");
        assertThat(rejects()).containsExactly("4 id_repeated", "4 id_repeated");

        forum = RawSqlForum.onPostgres(folder);
        makeUsersAndThreadsWithAnIndexThatFailed();
        forum.done("migrate", "");
        assertThat(rejects()).containsExactly("4 id_repeated", "4 id_repeated");
    }

    private void makeUsersAndThreadsWithAnIndexThatFailed() throws SQLException {
        makeUsers();
        threads("INSERT INTO threads VALUES (4, 'Another', 1, '{}')");
        assertThatThrownBy(() -> forum.source().execute("CREATE UNIQUE INDEX CONCURRENTLY threads_id ON threads (id)"))
                .hasMessageContaining("could not create unique index");
    }

    @Test
    void whatATriggerPassesOverIsNotPutBackAndTheOthersAre() throws SQLException {
        threads("ALTER TABLE threads ADD PRIMARY KEY (id)");
        forum.done("migrate", "");
        forum.done("rollback", "", "--yes");
        assertThat(forum.target().list(TITLES)).isEmpty();
        forum.target()
                .execute(
                        """
                CREATE FUNCTION pass_over() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RETURN CASE WHEN NEW.title = 'T7' THEN NULL ELSE NEW END;
                END $$""",
                        "CREATE TRIGGER pass_over BEFORE INSERT ON threads FOR EACH ROW EXECUTE FUNCTION pass_over()");

        CommandRun undone = forum.done("rollback", "", "--undo", "--yes");

        assertThat(undone.out()).contains("1 of 1 rows were left out: does a trigger keep them out?");
        assertThat(forum.target().list(TITLES)).hasSize(8).doesNotContain("T7");
        assertThat(forum.target().list("SELECT title FROM threads_migration.threads_rollback"))
                .containsExactly("T7");
    }

    @Test
    void tablesThatAreAllPublished() throws SQLException {
        threads("ALTER TABLE threads ADD PRIMARY KEY (id)");
        forum.target().execute("CREATE PUBLICATION everything FOR ALL TABLES");
        forum.done("migrate", "");
        forum.done("rollback", "", "--yes");
        forum.done("rollback", "", "--undo", "--yes");
        assertThat(forum.target().list(TITLES)).hasSize(9);
    }

    /** A server cannot tell which of its rows to lock. */
    @Test
    void aViewWithAnOuterJoinThatATriggerWrites() throws SQLException {
        threads("ALTER TABLE threads RENAME TO bare");
        forum.source()
                .execute(
                        "CREATE TABLE titles (id integer PRIMARY KEY, title text)",
                        """
                CREATE VIEW threads AS SELECT b.id, COALESCE(t.title, b.title) AS title, user_id, metadata, created_at
                FROM bare b LEFT JOIN titles t ON t.id = b.id""",
                        """
                CREATE FUNCTION write() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    INSERT INTO titles VALUES (NEW.id, NEW.title) ON CONFLICT (id) DO UPDATE SET title = NEW.title;
                    RETURN NEW;
                END $$""",
                        "CREATE TRIGGER write INSTEAD OF INSERT OR UPDATE OR DELETE ON threads FOR EACH ROW EXECUTE FUNCTION write()");
        forum.done("migrate", "");
        forum.target().execute("UPDATE threads SET title = 'New' WHERE title = 'T3'");
        forum.done("sync", "");
        assertThat(forum.source().list("SELECT title FROM titles")).containsExactly("New");
        forum.done("rollback", "", "--yes");
    }

    @Test
    void typesOfAnyName() throws SQLException {
        String mapping = """
                  mapping: { threads: { fields: { metadata: { json: metadata, columns: [one, two, three] } } } }
                """;
        threads("CREATE TYPE \"thread-status\" AS ENUM ('open', 'closed')");
        forum.source()
                .execute(
                        "CREATE TYPE \"user\" AS ENUM ('open', 'closed')",
                        "ALTER TABLE threads ADD one \"thread-status\" DEFAULT 'open', ADD two \"user\" DEFAULT 'open',"
                                + " ADD three \"char\" DEFAULT 'a', ADD PRIMARY KEY (id)");
        forum.done("migrate", mapping);
        forum.target()
                .execute(
                        "UPDATE threads SET metadata = metadata || '{\"one\": \"closed\", \"two\": \"closed\", \"three\": \"b\"}'"
                                + " WHERE title = 'T3'");
        forum.done("sync", mapping);
        assertThat(forum.source().list("SELECT concat_ws(' ', one, two, three) FROM threads WHERE id = 3"))
                .containsExactly("closed closed b");
    }

    @Test
    void aValidationBesideARollbackThatHasNotEndedIsNoProof() throws SQLException {
        threads("ALTER TABLE threads ADD PRIMARY KEY (id)");
        forum.done("migrate", "");
        forum.target()
                .execute("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    RAISE 'out of order' USING ERRCODE = '58000';
                END $$""", "CREATE TRIGGER refuse BEFORE DELETE ON users FOR EACH ROW EXECUTE FUNCTION refuse()");
        assertThat(forum.run("rollback", "", "--yes").exitCode()).isEqualTo(1);

        CommandRun validated = forum.run("validate", "");
        assertThat(validated.exitCode()).as(validated.all()).isEqualTo(3);
    }

    @Test
    void whatRefersToRecordsMustBeSeenBeforeTheyAreTakenBack() throws SQLException {
        threads("ALTER TABLE threads ADD PRIMARY KEY (id)");
        forum.done("migrate", "");
        String role = "role_of_" + forum.target().url().replaceAll(".*/", "");
        forum.target()
                .execute(
                        "CREATE TABLE messages (thread_id uuid REFERENCES threads ON DELETE CASCADE)",
                        "CREATE ROLE " + role + " LOGIN PASSWORD 'r'",
                        "GRANT SELECT, INSERT, UPDATE, DELETE, TRIGGER ON users, threads TO " + role,
                        "GRANT ALL ON SCHEMA threads_migration TO " + role,
                        "GRANT ALL ON ALL TABLES IN SCHEMA threads_migration TO " + role,
                        "GRANT ALL ON ALL SEQUENCES IN SCHEMA threads_migration TO " + role);
        RawSqlForum limited =
                new RawSqlForum(folder, forum.source(), new Side(forum.target().url(), role, "r"));

        CommandRun refused = limited.run("rollback", "", "--yes");

        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
        assertThat(refused.err()).contains("which refers to", "GRANT SELECT ON \"public\".\"messages\" TO \"" + role);
        assertThat(forum.target().list(TITLES)).hasSize(9);
    }

    @Test
    void aRecordThatRefersToItselfGoesWithItself() throws SQLException {
        threads("ALTER TABLE threads ADD PRIMARY KEY (id)");
        forum.done("migrate", "");
        forum.target()
                .execute(
                        "ALTER TABLE threads ADD parent_id uuid REFERENCES threads",
                        "UPDATE threads SET parent_id = id WHERE title = 'T4'");
        forum.done("sync", "");
        forum.done("rollback", "", "--yes");
        assertThat(forum.target().list(TITLES)).isEmpty();
    }

    /** What one of our sessions has committed, another one must see in the midst of its transaction. */
    @Test
    void sessionsThatSeeWhatWasThereWhenTheyBegan() throws SQLException {
        threads("ALTER TABLE threads ADD PRIMARY KEY (id)");
        String name = forum.target().url().replaceAll(".*/", "");
        forum.target().execute("ALTER DATABASE " + name + " SET default_transaction_isolation = 'repeatable read'");
        forum.done("migrate", "");
        forum.target().execute("UPDATE threads SET title = 'App ' || title WHERE title IN ('T1', 'T2')");

        forum.done("sync", "");

        assertThat(forum.source().list("SELECT title FROM threads WHERE id < 3 ORDER BY id"))
                .containsExactly("App T1", "App T2");
    }

    /** The application's search is timed after a migration; where the target refuses it, all else is done. */
    @Test
    void titlesInWhichNothingCanBeSearched() throws SQLException {
        threads("ALTER TABLE threads ADD PRIMARY KEY (id)");
        forum.done("migrate", "");
        forum.done("rollback", "", "--yes");
        forum.target()
                .execute(
                        "CREATE COLLATION loose (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
                        "ALTER TABLE threads ALTER title TYPE varchar(255) COLLATE loose");

        CommandRun run = forum.done("migrate", "");

        assertThat(run.all()).doesNotContain("A server was lost");
        assertThat(forum.target().list(TITLES)).hasSize(9);
    }

    @Test
    void datesWithoutEnd() throws SQLException {
        threads("ALTER TABLE threads ADD day date, ADD tod time");
        forum.source().execute("""
                UPDATE threads SET day = CASE id WHEN 1 THEN 'infinity' WHEN 2 THEN '-infinity' ELSE '2020-01-01' END::date,
                    tod = CASE id WHEN 3 THEN NULL ELSE '10:00' END::time""");

        forum.done("migrate", """
                  mapping: { threads: { key: id, fields: { createdAt: { columns: [day, tod], type: date-and-time } } } }
                """);

        assertThat(rejects()).containsExactly("1 date_infinite", "2 date_infinite");
        assertThat(forum.target().list("""
                SELECT record::jsonb->>'day' FROM threads_migration.rejected_record ORDER BY id""")).containsExactly("infinity", "-infinity");
    }

    @Test
    void aColumnOfTheTargetThatNoExtraValueCanBe() throws SQLException {
        threads("ALTER TABLE threads ADD PRIMARY KEY (id)");
        forum.done("migrate", "");
        forum.target().execute("ALTER TABLE users ADD birthday date");

        CommandRun refused = forum.run("migrate", "  mapping: { users: { extra: { birthday: { column: name } } } }\n");

        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
        assertThat(refused.all())
                .contains("users.birthday is of type date, which no extra value can be"
                        + " (migration.mapping.users.extra.birthday)")
                .doesNotContain("%s");
    }

    /** The application tidies up what is no business of its own. */
    @Test
    void markersThatTheApplicationTakesAwayAreNoCustomFields() throws SQLException {
        threads("ALTER TABLE threads ADD PRIMARY KEY (id)");
        forum.source().execute("UPDATE threads SET metadata = NULL WHERE id = 5");
        List<String> before = forum.source().list("SELECT metadata::text FROM threads ORDER BY id");
        forum.done("migrate", "");
        forum.target()
                .execute(
                        "UPDATE threads SET metadata = metadata - 'oldSystem' WHERE title IN ('T1', 'T5')",
                        "UPDATE threads SET metadata = metadata - 'migrated' WHERE title = 'T2'",
                        "UPDATE threads SET metadata = metadata || '{\"migrated\": false}' WHERE title = 'T3'",
                        "UPDATE threads SET metadata = metadata - 'migrated' - 'migratedAt' - 'oldSystem' WHERE title = 'T4'",
                        "UPDATE threads SET metadata = metadata - 'oldSystem' || '{\"k\": 2}' WHERE title = 'T6'",
                        "UPDATE threads SET metadata = metadata - 'migrated' || '{\"k\": 3}' WHERE title = 'T7'");
        before.set(5, "{\"k\": 2}");
        before.set(6, "{\"k\": 3}");

        forum.done("sync", "");

        assertThat(forum.source().list("SELECT metadata::text FROM threads ORDER BY id"))
                .isEqualTo(before);
        forum.target().execute("UPDATE threads SET metadata = metadata || '{\"k\": 4}' WHERE title = 'T4'");
        before.set(3, "{\"k\": 4}");
        forum.done("sync", "");
        forum.done("rollback", "", "--yes");
        assertThat(forum.source().list("SELECT metadata::text FROM threads ORDER BY id"))
                .isEqualTo(before);
        assertThat(forum.target().list(TITLES)).isEmpty();
    }

    @Test
    void aTargetThatForbidsToMakeTables() throws SQLException {
        threads("ALTER TABLE threads ADD PRIMARY KEY (id)");
        forum.target().execute("""
                CREATE FUNCTION forbid() RETURNS event_trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF tg_tag = 'CREATE INDEX' THEN
                        RAISE 'no DDL here';
                    END IF;
                END $$""", "CREATE EVENT TRIGGER forbid ON ddl_command_start EXECUTE FUNCTION forbid()");

        CommandRun refused = forum.run("migrate", "");

        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
        assertThat(refused.all()).contains("the target does not let the ledger's tables be made", "no DDL here");
        assertThat(forum.target().list("SELECT to_regnamespace('threads_migration')::text"))
                .containsExactly((String) null);
    }

    /** Such a trigger is usual, and what it sets is another date than the target has. */
    @Test
    void aTriggerThatDatesEachChangeOfALegacyRow() throws SQLException {
        threads("ALTER TABLE threads ADD PRIMARY KEY (id), ADD updated_at timestamptz DEFAULT '2020-01-02'");
        forum.source()
                .execute("""
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    NEW.updated_at = now();
                    RETURN NEW;
                END $$""", "CREATE TRIGGER touch BEFORE UPDATE ON threads FOR EACH ROW EXECUTE FUNCTION touch()");
        forum.done("migrate", "");
        forum.target().execute("UPDATE threads SET title = 'New', updated_at = '2024-05-06' WHERE title = 'T4'");
        String why = "legacy does not hold what was written: something there sets its updatedAt, a trigger perhaps";

        forum.done("sync", "");
        assertThat(forum.target().list("SELECT detail FROM threads_migration.queued_write"))
                .containsExactly(why);
        assertThat(forum.done("rollback", "", "--yes").out()).contains("its change is not in legacy: " + why);
        String title = "SELECT title FROM threads WHERE id = 4";
        assertThat(forum.source().list(title)).containsExactly("T4");

        forum.source().execute("DROP TRIGGER touch ON threads", """
                CREATE TRIGGER touch BEFORE UPDATE ON threads FOR EACH ROW
                WHEN (current_setting('threads_migration.own_write', true) IS DISTINCT FROM 'on')
                EXECUTE FUNCTION touch()""");
        forum.done("rollback", "", "--yes");
        assertThat(forum.source().list(title)).containsExactly("New");
    }
}
