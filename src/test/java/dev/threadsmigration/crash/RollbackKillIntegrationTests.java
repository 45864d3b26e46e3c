package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.crash.Fault.Point;
import dev.threadsmigration.support.CommandRun;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** SIGKILL while a migration is validated, taken back and put back, and then the same command again. */
class RollbackKillIntegrationTests {

    private static final List<Fault> ROLLBACK_POINTS = List.of(
            Fault.at(Point.STEP_COMMITTED, "look-at-threads", 4),
            Fault.at(Point.STEP_ENDED, "prepare"),
            Fault.at(Point.LEGACY_COMMITTED, 1),
            Fault.at(Point.STEP_COMMITS, "remove-feedback", 3),
            Fault.at(Point.STEP_COMMITTED, "remove-threads", 4),
            Fault.at(Point.STEP_COMMITS, "remove-threads", 5),
            Fault.at(Point.STEP_ENDED, "remove-users"));

    private static final String CHANGED = "abs(hashtext(id)) % 5 = 0";

    /** Rollbacks killed at these steps' ends, one for each test that begins with one, none of which writes to legacy. */
    private static final Deque<ProcessForum> PREPARED = new ArrayDeque<>();

    private static final Deque<ProcessForum> DECIDED = new ArrayDeque<>();

    private static final String ROLLS_BACK = "--migration.on-invalid=rollback";

    /** Other commands that were killed in the same process. */
    private static final ProcessForum MIGRATING = ProcessForum.ofItsOwn();

    private static final ProcessForum FOUND_INVALID = shouting();
    private static final ProcessForum ROLLING_BACK_BY_ITSELF = shouting();
    private static final ProcessForum VALIDATING = ProcessForum.migrated();

    private ProcessForum forum = ProcessForum.ofItsOwn();

    /** Its target writes titles otherwise than the migration does. */
    private static ProcessForum shouting() {
        ProcessForum forum = ProcessForum.ofItsOwn();
        forum.target().execute("""
                CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN NEW.title = upper(NEW.title); RETURN NEW; END $$""");
        forum.target().execute("CREATE TRIGGER shout BEFORE INSERT ON threads FOR EACH ROW EXECUTE FUNCTION shout()");
        return forum;
    }

    @BeforeAll
    static void killAll() {
        List<List<String>> commands = new ArrayList<>();
        commands.add(MIGRATING.words(Fault.at(Point.AFTER_COMMIT, 12), "migrate"));
        commands.add(FOUND_INVALID.words(Fault.at(Point.INSTANCE_CREATED, 2), "migrate", ROLLS_BACK));
        commands.add(ROLLING_BACK_BY_ITSELF.words(
                Fault.at(Point.STEP_COMMITTED, "look-at-threads", 3), "migrate", ROLLS_BACK));
        commands.add(VALIDATING.words(Fault.at(Point.STEP_ENDED, "validate-feedback"), "validate"));
        Map.of("prepare", PREPARED, "decide", DECIDED).forEach((step, forums) -> {
            for (int i = 0; i < 2; i++) {
                ProcessForum forum = ProcessForum.migrated();
                forums.add(forum);
                commands.add(forum.words(Fault.at(Point.STEP_ENDED, step), "rollback", "--yes"));
            }
        });
        ProcessForum.killTogether(commands);
    }

    @Test
    void aRollbackKilledAgainAndAgainEndsAsIfNothingHadHappenedAndSoDoesItsUndoing() {
        forum.run("migrate");
        changeTarget();
        List<String> target = target();
        List<String> unchanged = legacy("NOT (" + CHANGED + ")");

        for (Fault point : ROLLBACK_POINTS) {
            kill(point, "rollback", "--yes");
            assertThat(forum.target().list(OURS_WITHOUT_LEDGER))
                    .as(point.toString())
                    .isEmpty();
        }
        forum.run(2, "migrate");
        forum.run("rollback", "--yes");

        assertThat(target()).isEqualTo(before());
        assertThat(legacy("NOT (" + CHANGED + ")")).isEqualTo(unchanged);
        assertThat(forum.legacy().value("SELECT count(*) FROM legacy_threads WHERE subject LIKE 'Changed by %'"))
                .isEqualTo(forum.target()
                        .value("SELECT count(*) FROM threads_migration.threads_rollback"
                                + " WHERE title LIKE 'Changed by %'"))
                .isNotEqualTo("0");

        kill(Fault.at(Point.STEP_COMMITTED, "put-back-threads", 3), "rollback", "--undo", "--yes");
        forum.run("rollback", "--undo", "--yes");
        assertThat(target()).isEqualTo(target);
        forum.run("validate");
    }

    /** One thread is written as it was, which is no change. */
    @Test
    void whatChangesAfterItWasLookedAtStays() {
        forum = DECIDED.remove();
        List<String> two = forum.target().list("""
                SELECT new_id::text FROM threads_migration.migration_mapping
                WHERE entity = 'threads' AND outcome = 'migrated' ORDER BY 1 LIMIT 2""");
        forum.target().execute("UPDATE threads SET title = 'Late' WHERE id = '%s'".formatted(two.get(0)));
        forum.target().execute("UPDATE threads SET title = title WHERE id = '%s'".formatted(two.get(1)));

        forum.run("rollback", "--yes");

        assertThat(forum.target().list("""
                        SELECT (new_id = '%s') || ' ' || (SELECT title FROM threads t WHERE t.id = new_id)
                        FROM threads_migration.migration_mapping
                        WHERE entity = 'threads' AND outcome = 'migrated'""".formatted(two.get(0)))).containsExactly("true Late");
        assertThat(forum.target()
                        .list("SELECT DISTINCT detail FROM threads_migration.rollback_item WHERE action = 'KEPT'"))
                .containsExactlyInAnyOrder(
                        "it changed while the rollback ran", "rows that stay in threads refer to it");
    }

    @Test
    void indexesThatPeopleChangeMeanwhileAreNamedAndDoNotKeepTheRollbackFromItsEnd() {
        forum = PREPARED.remove();
        forum.target().execute("CREATE INDEX by_title ON threads (title)");
        forum.target().execute("DROP INDEX threads_user_id_idx");

        CommandRun told = forum.run(1, "rollback", "--yes");

        assertThat(told.out())
                .contains(
                        "gone: index public.threads threads_user_id_idx[user_id]; new: index public.threads by_title[title].");
        forum.run("rollback", "--yes");
        assertThat(target()).isEqualTo(before());
        forum.run("migrate");
    }

    @Test
    void aColumnThatTheTargetGetsMeanwhileIsKeptToo() {
        forum = PREPARED.remove();
        forum.target().execute("ALTER TABLE threads ADD COLUMN since text DEFAULT 'kept'");

        forum.run("rollback", "--yes");

        assertThat(forum.target().list("SELECT DISTINCT since FROM threads_migration.threads_rollback"))
                .containsExactly("kept");
    }

    /** Of three threads that changed in the new system, one changes in legacy, too, and one is deleted there. */
    @Test
    void whatChangesInLegacyAfterItWasLookedAtIsNotOverwritten() {
        forum.run("migrate");
        List<String> three = forum.target().list("""
                SELECT legacy_id FROM threads_migration.migration_mapping
                WHERE entity = 'threads' AND outcome = 'migrated' AND occurrence = 1 ORDER BY 1 LIMIT 3""");
        forum.target().execute("""
                UPDATE threads SET title = 'Ours' WHERE id IN (
                    SELECT new_id FROM threads_migration.migration_mapping
                    WHERE entity = 'threads' AND legacy_id IN ('%s'))""".formatted(String.join("','", three)));
        kill(Fault.at(Point.STEP_ENDED, "decide"), "rollback", "--yes");
        forum.legacy().execute("UPDATE legacy_threads SET subject = 'Theirs' WHERE id = '%s'".formatted(three.get(0)));
        forum.legacy().execute("DELETE FROM legacy_threads WHERE id = '%s'".formatted(three.get(1)));

        forum.run("rollback", "--yes");

        assertThat(forum.legacy()
                        .list(
                                "SELECT id || ' ' || subject FROM legacy_threads WHERE id IN ('%s') ORDER BY id COLLATE \"C\""
                                        .formatted(String.join("','", three))))
                .containsExactly(three.get(0) + " Theirs", three.get(1) + " Ours", three.get(2) + " Ours");
        assertThat(forum.target().list("""
                        SELECT i.legacy_id || ' ' || i.detail || ': ' || t.title
                        FROM threads_migration.rollback_item i JOIN threads t ON t.id = i.new_id
                        WHERE i.entity = 'threads' AND i.action = 'KEPT'"""))
                .containsExactly(three.get(0) + " its change is not in legacy: its legacy row changed meanwhile: Ours");
    }

    @Test
    void whatPeopleDeleteAfterItWasLookedAtStaysAwayWhereTheRollbackIsUndone() {
        forum = DECIDED.remove();
        List<String> ledger = ledger();
        String deleted = forum.target().value("""
                SELECT new_id FROM threads_migration.migration_mapping
                WHERE entity = 'feedback' AND outcome = 'migrated'""");
        forum.target().execute("DELETE FROM feedback WHERE id = '" + deleted + "'");
        List<String> target = target();
        Path report = forum.folder().resolve("rollback.json");

        forum.run("rollback", "--yes", "--report", report.toString());

        assertThat(report).content().containsPattern("\"deletedInTarget\" *: *1\\b");
        forum.run("rollback", "--undo", "--yes");
        assertThat(target()).isEqualTo(target);
        assertThat(ledger()).isEqualTo(ledger);
    }

    private List<String> ledger() {
        return forum.target().list("""
                SELECT concat_ws(' ', entity, legacy_id, occurrence, new_id, outcome, content_hash)
                FROM threads_migration.migration_mapping ORDER BY 1""");
    }

    /** Three threads that nobody changed, one that changed in the new system and is in legacy already, and a record of feedback. */
    @Test
    void whatIsDeletedInLegacyAfterItWasLookedAtStaysAndTheNextRollbackInsertsItAgain() {
        forum.run("migrate");
        List<String> threads = forum.target().list("""
                SELECT legacy_id FROM threads_migration.migration_mapping JOIN threads t ON t.id = new_id
                WHERE entity = 'threads' AND outcome = 'migrated' AND title LIKE 'Subject%'
                GROUP BY legacy_id HAVING count(*) = 1 ORDER BY 1 LIMIT 4""");
        String feedback = forum.target().value("""
                SELECT max(legacy_id) FROM threads_migration.migration_mapping
                WHERE entity = 'feedback' AND outcome = 'migrated'""");
        forum.target().execute("""
                UPDATE threads SET title = 'Ours' WHERE id IN (
                    SELECT new_id FROM threads_migration.migration_mapping WHERE legacy_id = '%s')""".formatted(threads.get(3)));
        kill(Fault.at(Point.STEP_ENDED, "carry-back-feedback"), "rollback", "--yes");
        String which = " WHERE id IN ('%s')".formatted(String.join("','", threads));
        List<String> rows = forum.legacy().list("SELECT id || subject FROM legacy_threads" + which + " ORDER BY 1");
        forum.legacy().execute("DELETE FROM legacy_threads" + which);
        forum.legacy().execute("DELETE FROM legacy_feedback WHERE id = '" + feedback + "'");

        forum.run("rollback", "--yes");

        assertThat(forum.target().list("""
                        SELECT i.legacy_id FROM threads_migration.rollback_item i
                        JOIN threads_migration.migration_mapping m USING (legacy_id, occurrence, entity, new_id)
                        WHERE i.action = 'KEPT' AND i.detail = 'its legacy row was deleted while the rollback ran'
                          AND i.new_id IN (SELECT id FROM threads UNION ALL SELECT id FROM feedback)""")).containsAll(threads).contains(feedback);

        forum.run("rollback", "--yes");

        assertThat(target()).isEqualTo(before());
        assertThat(forum.legacy().list("SELECT id || subject FROM legacy_threads" + which + " ORDER BY 1"))
                .isEqualTo(rows);
        assertThat(forum.legacy().value("SELECT count(*) FROM legacy_feedback WHERE id = '" + feedback + "'"))
                .isEqualTo("1");
    }

    @Test
    void aMigrationThatWasKilledWhenItWasFoundInvalidIsStillRolledBack() {
        forum = FOUND_INVALID;
        assertThat(target()).isNotEqualTo(before());

        forum.run(3, "migrate", ROLLS_BACK);

        assertThat(target()).isEqualTo(before());
    }

    @Test
    void aMigrationThatWasKilledIsTakenBack() {
        forum = MIGRATING;
        List<String> legacy = legacy("TRUE");
        assertThat(target()).isNotEqualTo(before());

        forum.run("rollback", "--yes");

        assertThat(target()).isEqualTo(before());
        assertThat(legacy("TRUE")).isEqualTo(legacy);
        forum.run("migrate");
        forum.outcomes().assertComplete();
    }

    @Test
    void aRollbackThatBeganByItselfWritesNothingToLegacyWhoeverResumesIt() {
        // Each forum's is a copy of the same, file by file.
        List<String> legacy = legacy("true");
        forum = ROLLING_BACK_BY_ITSELF;

        forum.run("rollback", "--yes");

        assertThat(legacy("true")).isEqualTo(legacy);
        assertThat(target()).isEqualTo(before());
    }

    /** What was compared before the kill may have changed since. */
    @Test
    void aValidationThatWasKilledComparesAnew() {
        forum = VALIDATING;
        forum.target()
                .execute("UPDATE threads SET title = 'wrong' WHERE id IN (SELECT new_id FROM"
                        + " threads_migration.migration_mapping WHERE legacy_id LIKE '%7' AND outcome = 'migrated')");
        CommandRun resumed = forum.run(3, "validate");
        List<String> found = validated();

        assertThat(resumed.out()).contains("Resuming");
        forum.run(3, "validate");
        assertThat(found).isNotEmpty().isEqualTo(validated());
    }

    private static final String OURS_WITHOUT_LEDGER = """
            SELECT id::text FROM threads WHERE metadata ->> 'oldSystem' = 'legacy-v1' AND id NOT IN (
                SELECT new_id FROM threads_migration.migration_mapping WHERE entity = 'threads')""";

    private void kill(Fault point, String command, String... options) {
        MigrationProcess process = forum.start(point, command, options);
        process.awaitOutput(Fault.REACHED);
        process.kill();
    }

    private void changeTarget() {
        List<String> ids = forum.legacy().list("SELECT DISTINCT id FROM legacy_threads WHERE " + CHANGED);
        forum.target().execute("""
                UPDATE threads SET title = 'Changed by ' || user_id, metadata = metadata || '{"changed": 1.50}'
                WHERE id IN (SELECT new_id FROM threads_migration.migration_mapping
                             WHERE entity = 'threads' AND outcome = 'migrated' AND legacy_id IN ('%s'))""".formatted(String.join("','", ids)));
    }

    private List<String> before() {
        List<String> rows = new ArrayList<>();
        for (String table : List.of("users", "threads", "feedback")) {
            rows.addAll(forum.legacy().list("SELECT t::text FROM before." + table + " t ORDER BY id"));
        }
        return rows;
    }

    private List<String> target() {
        List<String> rows = new ArrayList<>();
        for (String table : List.of("users", "threads", "feedback")) {
            rows.addAll(forum.target().list("SELECT t::text FROM " + table + " t ORDER BY id"));
        }
        return rows;
    }

    /** The legacy threads of a condition and all else of legacy, with their places in the file. */
    private List<String> legacy(String condition) {
        List<String> rows = new ArrayList<>(forum.legacy()
                .list("SELECT ctid || t::text FROM legacy_threads t WHERE id IS NULL OR " + condition + " ORDER BY 1"));
        rows.addAll(forum.legacy().list("SELECT ctid || t::text FROM legacy_users t ORDER BY 1"));
        rows.addAll(forum.legacy().list("SELECT ctid || t::text FROM legacy_feedback t ORDER BY 1"));
        return rows;
    }

    /** What the last validation found. */
    private List<String> validated() {
        return forum.target().list("""
                SELECT concat_ws(' ', entity, sum(seen), sum(unsettled), sum(compared), sum(missing), sum(different),
                    (SELECT count(*) FROM threads_migration.validation_issue i
                      WHERE i.run_id = r.run_id AND i.entity = r.entity))
                FROM threads_migration.validation_result r
                WHERE run_id = (SELECT max(run_id) FROM threads_migration.validation_result)
                GROUP BY entity, run_id ORDER BY 1""");
    }
}
