package dev.threadsmigration.report;

import dev.threadsmigration.ledger.RunStatus;
import dev.threadsmigration.ledger.WriteQueue;
import java.util.ArrayList;
import java.util.List;

/** Chooses what a person does next, with the commands to copy. */
public final class NextSteps {

    private static final NextStep MEND_REJECTS =
            new NextStep("Mend the rejected records in legacy by their remedies, or accept them", null);

    private final RunReport report;
    private final String jobFile;

    private NextSteps(RunReport report, String jobFile) {
        this.report = report;
        this.jobFile = jobFile;
    }

    /**
     * The steps after a run; none where nothing was touched, since what was in the way says what to do.
     *
     * @param jobFile the job file as it stood on the command line; empty: the built-in demo
     */
    public static List<NextStep> after(RunReport report, String jobFile) {
        return new NextSteps(report, jobFile).choose();
    }

    private List<NextStep> choose() {
        if (report.nothingTouched()) {
            return List.of();
        }
        boolean ended = report.status().isFinished();
        if (report.dryRun()) {
            return ended ? afterDryRun() : List.of(new NextStep("Rehearse again", again(" --dry-run")));
        }
        if (report.tooManyRejects()) {
            return afterTooManyRejects();
        }
        if (report.tooManyDeleted()) {
            return List.of(
                    new NextStep(
                            "See that legacy is whole and the right one; threads_migration.followed_change names what is gone",
                            null),
                    new NextStep("Where all of it was deleted on purpose, raise migration.max-deleted", again("")));
        }
        if (!ended) {
            return List.of(new NextStep("Run the same command again; it goes on where this run ended", again("")));
        }
        if (report.status() == RunStatus.INVALID) {
            return afterDifferences();
        }
        if (report.command().equals("sync")) {
            return afterSync();
        }
        return !report.command().equals("rollback") ? afterSuccess() : report.undo() ? afterUndo() : afterRollback();
    }

    private List<NextStep> afterDryRun() {
        if (report.status() == RunStatus.INVALID) {
            return List.of(
                    new NextStep("Look into the report, and mend what is wrong", null),
                    new NextStep("Rehearse again", again(" --dry-run")));
        }
        List<NextStep> steps = new ArrayList<>();
        if (report.rejected() > 0 && !report.command().equals("rollback")) {
            steps.add(MEND_REJECTS);
        }
        steps.add(new NextStep("Do it for good", again("")));
        return steps;
    }

    private List<NextStep> afterTooManyRejects() {
        List<NextStep> steps = new ArrayList<>();
        steps.add(new NextStep("Mend the rejected records by their remedies, or raise migration.max-rejected", null));
        steps.add(new NextStep("Run the mended ones again", command("retry")));
        if (report.remaining() > 0) {
            steps.add(new NextStep("Go on with the others", again("")));
        }
        return steps;
    }

    private List<NextStep> afterDifferences() {
        if (report.rollback() != null) {
            return List.of(
                    new NextStep("Look into the differences in the report, and mend what made them", null),
                    new NextStep("Migrate again", command("migrate")));
        }
        if (report.isIncomplete()) {
            return List.of(new NextStep("Move the records that are left", command("migrate")));
        }
        if (waiting().unseen() > 0) {
            return List.of(
                    new NextStep("Carry to legacy what the application wrote; until then the two sides differ", sync()),
                    new NextStep("Compare again", command("validate")));
        }
        return List.of(
                new NextStep("Look into the report: did somebody change the target, legacy, or the job file?", null),
                new NextStep("Compare again once the differences are mended", command("validate")),
                new NextStep("Or take the migration back", command("rollback")));
    }

    private List<NextStep> afterSuccess() {
        List<NextStep> steps = new ArrayList<>();
        if (report.remaining() > 0) {
            steps.add(new NextStep("Move the records that are left", command("migrate")));
        }
        if (report.rejected() > 0) {
            steps.add(MEND_REJECTS);
            steps.add(new NextStep("Run the mended ones again", command("retry")));
        }
        if (report.validation() == null || !report.validation().isFull()) {
            steps.add(new NextStep("Compare every record", command("validate")));
        }
        boolean arrived = steps.isEmpty();
        if (arrived && waiting().isNone()) {
            steps.add(new NextStep(
                    "Point the application at the new database"
                            + (queues() ? "; what it writes there is queued for legacy" : ""),
                    null));
        }
        steps.addAll(queued(arrived));
        if (arrived) {
            steps.add(new NextStep(
                    "If something turns up later, the migration can be taken back" + (queues() ? " after a sync" : ""),
                    command("rollback")));
        }
        return steps;
    }

    /** @param arrived whether nothing else is to be done before the application writes there */
    private List<NextStep> queued(boolean arrived) {
        List<NextStep> steps = new ArrayList<>();
        if (queues()) {
            steps.addAll(held());
            if (arrived || waiting().unseen() > 0) {
                steps.add(new NextStep("Carry to legacy what the application writes, again and again", sync()));
            }
        } else if (!waiting().isNone()) {
            steps.add(new NextStep("Carry to legacy what waits in the queue from earlier", sync()));
            steps.add(new NextStep("Or discard it: " + WriteQueue.discarding(report.migration()), null));
        }
        return steps;
    }

    private List<NextStep> held() {
        return waiting().held() == 0
                ? List.of()
                : List.of(new NextStep(
                        "Mend one side of what is held, or set migration.dual-write.on-conflict; which records, and why, is in threads_migration.queued_write",
                        null));
    }

    private WriteQueue.Waiting waiting() {
        return report.dualWrite() == null
                ? WriteQueue.Waiting.NONE
                : report.dualWrite().waiting();
    }

    /** Whether the application's writes are queued for legacy from now on. */
    private boolean queues() {
        return report.dualWrite() != null && report.dualWrite().enabled();
    }

    private String sync() {
        return command("sync") + (queues() ? "" : " --migration.dual-write.enabled=true");
    }

    private List<NextStep> afterSync() {
        List<NextStep> steps = new ArrayList<>(held());
        steps.add(new NextStep("Carry what is written from now on", again("")));
        return steps;
    }

    private List<NextStep> afterUndo() {
        if (report.rollback() != null && report.rollback().kept() > 0) {
            return List.of(
                    new NextStep("Mend what the target refuses records for, or leave them out", null),
                    new NextStep("Put the mended ones back", again("")),
                    new NextStep("Compare every record", command("validate")));
        }
        return List.of(new NextStep("Make sure that everything is as it was", command("validate")));
    }

    private List<NextStep> afterRollback() {
        return List.of(
                new NextStep("Point the application at legacy again", null),
                new NextStep("To take the rollback itself back", command("rollback") + " --undo"),
                new NextStep("To forget the migration for good", command("rollback") + " --purge"));
    }

    private String again(String option) {
        return command(report.command()) + (report.undo() ? " --undo" : "") + option;
    }

    private String command(String command) {
        return CommandText.of(command, jobFile);
    }
}
