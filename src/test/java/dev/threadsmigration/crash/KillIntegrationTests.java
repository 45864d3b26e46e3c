package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.crash.Fault.Point;
import dev.threadsmigration.support.CommandRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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

    private static final Map<Fault, ProcessForum> KILLED = new LinkedHashMap<>();

    /** Others that were killed in the same process. */
    private static final ProcessForum BEFORE_A_RANGE = ProcessForum.untouched();

    private static final ProcessForum SAMPLED = ProcessForum.migrated();
    private static final ProcessForum MIGRATED_WITH_A_SAMPLE = ProcessForum.untouched();

    @BeforeAll
    static void killAll() {
        points().forEach(fault -> KILLED.put(fault, ProcessForum.untouched()));
        List<List<String>> commands = new ArrayList<>();
        KILLED.forEach((fault, forum) -> commands.add(forum.words(fault, "migrate")));
        commands.add(BEFORE_A_RANGE.words(Fault.at(Point.STEP_COMMITS, "threads:range-1"), "migrate"));
        Fault validated = Fault.at(Point.STEP_ENDED, "validate-feedback");
        commands.add(SAMPLED.words(validated, "validate", "--sample", "20"));
        commands.add(MIGRATED_WITH_A_SAMPLE.words(validated, "migrate", "--sample", "20"));
        ProcessForum.killTogether(commands);
    }

    @ParameterizedTest
    @MethodSource("points")
    void migrationKilledAtThisPointEndsAsIfNothingHadHappened(Fault fault) {
        KILLED.get(fault).assertResumes();
    }

    /** The range has its row in the job repository then, and not yet its bounds. */
    @Test
    void aRangeThatWasKilledBeforeItBeganIsNotTakenForTheWholeTable() {
        BEFORE_A_RANGE.assertResumes(ProcessForum.NO_VALIDATION);

        assertThat(BEFORE_A_RANGE.target().list("""
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
        assertEveryRecordIsComparedBy(SAMPLED, "validate");
    }

    @Test
    void whatAMigrationComparedOfASampleBeforeItWasKilledIsNoPartOfAWholeValidation() {
        assertEveryRecordIsComparedBy(MIGRATED_WITH_A_SAMPLE, "migrate");
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
