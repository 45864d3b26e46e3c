package dev.threadsmigration.cli;

import dev.threadsmigration.config.EffectiveSettings;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.config.OnInvalid;
import dev.threadsmigration.database.ConnectionGate;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.job.ChunkSize;
import dev.threadsmigration.job.MigrateJobConfiguration;
import dev.threadsmigration.job.StopSignal;
import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.BuildVersion;
import dev.threadsmigration.ledger.Counts;
import dev.threadsmigration.ledger.CurrentRun;
import dev.threadsmigration.ledger.Equation;
import dev.threadsmigration.ledger.RollbackItems;
import dev.threadsmigration.ledger.RunLock;
import dev.threadsmigration.ledger.RunStatus;
import dev.threadsmigration.model.Amount;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.preflight.EntityPlan;
import dev.threadsmigration.preflight.MigrationPlan;
import dev.threadsmigration.report.Progress;
import dev.threadsmigration.report.ReportFiles;
import dev.threadsmigration.report.RunReport;
import dev.threadsmigration.report.TerminalScreen;
import dev.threadsmigration.target.ApplicationWrites;
import dev.threadsmigration.target.IndexDeferral;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/**
 * The part of a run that has the migration's lock: finds the job that goes on or begins, runs it to its end and closes the run.
 */
final class LockedRun {

    private static final Logger LOG = LoggerFactory.getLogger("dev.threadsmigration.run");

    private final Session session;
    private final RunLock lock;
    private final Instant startedAt;
    private final MigrationProperties properties;
    private final String command;
    private final boolean dryRun;

    LockedRun(Session session, RunLock lock, Instant startedAt) {
        this.session = session;
        this.lock = lock;
        this.startedAt = startedAt;
        this.properties = session.properties();
        this.command = session.options().command();
        this.dryRun = session.options().dryRun();
    }

    /** @return the exit code */
    int run(MigrationPlan plan) {
        refuseBesideUnfinishedRollback();
        AuditLog audit = session.get(AuditLog.class);
        audit.begin(
                command + (session.commandOptions().undo ? " --undo" : "") + (dryRun ? " --dry-run" : ""),
                BuildVersion.current(),
                EffectiveSettings.of(properties),
                id -> dryRun || new ReportFiles(properties.reports(), properties.name(), String.valueOf(id)).reserve());
        boolean killedBefore = audit.closeKilledRuns() > 0;
        if (!command.equals("migrate") && !dryRun) {
            // The migration that took them off may never be resumed.
            try {
                session.get(IndexDeferral.class).putBack();
            } catch (IllegalStateException e) {
                audit.end(RunStatus.FAILED, ExitCode.FAILED, e.getMessage());
                System.err.println(e.getMessage());
                return ExitCode.FAILED;
            }
        }
        Map<Entity, Long> totals = new EnumMap<>(Entity.class);
        plan.entities().forEach((entity, found) -> totals.put(entity, found.total()));
        Equation equation = session.get(Equation.class);
        Map<Entity, Counts> before = equation.withTotals(equation.now(), totals);
        JobRepository repository = session.get(JobRepository.class);
        JobChoice choice = JobChoice.find(
                repository,
                session.jobName(),
                properties.name(),
                session.get(CurrentRun.class).id());
        if (command.equals("rollback") && !dryRun && !choice.resumes()) {
            Optional<JobParameters> untold = new UntoldEnd(session).find();
            if (untold.isPresent()) {
                LOG.info("It was done when the run before this one was ended; this is its report.");
                return execute(before, untold.get(), true, true);
            }
        }
        if (choice.finished()) {
            Closing closing = new Closing(session, startedAt, true, choice.parameters());
            // Fewer rows than outcomes is a change, too: behind rows that vanished new ones may hide.
            boolean unchanged = !properties.followsLegacy()
                    && session.get(ApplicationWrites.class)
                            .isAsWanted(
                                    properties.dualWrite().enabled(),
                                    plan.entities().values().stream()
                                            .map(EntityPlan::table)
                                            .toList())
                    && plan.entities().entrySet().stream()
                            .allMatch(entry -> entry.getValue().total()
                                    == before.getOrDefault(entry.getKey(), Counts.NONE)
                                            .done())
                    && !closing.validations().metNewRows();
            if (unchanged) {
                return finished(closing, before, choice.parameters(), killedBefore);
            }
            LOG.info(
                    properties.followsLegacy()
                            ? "The migration was finished before; following what has happened in legacy since."
                            : "Legacy has changed since the migration was finished; moving what is new.");
            choice = choice.nextRound();
        }
        boolean resumed = choice.resumes()
                || killedBefore
                        && command.equals("migrate")
                        && before.values().stream().anyMatch(c -> c.done() > 0);
        if (resumed) {
            LOG.info(
                    "Resuming migration '{}' after {}.",
                    properties.name(),
                    Amount.of(before.values().stream().mapToLong(Counts::done).sum(), "record"));
        }
        JobParameters parameters = session.jobName().equals("migrate") || command.equals("validate")
                ? new ValidationSample(session).addTo(choice, session.jobName())
                : choice.parameters();
        return execute(before, parameters, resumed, false);
    }

    /** What a half done rollback has removed must not come back beside what it will still remove. */
    private void refuseBesideUnfinishedRollback() {
        for (String unfinished : List.of("rollback", "undo")) {
            boolean inTheWay = !command.equals("validate") && !session.jobName().equals(unfinished);
            if (inTheWay
                    && JobChoice.find(session.get(JobRepository.class), unfinished, properties.name(), 0)
                            .resumes()) {
                throw new UsageException("A rollback of migration '%s' has not ended. Nothing was touched. First: %s%s"
                        .formatted(
                                properties.name(),
                                session.commandLine("rollback"),
                                unfinished.equals("undo") ? " --undo" : ""));
            }
        }
    }

    /** Nothing is left to move; what the run that moved the last record found still counts. */
    private int finished(Closing closing, Map<Entity, Counts> counts, JobParameters parameters, boolean killedBefore) {
        RunReport.Validation last = closing.validations().last(counts);
        if (last != null
                && !last.isValid()
                && killedBefore
                && rollsBackByItself(session)
                && MigrateJobConfiguration.isFirstRound(parameters)) {
            LOG.info("The migration was killed when it had found differences.");
            return execute(counts, parameters, true, true);
        }
        return closing.closeFinished(counts, last);
    }

    /** @param moved whether the job has ended already, and only what follows it is still to be done */
    @SuppressWarnings("try") // the signal is only there to be closed
    private int execute(Map<Entity, Counts> before, JobParameters parameters, boolean resumed, boolean moved) {
        StopSignal stop = session.get(StopSignal.class);
        // A signal waits for the report, too: the JVM halts as soon as the last shutdown hook has ended.
        try (StopOnSignal signal = StopOnSignal.install(stop)) {
            JobLoop.End end = moved
                    ? new JobLoop.End(BatchStatus.COMPLETED, null, false)
                    : loop(session.jobName(), stop, before, parameters);
            Closing closing = new Closing(session, startedAt, resumed, parameters);
            // Later on nobody can tell a difference that we made from one that people have made since.
            boolean invalid = closing.isInvalid(end) && rollsBackByItself(session);
            if (invalid && !MigrateJobConfiguration.isFirstRound(parameters)) {
                LOG.warn(
                        "Validation found differences, and the migration stays as it is: it was finished before, so people may have changed either side since. To take it back all the same: {}",
                        session.commandLine("rollback"));
            } else if (invalid) {
                LOG.info("Validation found differences: migration.on-invalid rolls the migration back.");
                Map<Entity, Counts> migrated = session.get(Equation.class).whenMoved();
                JobParameters rollback = JobChoice.find(
                                session.get(JobRepository.class),
                                "rollback",
                                properties.name(),
                                session.get(CurrentRun.class).id())
                        .parameters();
                closing.rolledBack(loop("rollback", stop, migrated, rollback), rollback);
            }
            return closing.close(end);
        }
    }

    /** Whether the run takes the migration back where it finds differences. */
    static boolean rollsBackByItself(Session session) {
        return session.options().command().equals("migrate")
                && !session.options().dryRun()
                && session.properties().onInvalid() == OnInvalid.ROLLBACK;
    }

    @SuppressWarnings("try") // the watch is only there to be closed
    private JobLoop.End loop(String job, StopSignal stop, Map<Entity, Counts> before, JobParameters parameters) {
        try (Progress progress = session.get(Progress.class);
                LockWatch watch = LockWatch.start(lock, stop, session.get(ConnectionGate.class))) {
            progress.begin(before, TerminalScreen.choose());
            // What mends rejects, compares or takes back must not be stopped by those that there are.
            if (job.equals("migrate") && properties.maxRejected() != null) {
                progress.limitRejects(properties.maxRejected(), () -> stop.stop(StopSignal.Reason.TOO_MANY_REJECTS));
            }
            return new JobLoop(
                            session.get(JobRepository.class),
                            session.get(JobOperator.class),
                            session.get(RollbackItems.class),
                            session.get(AuditLog.class),
                            lock,
                            stop,
                            session.get(ConnectionGate.class),
                            session.get(ChunkSize.class),
                            session.get(Clock.class),
                            // Its one transaction is gone with its connection: there is nothing to go on with.
                            dryRun ? Duration.ZERO : properties.retryFor(),
                            Dialect.of(properties.target().url()),
                            Dialect.of(properties.source().url()))
                    .run(session.get(job, Job.class), parameters);
        }
    }
}
