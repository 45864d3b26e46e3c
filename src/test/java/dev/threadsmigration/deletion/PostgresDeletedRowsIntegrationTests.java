package dev.threadsmigration.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import org.junit.jupiter.api.Test;

class PostgresDeletedRowsIntegrationTests extends DeletedRowsContract {

    @Override
    Forum databases() {
        return Forum.onPostgres();
    }

    @Test
    void whatTriggersKeepStaysAndDoesNotHoldUpTheOthers() {
        forum.target("""
                CREATE FUNCTION guard() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF OLD.title = 'First' THEN RAISE EXCEPTION 'not this one' USING ERRCODE = 'integrity_constraint_violation'; END IF;
                    IF OLD.title = 'Second' THEN RETURN NULL; END IF;
                    RETURN OLD;
                END $$""", "CREATE TRIGGER guard BEFORE DELETE ON threads FOR EACH ROW EXECUTE FUNCTION guard()");
        delete("legacy_feedback", COMMENT);
        delete("legacy_threads", FIRST, SECOND, THIRD);
        ReportedRun run = migrate(0, "--migration.chunk-size=100");

        assertThat(target()).containsExactly("Ada", "Bob", "First", "Second");
        assertThat(deleted(run))
                .isEqualTo("2 removed, 0 forgotten, 2 kept, 0 waiting, "
                        + "{\"the target keeps it, as a trigger may\":1,\"the target refuses to delete it\":1}");
        assertThat(forum.ask("SELECT detail FROM threads_migration.followed_change WHERE legacy_id = '" + FIRST + "'")
                        .get(0))
                .contains("not this one");
        assertThat(forum.ask("SELECT legacy_id FROM threads_migration.removed_record ORDER BY 1"))
                .containsExactly(THIRD, COMMENT);
    }

    /** Legacy answers the first question for its keys no more than a server does that is shut down. */
    @Test
    void aLegacyServerThatIsLostMeanwhileIsNotTakenForAnEmptyOne() {
        delete("legacy_threads", SECOND);
        forum.legacy(
                "CREATE SEQUENCE asked",
                """
                CREATE FUNCTION answers() RETURNS boolean LANGUAGE plpgsql AS $$
                BEGIN
                    IF current_query() LIKE '% IN (%' AND nextval('asked') = 1 THEN
                        RAISE EXCEPTION 'shutting down' USING ERRCODE = 'admin_shutdown';
                    END IF;
                    RETURN true;
                END $$""",
                "ALTER TABLE legacy_threads RENAME TO real_threads",
                "CREATE VIEW legacy_threads AS SELECT * FROM real_threads WHERE answers()");
        ReportedRun run = migrate(0);

        assertThat(run.run().out()).contains("A server was lost (");
        assertThat(deleted(run)).startsWith("1 removed, 0 forgotten, 0 kept");
        assertThat(target()).containsExactly("Ada", "Bob", "First", "Third", "feedback");
    }

    /** As the documentation says. */
    @Test
    void aCopyCanBePutBackByHand() {
        String before = forum.ask("SELECT t::text FROM threads t WHERE id = '" + SECOND + "'")
                .get(0);
        delete("legacy_threads", SECOND);
        migrate(0);

        forum.target("""
                INSERT INTO threads
                SELECT row.* FROM threads_migration.removed_record r, json_populate_record(NULL::threads, r.record::json) row
                WHERE r.entity = 'threads' AND r.legacy_id = '%s'""".formatted(SECOND));
        assertThat(forum.ask("SELECT t::text FROM threads t WHERE id = '" + SECOND + "'"))
                .containsExactly(before);
    }
}
