package dev.threadsmigration.target;

import static dev.threadsmigration.target.WriterContract.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run does that finds most of legacy settled by the runs before it, on any database. */
abstract class LaterRunContract {

    private static final int THREADS = 60;
    private static final String OWNER = id(1);

    @TempDir
    Path folder;

    private Forum forum;

    /** Two empty databases. */
    abstract Forum databases();

    /** Threads of the even numbers from 100 on, all of them moved. */
    @BeforeEach
    void runBefore() {
        forum = databases().withLegacyTables().withTargetTables().user(OWNER, "Ada");
        add(IntStream.range(0, THREADS).map(n -> 100 + 2 * n));
        migrate();
    }

    private void add(IntStream numbers) {
        String rows = numbers.mapToObj(
                        n -> "('%s', 'Thread %d', '%s', TIMESTAMP WITH TIME ZONE '2020-01-02 03:04:05+00')"
                                .formatted(id(n), n, OWNER))
                .collect(Collectors.joining(", "));
        forum.legacy("INSERT INTO legacy_threads (id, subject, owner_id, created_date) VALUES " + rows);
    }

    private CommandRun migrate(String... more) {
        return run("migrate", more);
    }

    private CommandRun run(String command, String... more) {
        String[] all = Stream.concat(
                        Stream.of("--migration.chunk-size=7", "--migration.validation.enabled=false"), Stream.of(more))
                .toArray(String[]::new);
        CommandRun run = forum.run(folder, command, all);
        assertThat(run.exitCode()).as(run.all()).isZero();
        return run;
    }

    /** Rows that were read of the threads, and those of them that needed nothing, over all runs. */
    private String readAndPassedOver() {
        return forum.ask("""
                        SELECT sum(READ_COUNT), sum(FILTER_COUNT) FROM threads_migration.BATCH_STEP_EXECUTION
                        WHERE STEP_NAME LIKE 'threads:%'""").get(0);
    }

    @Test
    void readsNothingButTheKeysOfWhatIsSettled() {
        assertThat(readAndPassedOver()).isEqualTo(THREADS + "|0");
        add(IntStream.of(51, 133, 301));
        migrate();

        assertThat(forum.equation()).containsEntry("threads", "63|63|0|0|0");
        assertThat(forum.ask("SELECT title FROM threads WHERE id IN ('%s', '%s', '%s') ORDER BY id"
                        .formatted(id(51), id(133), id(301))))
                .containsExactly("Thread 51", "Thread 133", "Thread 301");
        assertThat(readAndPassedOver()).isEqualTo((THREADS + THREADS + 3) + "|" + THREADS);
    }

    @Test
    void doesNotBringBackWhatPeopleHaveDeletedSince() {
        forum.target("DELETE FROM threads WHERE id = '" + id(110) + "'");
        add(IntStream.of(301));
        migrate();

        assertThat(forum.ask("SELECT count(*) FROM threads")).containsExactly(String.valueOf(THREADS));
        assertThat(forum.ask("SELECT 1 FROM threads WHERE id = '" + id(110) + "'"))
                .isEmpty();
        assertThat(forum.equation()).containsEntry("threads", "61|61|0|0|0");
    }

    @Test
    void movesAStretchOfNewRowsWithTheSettledOnesAroundIt() {
        add(IntStream.range(0, 300).map(n -> 1000 + n));
        add(IntStream.range(0, THREADS).map(n -> 101 + 2 * n));
        migrate("--migration.chunk-size=250");

        assertThat(forum.ask("SELECT count(*), count(DISTINCT title) FROM threads"))
                .containsExactly("420|420");
        assertThat(forum.equation()).containsEntry("threads", "420|420|0|0|0");
    }

    @Test
    void reportsWhatIsThereThoughNothingIsLeftToDo() {
        ReportedRun again = ReportedRun.of(forum, folder, "migrate").endsWith(0);

        assertThat(again.run().out()).contains("is finished", "Report ");
        assertThat(again.report().path("finishedBefore").booleanValue()).isTrue();
        assertThat(again.report().path("status").asString()).isEqualTo("COMPLETED");
        assertThat(again.number("/entities/threads/migrated")).isEqualTo(THREADS);
    }

    @Test
    void validationProvesNothingOfAMigrationThatWasTakenBack() {
        ReportedRun.of(forum, folder, "rollback", "--yes").endsWith(0);

        ReportedRun unproven = ReportedRun.of(forum, folder, "validate").endsWith(3);
        assertThat(unproven.run().out())
                .contains("NOT EVERY RECORD HAS ARRIVED", "INCOMPLETE", "outcome yet: 61 legacy records");
        assertThat(unproven.report().path("status").asString()).isEqualTo("INVALID");
        migrate();
        ReportedRun.of(forum, folder, "validate").endsWith(0);
    }

    @Test
    void movesARowThatAValidationMetThoughTheirNumberIsTheSame() {
        forum.legacy("DELETE FROM legacy_threads WHERE id = '" + id(110) + "'");
        add(IntStream.of(301));
        assertThat(migrate().all()).contains("is finished");

        ReportedRun met = ReportedRun.of(forum, folder, "validate").endsWith(0);
        assertThat(met.number("/entities/threads/remaining")).isZero();
        assertThat(met.number("/validation/withoutOutcome")).isEqualTo(1);
        assertThat(met.run().out()).contains("outcome yet: 1 legacy record,");
        assertThat(migrate().all()).doesNotContain("is finished");

        assertThat(ReportedRun.of(forum, folder, "validate").endsWith(0).number("/validation/withoutOutcome"))
                .isZero();
        assertThat(forum.ask("SELECT title FROM threads WHERE id = '" + id(301) + "'"))
                .containsExactly("Thread 301");
    }

    @Test
    void aSecondRowWithASettledKeyHasAnOutcomeOfItsOwn() {
        add(IntStream.of(110, 218));
        migrate();

        assertThat(forum.equation()).containsEntry("threads", "62|60|2|0|0");
    }

    @Test
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void isHeldBackByWhatItMovesOnly() {
        add(IntStream.of(51, 133));
        // At this pace all rows would take more than half a minute.
        migrate("--migration.max-records-per-second=2");

        assertThat(forum.equation()).containsEntry("threads", "62|62|0|0|0");
    }

    @Test
    void tooManyRejectsStopMigrateUntilRetryHasMendedThem() {
        String limit = "--migration.max-rejected=1";
        String[] bad = {id(301), id(302), id(303)};
        for (String id : bad) {
            forum.thread(id, "x".repeat(300), OWNER);
        }
        add(IntStream.range(0, 40).map(n -> 1000 + n));

        for (int run = 0; run < 2; run++) {
            CommandRun stopped = forum.run(folder, "migrate", "--migration.chunk-size=7", limit);
            assertThat(stopped.exitCode()).as(stopped.all()).isEqualTo(1);
            assertThat(stopped.all()).contains("max-rejected = 1", "retry");
        }
        run("migrate", "--migration.max-rejected=3");
        CommandRun finished = forum.run(folder, "migrate", limit);
        assertThat(finished.exitCode()).as(finished.all()).isEqualTo(1);
        assertThat(finished.all()).contains("is finished", "max-rejected = 1");

        forum.legacy(
                "UPDATE legacy_threads SET subject = 'Mended' WHERE id IN ('%s')".formatted(String.join("', '", bad)));
        run("validate", limit);
        run("retry", limit);
        assertThat(migrate(limit).all()).contains("is finished").doesNotContain("But");
        assertThat(forum.equation()).containsEntry("threads", "103|103|0|0|0");
    }

    @Test
    void aRowWithoutAKeyIsNotTheOneWhoseKeyIsThatWord() {
        forum.thread(null, "Without a key", OWNER).thread("null", "With that word", OWNER);
        migrate();
        run("validate");
        add(IntStream.of(301));
        migrate();

        assertThat(forum.outcomes()).contains("threads null: migrated", "threads NULL: id_missing");
        assertThat(forum.equation()).containsEntry("threads", "63|62|0|1|0");
    }

    @Test
    void rowsWithoutAKeyAreCountedOnceInWhateverChunksTheyAreTakenUp() {
        forum.run(folder, "rollback", "--yes");
        for (int n = 0; n < 20; n++) {
            forum.thread(null, "Without a key " + n % 10, OWNER);
        }
        int rejected = 0;
        for (int size : new int[] {3, 5, 2, 4}) {
            CommandRun stopped = forum.run(
                    folder,
                    "migrate",
                    "--migration.chunk-size=" + size,
                    "--migration.partitions=" + (1 + size % 3),
                    "--migration.max-rejected=" + rejected);
            assertThat(stopped.exitCode()).as(stopped.all()).isEqualTo(1);
            rejected += size;
        }
        assertThat(forum.ask("SELECT count(*) FROM threads_migration.rejected_record"))
                .containsExactly("14");

        migrate("--migration.partitions=1");

        assertThat(forum.equation()).containsEntry("threads", "80|60|0|20|0");
        assertThat(forum.ask("SELECT count(*), count(DISTINCT record) FROM threads_migration.rejected_record"))
                .containsExactly("20|10");
        assertThat(forum.ask(
                        "SELECT record FROM threads_migration.rejected_record GROUP BY record HAVING count(*) <> 2"))
                .isEmpty();
    }

    @Test
    void countsARecordOnceThatIsRejectedAgain() {
        forum.legacy("UPDATE legacy_threads SET subject = '" + "x".repeat(300) + "' WHERE id < '" + id(106) + "'");
        forum.run(folder, "rollback", "--yes");
        String asManyAsThereAre = "--migration.max-rejected=3";
        migrate(asManyAsThereAre);
        assertThat(forum.equation()).containsEntry("threads", "60|57|0|3|0");

        add(IntStream.of(51));
        migrate(asManyAsThereAre);
        run("retry", asManyAsThereAre);

        assertThat(forum.equation()).containsEntry("threads", "61|58|0|3|0");
    }
}
