package dev.threadsmigration.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.Counts;
import dev.threadsmigration.ledger.FollowedChanges;
import dev.threadsmigration.ledger.RunStatus;
import dev.threadsmigration.ledger.ValidationLog.Totals;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.model.Entity;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an operator is told to do, at the terminal and on the page, after each way that a run can end. */
class NextStepsTests {

    private static final String TOOL = "java -jar threads-migration.jar ";
    private static final RunReport.Rollback TAKEN_BACK = new RunReport.Rollback(0, 7, 0, Map.of(), 0, 0);

    /** What matters of a run; it moved seven threads. */
    private String command = "migrate";

    private RunStatus status = RunStatus.COMPLETED;
    private boolean dryRun;
    private boolean undo;
    private boolean nothingTouched;
    private boolean tooManyRejects;
    private boolean tooManyDeleted;
    private long rejected;
    private long remaining;
    private RunReport.@Nullable Validation validation = validation("full", 0);
    private RunReport.@Nullable Rollback rollback;
    private RunReport.@Nullable DualWrite dualWrite;

    private static RunReport.DualWrite dualWrite(boolean enabled, long unseen, long held) {
        return new RunReport.DualWrite(
                enabled,
                new WriteQueue.Waiting(unseen, held == 0 ? Map.of() : Map.of("it changed in legacy, too", held)),
                new CarriedWrites.Totals(Map.of(), Map.of()));
    }

    private static RunReport.Validation validation(String mode, long different) {
        return new RunReport.Validation(
                mode,
                Map.of(Entity.THREADS, new Totals(7, 0, 7, 0, different)),
                Map.of(),
                0,
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                null);
    }

    private List<String> steps() {
        Instant at = Instant.parse("2026-03-07T22:00:00Z");
        RunReport report = new RunReport(
                command,
                "forum",
                "legacy-v1",
                "7",
                status,
                dryRun,
                at,
                at,
                false,
                Map.of(Entity.THREADS, new Counts(7 + rejected + remaining, 7, 0, rejected, remaining)),
                Map.of(),
                Map.of(),
                List.of(),
                validation,
                rollback,
                FollowedChanges.Totals.NONE,
                dualWrite,
                List.of(),
                false,
                undo,
                nothingTouched,
                tooManyRejects,
                tooManyDeleted,
                null);
        return NextSteps.after(report, " jobs/forum.yml").stream()
                .map(NextStep::line)
                .toList();
    }

    private static String[] lines(String text) {
        return Arrays.stream(text.split("\n"))
                .map(line -> line.replace("$ ", TOOL))
                .toArray(String[]::new);
    }

    @Test
    void whatIsProvenGoesLive() {
        assertThat(steps()).containsExactly(lines("""
                Point the application at the new database
                If something turns up later, the migration can be taken back: $ rollback jobs/forum.yml"""));
    }

    @Test
    void withDualWriteTheApplicationsWritesAreCarriedToLegacy() {
        dualWrite = dualWrite(true, 0, 0);
        assertThat(steps()).containsExactly(lines("""
                Point the application at the new database; what it writes there is queued for legacy
                Carry to legacy what the application writes, again and again: $ sync jobs/forum.yml
                If something turns up later, the migration can be taken back after a sync: $ rollback jobs/forum.yml"""));
        dualWrite = dualWrite(true, 2, 1);
        assertThat(steps()).containsExactly(lines("""
                Mend one side of what is held, or set migration.dual-write.on-conflict; which records, and why, is in threads_migration.queued_write
                Carry to legacy what the application writes, again and again: $ sync jobs/forum.yml
                If something turns up later, the migration can be taken back after a sync: $ rollback jobs/forum.yml"""));
        remaining = 3;
        assertThat(steps())
                .contains(lines("Carry to legacy what the application writes, again and again: $ sync jobs/forum.yml"));
        dualWrite = dualWrite(true, 0, 0);
        assertThat(steps()).containsExactly(lines("Move the records that are left: $ migrate jobs/forum.yml"));
    }

    @Test
    void whatWaitsFromAnEarlierDualWriteIsCarriedOrDiscarded() {
        dualWrite = dualWrite(false, 1, 0);
        assertThat(steps()).containsExactly(lines("""
                Carry to legacy what waits in the queue from earlier: $ sync jobs/forum.yml --migration.dual-write.enabled=true
                Or discard it: DELETE FROM threads_migration.queued_write WHERE migration = 'forum'
                If something turns up later, the migration can be taken back: $ rollback jobs/forum.yml"""));
        dualWrite = dualWrite(false, 0, 0);
        assertThat(steps()).startsWith("Point the application at the new database");
    }

    @Test
    void whatLegacyHasNotGotYetIsADifferenceUntilItHas() {
        status = RunStatus.INVALID;
        validation = validation("full", 1);
        dualWrite = dualWrite(true, 2, 0);
        assertThat(steps()).containsExactly(lines("""
                Carry to legacy what the application wrote; until then the two sides differ: $ sync jobs/forum.yml
                Compare again: $ validate jobs/forum.yml"""));
        dualWrite = dualWrite(true, 0, 2);
        assertThat(steps())
                .startsWith("Look into the report: did somebody change the target, legacy, or the job file?");
    }

    @Test
    void rejectsRecordsThatAreLeftAndAMissingProofAreStillToBeDone() {
        rejected = 2;
        remaining = 3;
        validation = validation("sample", 0);
        assertThat(steps()).containsExactly(lines("""
                Move the records that are left: $ migrate jobs/forum.yml
                Mend the rejected records in legacy by their remedies, or accept them
                Run the mended ones again: $ retry jobs/forum.yml
                Compare every record: $ validate jobs/forum.yml"""));
    }

    @Test
    void whatStoppedHalfWayIsRunAgain() {
        validation = null;
        remaining = 3;
        for (RunStatus half : List.of(RunStatus.FAILED, RunStatus.STOPPED)) {
            status = half;
            command = "retry";
            undo = false;
            assertThat(steps())
                    .containsExactly(lines(
                            "Run the same command again; it goes on where this run ended: $ retry jobs/forum.yml"));
            command = "rollback";
            undo = true;
            assertThat(steps())
                    .containsExactly(
                            lines(
                                    "Run the same command again; it goes on where this run ended: $ rollback jobs/forum.yml --undo"));
        }
    }

    @Test
    void whatTouchedNothingSaysItselfWhatToDo() {
        command = "rollback";
        status = RunStatus.FAILED;
        nothingTouched = true;
        assertThat(steps()).isEmpty();
    }

    @Test
    void whereTooMuchWasDeletedLegacyIsLookedAtBeforeTheLimitIsRaised() {
        status = RunStatus.FAILED;
        tooManyDeleted = true;
        assertThat(steps()).containsExactly(lines("""
                See that legacy is whole and the right one; threads_migration.followed_change names what is gone
                Where all of it was deleted on purpose, raise migration.max-deleted: $ migrate jobs/forum.yml"""));
    }

    @Test
    void tooManyRejectsAreMendedBeforeTheSameCommand() {
        status = RunStatus.FAILED;
        tooManyRejects = true;
        rejected = 2;
        assertThat(steps()).containsExactly(lines("""
                Mend the rejected records by their remedies, or raise migration.max-rejected
                Run the mended ones again: $ retry jobs/forum.yml"""));
        remaining = 3;
        assertThat(steps()).endsWith(lines("Go on with the others: $ migrate jobs/forum.yml"));
    }

    @Test
    void aRehearsalIsFollowedByTheSameCommandForGood() {
        dryRun = true;
        rejected = 2;
        assertThat(steps()).containsExactly(lines("""
                Mend the rejected records in legacy by their remedies, or accept them
                Do it for good: $ migrate jobs/forum.yml"""));
        command = "rollback";
        undo = true;
        assertThat(steps()).containsExactly(lines("Do it for good: $ rollback jobs/forum.yml --undo"));
    }

    @Test
    void aRehearsalThatDidNotGoWellIsNotDoneForGood() {
        dryRun = true;
        status = RunStatus.FAILED;
        assertThat(steps()).containsExactly(lines("Rehearse again: $ migrate jobs/forum.yml --dry-run"));
        status = RunStatus.INVALID;
        assertThat(steps()).containsExactly(lines("""
                Look into the report, and mend what is wrong
                Rehearse again: $ migrate jobs/forum.yml --dry-run"""));
    }

    @Test
    void differencesAreLookedInto() {
        status = RunStatus.INVALID;
        validation = validation("full", 1);
        assertThat(steps()).containsExactly(lines("""
                Look into the report: did somebody change the target, legacy, or the job file?
                Compare again once the differences are mended: $ validate jobs/forum.yml
                Or take the migration back: $ rollback jobs/forum.yml"""));
        rollback = TAKEN_BACK;
        assertThat(steps()).containsExactly(lines("""
                Look into the differences in the report, and mend what made them
                Migrate again: $ migrate jobs/forum.yml"""));
    }

    @Test
    void whatHasNotArrivedIsMoved() {
        status = RunStatus.INVALID;
        command = "validate";
        remaining = 3;
        assertThat(steps()).containsExactly(lines("Move the records that are left: $ migrate jobs/forum.yml"));
    }

    @Test
    void aRollbackCanBeUndoneOrForgotten() {
        command = "rollback";
        rollback = TAKEN_BACK;
        validation = null;
        assertThat(steps()).containsExactly(lines("""
                Point the application at legacy again
                To take the rollback itself back: $ rollback jobs/forum.yml --undo
                To forget the migration for good: $ rollback jobs/forum.yml --purge"""));
        undo = true;
        assertThat(steps()).containsExactly(lines("Make sure that everything is as it was: $ validate jobs/forum.yml"));
    }
}
