package dev.threadsmigration.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.Forum;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whether {@code sync} can write into a legacy PostgreSQL is known before it writes: for {@code migrate} it is a note. */
class LegacyWritesIntegrationTests {

    private static final String ADA = "00000000-0000-4000-8000-000000000001";
    private static final String FIRST = "00000000-0000-4000-8000-000000000101";

    @TempDir
    Path folder;

    private Forum forum;
    private String role;

    @BeforeEach
    void makeForum() {
        forum = Forum.onPostgres().withLegacyTables().withTargetTables().user(ADA, "Ada");
        forum.thread(FIRST, "First", ADA);
        role = "legacy_of_" + forum.name().replace('-', '_');
        forum.legacy(
                "CREATE ROLE " + role + " LOGIN PASSWORD 'x'",
                "GRANT SELECT ON legacy_users, legacy_threads, legacy_feedback TO " + role);
    }

    private CommandRun run(String command, String... more) {
        return forum.run(
                folder,
                command,
                Stream.concat(
                                Stream.of(
                                        "--migration.dual-write.enabled=true",
                                        "--migration.source.username=" + role,
                                        "--migration.source.password=x"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    private CommandRun run(int exitCode, String command, String... more) {
        CommandRun run = run(command, more);
        assertThat(run.exitCode()).as(run.all()).isEqualTo(exitCode);
        return run;
    }

    private void rename(String title) {
        forum.target("UPDATE threads SET title = '" + title + "' WHERE id = '" + FIRST + "'");
    }

    private List<String> subjects() {
        return forum.ask(forum.legacyUrl(), "SELECT subject FROM legacy_threads ORDER BY id");
    }

    @Test
    void missingRightsAreNotedByMigrateAndRefusedBySyncUntilTheyAreGranted() {
        String carry = "--migration.dual-write.deletes=carry";
        String grant = "may not INSERT, UPDATE, DELETE on \"public\".\"%s\", as sync must:"
                + " GRANT INSERT, UPDATE, DELETE ON \"public\".\"%1$s\" TO \"" + role + "\"";
        String[] all = Stream.of("legacy_users", "legacy_threads", "legacy_feedback")
                .map(grant::formatted)
                .toArray(String[]::new);
        assertThat(run(0, "preflight", carry).out())
                .contains(all)
                .contains("note    legacy threads: " + role)
                .contains("Ready");
        assertThat(run(0, "migrate", carry).all()).contains(all).contains("note: legacy threads: " + role);
        rename("Renamed");

        CommandRun refused = run(2, "sync", carry);
        assertThat(refused.err()).contains(all).contains("FAILED  legacy threads: " + role, "Nothing was touched");
        assertThat(forum.ask("SELECT held_because FROM threads_migration.queued_write"))
                .containsExactly("null");
        assertThat(forum.ask("SELECT count(*) FROM threads_migration.audit_log WHERE command = 'sync'"))
                .containsExactly("0");
        assertThat(run(2, "sync", carry, "--dry-run").err()).contains(all);

        Pattern.compile("GRANT .*")
                .matcher(refused.err())
                .results()
                .forEach(statement -> forum.legacy(statement.group()));
        run(0, "sync", carry);
        assertThat(subjects()).containsExactly("Renamed");
        assertThat(run(0, "validate").all()).doesNotContain("as sync must");
        assertThat(run(0, "preflight", carry).out())
                .contains("ok      legacy threads: sync may write into \"public\".\"legacy_threads\"");
    }

    @Test
    void rightsOnTheMappedColumnsAreEnough() {
        forum.legacy(
                "ALTER TABLE legacy_threads ADD COLUMN secret text",
                "GRANT INSERT, UPDATE ON legacy_users, legacy_feedback TO " + role,
                "GRANT INSERT (id, legacy_id, subject, owner_id, company_id, division_code, custom_fields, created_date,"
                        + " modified_date) ON legacy_threads TO " + role,
                "GRANT UPDATE (legacy_id, owner_id, company_id, division_code, custom_fields, created_date,"
                        + " modified_date) ON legacy_threads TO " + role);
        run(0, "migrate");
        rename("Renamed");
        assertThat(run(2, "sync").err())
                .contains("may not UPDATE on \"public\".\"legacy_threads\"")
                .doesNotContain("INSERT");
        forum.legacy("GRANT UPDATE (subject) ON legacy_threads TO " + role);
        run(0, "sync");
        assertThat(subjects()).containsExactly("Renamed");
    }

    /** A row that no statement makes counts nothing: that this is forbidden only the catalogue tells. */
    @Test
    void aSequenceThatMayNotBeUsedIsNamed() {
        forum.legacy(
                "ALTER TABLE legacy_threads ADD COLUMN number serial, ADD COLUMN place int GENERATED ALWAYS AS IDENTITY",
                "CREATE TABLE \"Rating\" (LIKE legacy_feedback)",
                "ALTER TABLE \"Rating\" DROP id, ADD id serial PRIMARY KEY",
                "CREATE SEQUENCE given",
                "ALTER TABLE legacy_users ALTER id SET DEFAULT nextval('given')",
                "GRANT SELECT, INSERT, UPDATE ON legacy_users, legacy_threads, \"Rating\" TO " + role);
        String[] shape = {"--migration.mapping.feedback.table=Rating"};
        String[] said = Stream.of("legacy_threads_number_seq", "Rating_id_seq")
                .map(sequence -> "GRANT USAGE ON SEQUENCE \"public\".\"" + sequence + "\" TO \"" + role + "\"")
                .toArray(String[]::new);
        assertThat(run(0, "preflight", shape).out())
                .contains(said)
                .contains("note    legacy threads: " + role + " may not count with the sequence")
                .contains("ok      legacy users: sync may write into");
        run(0, "migrate", shape);
        forum.target("""
                INSERT INTO threads (id, title, user_id, created_at, updated_at)
                SELECT gen_random_uuid(), 'Made', id, now(), now() FROM users""", """
                INSERT INTO feedback (id, thread_id, user_id, type, created_at, updated_at)
                SELECT gen_random_uuid(), id, user_id, 'vote', now(), now() FROM threads WHERE title = 'Made'""");

        CommandRun refused = run(2, "sync", shape);
        assertThat(refused.err()).contains(said).contains("Nothing was touched");
        Pattern.compile("GRANT .*")
                .matcher(refused.err())
                .results()
                .forEach(statement -> forum.legacy(statement.group()));
        run(0, "sync", shape);
        assertThat(forum.ask(forum.legacyUrl(), "SELECT subject, number, place FROM legacy_threads ORDER BY number"))
                .containsExactly("First|1|1", "Made|2|2");
        assertThat(forum.ask(forum.legacyUrl(), "SELECT id, type FROM \"Rating\""))
                .containsExactly("1|vote");
    }

    @Test
    void aReadOnlyLegacyIsToldAtOnce() {
        forum.legacy(
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + role,
                "ALTER ROLE " + role + " SET default_transaction_read_only = on");
        String said = "legacy database: it is read-only, and sync writes there: connect to the primary server";
        assertThat(run(0, "preflight").out()).containsOnlyOnce("note    " + said);
        run(0, "migrate");
        rename("Renamed");
        assertThat(run(2, "sync").err()).containsOnlyOnce("FAILED  " + said);
        assertThat(subjects()).containsExactly("First");
    }

    /** As where the role loses its rights, or the server becomes a replica, when the checks are done; or what no server can do. */
    @Test
    void whatIsForbiddenOnlyOnceRowsAreWrittenEndsSyncWithoutWaiting() {
        forum.legacy("GRANT ALL ON ALL TABLES IN SCHEMA public TO " + role);
        run(0, "migrate");
        rename("Renamed");
        refuseRows("25006");
        assertThat(run(1, "sync").all())
                .contains("Legacy is read-only (", "Connect to the primary server")
                .doesNotContain("Trying again");
        refuseRows("42501");
        assertThat(run(1, "sync").all())
                .contains("The user of migration.source may not write into legacy")
                .doesNotContain("Trying again");
        refuseRows("0A000");
        assertThat(run(1, "sync").all()).contains("ERROR: no").doesNotContain("Trying again");
        forum.legacy("DROP TRIGGER refusal ON legacy_threads");
        run(0, "sync");
        assertThat(subjects()).containsExactly("Renamed");
    }

    private void refuseRows(String state) {
        forum.legacy(
                "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '" + state + "'; END $$",
                "CREATE OR REPLACE TRIGGER refusal BEFORE UPDATE ON legacy_threads FOR EACH ROW EXECUTE FUNCTION refuse()");
    }

    @Test
    void nothingStaysOfWhatTheTrialSetsOff() {
        forum.legacy(
                "CREATE TABLE seen (what text)",
                "CREATE FUNCTION see() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN INSERT INTO seen VALUES (TG_OP); RETURN NULL; END $$",
                "CREATE TRIGGER seeing AFTER INSERT OR UPDATE OR DELETE ON legacy_threads EXECUTE FUNCTION see()",
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + role);
        assertThat(run(0, "preflight").out()).contains("legacy threads: sync may write into");
        assertThat(forum.ask(forum.legacyUrl(), "SELECT count(*) FROM seen")).containsExactly("0");
    }

    @Test
    void aViewThatCannotBeWrittenAndATableThatRefusesAreToldApart() {
        forum.legacy(
                "CREATE VIEW people AS SELECT DISTINCT * FROM legacy_users",
                "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'closed'; END $$",
                "CREATE TRIGGER closing BEFORE INSERT ON legacy_threads EXECUTE FUNCTION refuse()",
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + role);
        String view = "--migration.mapping.users.table=people";
        assertThat(run(0, "preflight", view).out())
                .contains("note    legacy users: sync cannot INSERT: ", "note    legacy users: sync cannot UPDATE: ")
                .contains(
                        "note    legacy threads: legacy refuses INSERT, so sync leaves such writes in the queue: ERROR: closed");
        run(0, "migrate", view);
        assertThat(run(2, "sync", view).err())
                .contains("FAILED  legacy users: sync cannot INSERT")
                .doesNotContain("closed");
    }

    @Test
    void whatComesFromAQueryIsNotedAndHeld() {
        forum.legacy("GRANT INSERT, UPDATE, DELETE ON legacy_users, legacy_feedback TO " + role);
        forum.thread("00000000-0000-4000-8000-000000000102", "Second", ADA);
        String[] query = {
            "--migration.mapping.threads.query=SELECT * FROM legacy_threads WHERE subject = 'First'"
                    + " UNION SELECT * FROM legacy_threads",
            "--migration.dual-write.deletes=carry"
        };
        assertThat(run(0, "preflight", query).out())
                .contains("note    legacy threads: nothing can be written into a query");
        run(0, "migrate", query);
        rename("Renamed");
        forum.target("DELETE FROM threads WHERE title = 'Second'");
        forum.target("INSERT INTO threads (id, title, user_id, created_at, updated_at)"
                + " SELECT gen_random_uuid(), 'Made', id, now(), now() FROM users");
        CommandRun foreseen = run(0, "sync", query[0], query[1], "--dry-run");
        CommandRun run = run(0, "sync", query);
        assertThat(run.out())
                .contains(
                        "held in the queue: legacy cannot take it",
                        "legacy cannot delete it",
                        "held in the queue: nothing can be written into legacy's query");
        assertThat(foreseen.out()).contains("held in the queue: legacy cannot take it", "legacy cannot delete it");
        assertThat(forum.ask("SELECT DISTINCT detail FROM threads_migration.queued_write WHERE detail IS NOT NULL"))
                .containsExactly("its legacy row comes from a query, into which nothing can be written");
        assertThat(subjects()).containsExactly("First", "Second");
    }
}
