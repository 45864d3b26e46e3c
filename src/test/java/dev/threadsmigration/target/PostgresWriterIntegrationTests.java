package dev.threadsmigration.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.SampleForum;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PostgresWriterIntegrationTests extends WriterContract {

    @Override
    Forum databases() {
        return Forum.onPostgres();
    }

    @Test
    void whatATriggerRefusesIsRejectedWithItsWords() {
        Forum forum = forum();
        forum.target("""
                CREATE FUNCTION judge() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW.name = 'Plain' THEN RAISE EXCEPTION 'no % today', NEW.name; END IF;
                    IF NEW.name = 'Own code' THEN RAISE EXCEPTION 'own words' USING ERRCODE = 'TH001'; END IF;
                    IF NEW.name = 'Nobody' THEN PERFORM 1 / 0; END IF;
                    RETURN NEW;
                END $$""", "CREATE TRIGGER judge BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION judge()");
        forum.user(id(1), "Ada")
                .user(id(2), "Plain")
                .user(id(3), "Own code")
                .user(id(4), "Nobody")
                .user(id(5), "Bob");
        migrate(forum);

        assertThat(forum.ask("SELECT name FROM users ORDER BY 1")).containsExactly("Ada", "Bob");
        assertThat(forum.rejection("users", id(2))).contains("the target refused it", "no Plain today");
        assertThat(forum.rejection("users", id(3))).contains("the target refused it", "own words");
        assertThat(forum.rejection("users", id(4))).contains("division by zero");
    }

    @Test
    void aConstraintThatIsCheckedAtCommitRefusesItsRowsOnly() {
        Forum forum = forum();
        forum.target(
                "CREATE TABLE tenant (id varchar(255) PRIMARY KEY)",
                "INSERT INTO tenant VALUES ('emea')",
                "ALTER TABLE threads ADD FOREIGN KEY (tenant_id) REFERENCES tenant DEFERRABLE INITIALLY DEFERRED");
        forum.user(id(1), "Ada");
        IntStream.range(10, 20).forEach(i -> forum.thread(id(i), "T" + i, id(1)));
        forum.legacy(
                "UPDATE legacy_threads SET division_code = 'emea'",
                "UPDATE legacy_threads SET division_code = 'nowhere' WHERE subject = 'T13'");
        migrate(forum);

        assertThat(forum.equation()).containsEntry("threads", "10|9|0|1|0");
        assertThat(forum.rejection("threads", id(13))).contains("tenant", "nowhere");
    }

    @Test
    void metadataIsStoredWithEveryDigitAndReadBackByPostgres() {
        Forum forum = forum().user(id(1), "Ada")
                .thread(id(2), "Big", id(1), "{\"big\":123456789012345678901234567890,\"money\":0.10,\"huge\":1e999}")
                .thread(id(3), "Limits", id(1), "{\"after\":1e-16383,\"before\":1e131071}")
                .thread(id(4), "Deep", id(1), "{\"in\":".repeat(999) + "{}" + "}".repeat(999));
        migrate(forum);

        assertThat(forum.ask("SELECT metadata ->> 'big', metadata ->> 'money', length(metadata ->> 'huge')"
                        + " FROM threads WHERE title = 'Big'"))
                .containsExactly("123456789012345678901234567890|0.10|1000");
        assertThat(forum.ask("SELECT (metadata ->> 'after')::numeric = 1e-16383, length(metadata ->> 'before')"
                        + " FROM threads WHERE title = 'Limits'"))
                .containsExactly("t|131072");
        assertThat(forum.equation()).containsEntry("threads", "3|3|0|0|0");
    }

    @Test
    void columnsOfCitextAreWrittenWhereverTheExtensionIs() {
        Forum forum = SampleForum.in(Forum.onPostgres());
        forum.target(
                "CREATE SCHEMA extensions",
                "CREATE EXTENSION citext SCHEMA extensions",
                "ALTER TABLE users ALTER name TYPE extensions.citext",
                "ALTER TABLE threads ALTER title TYPE extensions.citext, ALTER tenant_id TYPE extensions.citext");

        CommandRun migrated = forum.run(folder, "migrate");
        assertThat(migrated.exitCode()).as(migrated.all()).isZero();
        assertThat(forum.ask("SELECT name FROM users ORDER BY name::text"))
                .containsExactly("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6");

        forum.target("UPDATE threads SET title = upper(title::text) WHERE title::text = 'Subject 1 of the sample'");
        CommandRun back = forum.run(folder, "rollback", "--yes");
        assertThat(back.exitCode()).as(back.all()).isZero();
        assertThat(forum.ask(
                        forum.legacyUrl(), "SELECT subject FROM legacy_threads WHERE legacy_id IN (1, 2) ORDER BY 1"))
                .containsExactlyInAnyOrder("SUBJECT 1 OF THE SAMPLE", "Subject 2 of the sample");
        CommandRun undone = forum.run(folder, "rollback", "--undo", "--yes");
        assertThat(undone.exitCode()).as(undone.all()).isZero();
        assertThat(forum.ask("SELECT count(*) FROM threads WHERE title::text = 'SUBJECT 1 OF THE SAMPLE'"))
                .containsExactly("1");
    }

    @Test
    void aReferenceInAColumnOfDoublesFindsTheWholeNumberThatItMeans() {
        Forum forum = Forum.onPostgres().withLegacyTables().withTargetTables();
        forum.user("7", "Ada").thread("t-1", "Hello", "7").thread("t-2", "Half", "7.5");
        forum.legacy("ALTER TABLE legacy_threads ALTER owner_id TYPE double precision USING owner_id::float8");
        assertThat(forum.run(folder, "migrate").exitCode()).isZero();
        assertThat(forum.outcomes())
                .containsExactly("threads t-1: migrated", "threads t-2: user_not_found", "users 7: migrated");

        forum.target("UPDATE threads SET title = 'Changed'");
        CommandRun back = forum.run(folder, "rollback", "--yes");
        assertThat(back.exitCode()).as(back.all()).isZero();
        assertThat(forum.ask(forum.legacyUrl(), "SELECT subject, owner_id FROM legacy_threads WHERE id = 't-1'"))
                .containsExactly("Changed|7");
    }
}
