package dev.threadsmigration.cli;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.deletion.DeletionGuard;
import dev.threadsmigration.job.MigrationJobs;
import dev.threadsmigration.job.PlanHolder;
import dev.threadsmigration.job.StopSignal;
import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.Counts;
import dev.threadsmigration.ledger.CurrentRun;
import dev.threadsmigration.ledger.DeferredDefinitions;
import dev.threadsmigration.ledger.DeletedRows;
import dev.threadsmigration.ledger.Equation;
import dev.threadsmigration.ledger.FollowedChanges;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.RunStatus;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.preflight.EntityPlan;
import dev.threadsmigration.report.NextStep;
import dev.threadsmigration.report.NextSteps;
import dev.threadsmigration.report.Progress;
import dev.threadsmigration.report.Redaction;
import dev.threadsmigration.report.ReportFiles;
import dev.threadsmigration.report.RunReport;
import dev.threadsmigration.report.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The end of a run: what the ledger says goes into the report, the audit log, the terminal and the exit code. */
final class Closing {

    private static final Logger LOG = LoggerFactory.getLogger("dev.threadsmigration.run");
    private static final DateTimeFormatter DRY_RUN_ID =
            DateTimeFormatter.ofPattern("'dry-run-'yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Session session;
    private final MigrationProperties properties;
    private final String command;
    private final boolean dryRun;
    private final Instant startedAt;
    private final boolean resumed;
    private final JobParameters parameters;
    private final Redaction redaction;
    private final ValidationSummary validations;
    private @Nullable Map<Entity, Counts> finishedBefore;
    private RunReport.@Nullable Validation validation;
    private RunReport.@Nullable Rollback rollback;
    private @Nullable String rollbackProblem;
    private long deletedTooMany;

    /**
     * @param parameters of the command's job
     */
    Closing(Session session, Instant startedAt, boolean resumed, JobParameters parameters) {
        this.session = session;
        this.properties = session.properties();
        this.command = session.options().command();
        this.dryRun = session.options().dryRun();
        this.startedAt = startedAt;
        this.resumed = resumed;
        this.parameters = parameters;
        this.redaction = new Redaction(
                properties.report().redact(),
                session.get(PlanHolder.class).plan().entities().values().stream()
                        .map(EntityPlan::rules)
                        .toList());
        this.validations = new ValidationSummary(session, redaction);
    }

    /** Whether the job ended and its validation found differences. */
    boolean isInvalid(JobLoop.End end) {
        validation = end.status() == BatchStatus.COMPLETED ? validation() : null;
        return differs();
    }

    private boolean differs() {
        return validation != null && !validation.isValid();
    }

    ValidationSummary validations() {
        return validations;
    }

    /** The end of a {@code migrate} that had nothing to do, since an earlier one had finished. */
    int closeFinished(Map<Entity, Counts> counts, RunReport.@Nullable Validation lastValidation) {
        finishedBefore = counts;
        validation = lastValidation;
        return close(new JobLoop.End(BatchStatus.COMPLETED, null, false));
    }

    /** Notes how the rollback ended that followed an invalid migration. */
    void rolledBack(JobLoop.End end, JobParameters rollbackParameters) {
        if (end.status() == BatchStatus.COMPLETED) {
            rollback = RollbackSummary.of(session, "rollback", rollbackParameters);
        } else {
            rollbackProblem = "The rollback that should follow did not end: %s First: %s"
                    .formatted(end.problem() == null ? "it was stopped." : words(end), session.commandLine("rollback"));
        }
    }

    /** @return the exit code */
    int close(JobLoop.End end) {
        try {
            RunReport report = report(end);
            ReportFiles files = new ReportFiles(properties.reports(), properties.name(), report.runId());
            List<NextStep> next =
                    NextSteps.after(report, session.commandOptions().jobFileArgument());
            String unwritten = write(files, report, next);
            int exitCode = unwritten == null ? exitCode(report, end) : ExitCode.FAILED;
            session.get(AuditLog.class).end(report.status(), exitCode, remark(report, unwritten));
            session.say(Summary.of(report, unwritten == null ? files : null, next));
            if (unwritten != null) {
                System.err.println(unwritten);
            }
            return exitCode;
        } catch (DataAccessException | TransactionException e) {
            System.err.printf(
                    "%s%nThe ledger cannot be read: %s. Run the same command again to resume.%n",
                    end.problem() == null ? "" : end.problem(), Causes.describe(e));
            return ExitCode.FAILED;
        }
    }

    /** @return why the files are not there; null where they are */
    private @Nullable String write(ReportFiles files, RunReport report, List<NextStep> next) {
        try {
            files.write(
                    report,
                    new Details(session).of(redaction, next),
                    session.get(Rejects.class),
                    redaction,
                    session.commandOptions().report);
            return null;
        } catch (IOException | UncheckedIOException e) {
            return "The run has ended, but its report cannot be written: " + Causes.describe(e)
                    + ". The ledger has everything; correct migration.reports or --report and run again.";
        }
    }

    private static @Nullable String remark(RunReport report, @Nullable String unwritten) {
        if (report.problem() != null) {
            return report.problem();
        }
        return unwritten == null && report.finishedBefore() ? "was finished already" : unwritten;
    }

    private RunReport report(JobLoop.End end) {
        boolean completed = end.status() == BatchStatus.COMPLETED;
        Map<Entity, Counts> counts = counts(completed);
        Rejects rejects = session.get(Rejects.class);
        FollowedChanges.Totals changes = session.get(FollowedChanges.class).totals();
        // All that wait are removed or kept, unless they are too many.
        deletedTooMany = completed && command.equals("migrate") && properties.followsDeletions()
                ? session.get(DeletedRows.class)
                        .found(session.get(PlanHolder.class).plan().entities().keySet())
                : 0;
        if (completed && command.equals("rollback")) {
            rollback = RollbackSummary.of(session, session.jobName(), parameters);
        }
        return new RunReport(
                command,
                properties.name(),
                properties.preset(),
                dryRun
                        ? DRY_RUN_ID.format(startedAt)
                        : String.valueOf(session.get(CurrentRun.class).id()),
                status(end, counts),
                dryRun,
                startedAt,
                session.get(Clock.class).instant(),
                resumed,
                counts,
                session.get(Progress.class).rates(),
                rejects.byCode(),
                rejects.first(RunReport.SHOWN).stream().map(redaction::of).toList(),
                validation,
                rollback,
                changes,
                RunReport.DualWrite.of(
                        properties.dualWrite().enabled(),
                        session.get(WriteQueue.class),
                        session.get(CarriedWrites.class)),
                dryRun ? List.of() : session.get(DeferredDefinitions.class).names(),
                finishedBefore != null,
                session.commandOptions().undo,
                end.nothingTouched(),
                tooManyRejects(counts),
                deletedTooMany > 0,
                problem(end, counts));
    }

    private Map<Entity, Counts> counts(boolean completed) {
        Equation equation = session.get(Equation.class);
        if (finishedBefore != null) {
            return finishedBefore;
        }
        if (!completed || command.equals("rollback")) {
            return equation.now();
        }
        boolean takenBack = rollback != null || rollbackProblem != null;
        // Legacy lives on while we run: the total that the equation speaks of is the one at the end.
        CompletableFuture<Map<Entity, Long>> totals = CompletableFuture.supplyAsync(this::inLegacy);
        return equation.withTotals(takenBack ? equation.now() : equation.whenMoved(), totals.join());
    }

    private Map<Entity, Long> inLegacy() {
        LegacyDatabase legacy = session.get(LegacyDatabase.class);
        Map<Entity, Long> totals = new EnumMap<>(Entity.class);
        session.get(PlanHolder.class).plan().entities().forEach((entity, found) -> {
            try {
                totals.put(entity, legacy.count(found.rules().table()));
            } catch (SQLException e) {
                LOG.warn("The legacy {} could not be counted again: {}", entity, e.getMessage());
            }
        });
        return totals;
    }

    private @Nullable String problem(JobLoop.End end, Map<Entity, Counts> counts) {
        if (tooManyRejects(counts)) {
            return "More than migration.max-rejected = %d records are rejected. Mend them and run retry, or raise the limit."
                    .formatted(properties.maxRejected());
        }
        if (deletedTooMany > 0) {
            return DeletionGuard.refusal(properties.maxDeleted(), deletedTooMany);
        }
        if (finishedBefore != null && differs()) {
            return "The last validation found differences.";
        }
        return rollbackProblem == null ? words(end) : rollbackProblem;
    }

    /** What was found before anything was touched is told in words of ours. */
    private @Nullable String words(JobLoop.End end) {
        return end.nothingTouched() ? end.problem() : redaction.ofProblem(end.problem());
    }

    private boolean tooManyRejects(Map<Entity, Counts> counts) {
        return session.get(StopSignal.class).reason() == StopSignal.Reason.TOO_MANY_REJECTS
                || finishedBefore != null
                        && !differs()
                        && properties.maxRejected() != null
                        && counts.values().stream().mapToLong(Counts::rejected).sum() > properties.maxRejected();
    }

    private RunStatus status(JobLoop.End end, Map<Entity, Counts> counts) {
        if (tooManyRejects(counts) || deletedTooMany > 0) {
            return RunStatus.FAILED;
        }
        if (end.status() == BatchStatus.COMPLETED) {
            return differs() || isBesideAnUnfinishedMigration(counts) ? RunStatus.INVALID : RunStatus.COMPLETED;
        }
        return end.status() == BatchStatus.STOPPED ? RunStatus.STOPPED : RunStatus.FAILED;
    }

    /**
     * Whether a {@code validate} came before the migration was done, or after it was taken back, be it in part: what has not
     * arrived is not proven. Records that came to legacy since it was done are none of its losses.
     */
    private boolean isBesideAnUnfinishedMigration(Map<Entity, Counts> counts) {
        return command.equals("validate")
                && counts.values().stream().anyMatch(entity -> entity.remaining() > 0)
                && (!lastHasEnded("migrate", false) || !lastHasEnded("rollback", true) || !lastHasEnded("undo", true));
    }

    /** @param none what is said where there was none */
    private boolean lastHasEnded(String job, boolean none) {
        return new MigrationJobs(session.get(JobRepository.class), properties.name())
                .lastExecutions(job)
                .findFirst()
                .map(last -> last.getStatus() == BatchStatus.COMPLETED)
                .orElse(none);
    }

    private RunReport.@Nullable Validation validation() {
        boolean validated = command.equals("validate")
                || command.equals("migrate") && properties.validation().enabled();
        JobInstance instance = validated ? session.get(JobRepository.class).getJobInstance(command, parameters) : null;
        if (instance == null) {
            return null;
        }
        JobExecution ended =
                Objects.requireNonNull(session.get(JobRepository.class).getLastJobExecution(instance));
        return validations.of(ended, session.get(Equation.class).whenMoved());
    }

    private int exitCode(RunReport report, JobLoop.End end) {
        if (session.get(StopSignal.class).reason() == StopSignal.Reason.TERMINATED) {
            // The JVM ends with the signal's own code, whatever we have come to.
            return ExitCode.STOPPED;
        }
        return switch (report.status()) {
            case COMPLETED -> ExitCode.DONE;
            case INVALID -> ExitCode.INVALID;
            case STOPPED -> ExitCode.STOPPED;
            default -> end.busy() ? ExitCode.BUSY : end.nothingTouched() ? ExitCode.USAGE : ExitCode.FAILED;
        };
    }
}
