package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.crash.Fault.Point;
import dev.threadsmigration.support.CommandRun;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGKILL at every point that matters, and then the same command again. */
class KillIntegrationTests {

    private static final long SEED = 20260;
    private static final int KILLS = 5;

    static Stream<Fault> points() {
        return Stream.of(
                Fault.at(Point.AFTER_ANY_COMMIT, 1),
                Fault.at(Point.AFTER_ANY_COMMIT, 2),
                Fault.at(Point.INSTANCE_CREATED, 1),
                Fault.at(Point.AFTER_READ, 6),
                Fault.at(Point.BEFORE_COMMIT, 1),
                Fault.at(Point.BEFORE_COMMIT, 9),
                Fault.at(Point.AFTER_COMMIT, 12),
                Fault.at(Point.STEP_ENDED, "users"),
                Fault.at(Point.STEP_ENDED, "threads:range-1"),
                Fault.at(Point.STEP_ENDED, "threads"),
                Fault.at(Point.STEP_ENDED, "feedback"),
                Fault.at(Point.STEP_READS, "validate-threads"),
                Fault.at(Point.STEP_ENDED, "validate-feedback"));
    }

    private static Map<Fault, ProcessForum> killed;

    @BeforeAll
    static void killAtAllPoints() {
        killed = ProcessForum.killedAt(points());
    }

    @ParameterizedTest
    @MethodSource("points")
    void migrationKilledAtThisPointEndsAsIfNothingHadHappened(Fault fault) {
        killed.get(fault).assertResumes();
    }

    /** The range has its row in the job repository then, and not yet its bounds. */
    @Test
    void aRangeThatWasKilledBeforeItBeganIsNotTakenForTheWholeTable() {
        ProcessForum forum = ProcessForum.untouched();
        forum.killAt(Fault.at(Point.STEP_COMMITS, "threads:range-1"));

        forum.assertResumes(ProcessForum.NO_VALIDATION);

        assertThat(forum.target().list("""
                        SELECT step_name FROM threads_migration.batch_step_execution
                        WHERE step_name LIKE 'threads:%' GROUP BY step_name
                        HAVING sum(read_count) >= (SELECT total FROM threads_migration.entity_total WHERE entity = 'threads')""")).isEmpty();
    }

    @Test
    void migrationKilledAgainAndAgainEndsAsIfNothingHadHappened() throws InterruptedException {
        Random random = new Random(SEED);
        ProcessForum forum = ProcessForum.untouched();
        for (int kill = 0; kill < KILLS; kill++) {
            MigrationProcess process = forum.start(Fault.slowCommits(40), "migrate");
            process.waitFor(500 + random.nextInt(2_500), TimeUnit.MILLISECONDS);
            process.kill();
            forum.outcomes().assertEquation();
        }
        forum.run("migrate");
        forum.outcomes().assertComplete();
    }

    @Test
    void whatASampleFoundBeforeItWasKilledIsNoPartOfAWholeValidation() {
        ProcessForum forum = ProcessForum.untouched();
        forum.run("migrate", ProcessForum.NO_VALIDATION);
        MigrationProcess sample =
                forum.start(Fault.at(Point.STEP_ENDED, "validate-feedback"), "validate", "--sample", "20");
        sample.awaitOutput(Fault.REACHED);
        sample.kill();
        assertEveryRecordIsComparedBy(forum, "validate");
    }

    @Test
    void whatAMigrationComparedOfASampleBeforeItWasKilledIsNoPartOfAWholeValidation() {
        ProcessForum forum = ProcessForum.untouched();
        forum.killAt(Fault.at(Point.STEP_ENDED, "validate-feedback"), "--sample", "20");
        assertEveryRecordIsComparedBy(forum, "migrate");
    }

    private static void assertEveryRecordIsComparedBy(ProcessForum forum, String command) {
        forum.target()
                .run(
                        "UPDATE threads SET title = 'Changed' WHERE id = "
                                + "(SELECT new_id FROM threads_migration.migration_mapping WHERE entity = 'threads' AND outcome = 'migrated' ORDER BY new_id LIMIT 1)");
        CommandRun run = forum.run(3, command);
        long compared =
                Long.parseLong(forum.target().value("SELECT count(*) FROM threads_migration.migration_mapping"));
        assertThat(run.out())
                .contains("Validation (full): INVALID. %,d compared, 0 missing, 1 different".formatted(compared));
    }
}
