package dev.threadsmigration.cli;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.config.SampleSize;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.DryRunDataSource;
import dev.threadsmigration.job.MigrateJobConfiguration;
import dev.threadsmigration.job.PlanHolder;
import dev.threadsmigration.job.StopSignal;
import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.Counts;
import dev.threadsmigration.ledger.CurrentRun;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.LedgerSchema;
import dev.threadsmigration.ledger.MigrationRegistry;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.RunLock;
import dev.threadsmigration.ledger.ValidationLog;
import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.mapping.IdMapping;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.preflight.Check;
import dev.threadsmigration.preflight.MigrationPlan;
import dev.threadsmigration.preflight.Preflight;
import dev.threadsmigration.preflight.PreflightReport;
import dev.threadsmigration.report.CountsTable;
import dev.threadsmigration.report.Progress;
import dev.threadsmigration.report.ReportFiles;
import dev.threadsmigration.report.RunReport;
import dev.threadsmigration.report.Summary;
import dev.threadsmigration.report.TerminalScreen;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/** {@code migrate}, {@code validate} and {@code retry}: what they have in common around their jobs. */
final class RunCommand {

    private static final Logger LOG = LoggerFactory.getLogger("dev.threadsmigration.run");
    private static final DateTimeFormatter DRY_RUN_ID =
            DateTimeFormatter.ofPattern("'dry-run-'yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Session session;
    private final MigrationProperties properties;
    private final String command;
    private final boolean dryRun;
    private final Clock clock;
    private final Instant startedAt;

    RunCommand(Session session) {
        this.session = session;
        this.properties = session.properties();
        this.command = session.options().command();
        this.dryRun = session.options().dryRun();
        this.clock = session.get(Clock.class);
        this.startedAt = clock.instant();
    }

    int run() {
        PreflightReport preflight = new Preflight(properties, session.legacy(), session.target()).run();
        if (preflight.plan() == null) {
            preflight.failures().forEach(check -> System.err.println(PreflightCommand.line(check)));
            System.err.println("Nothing was touched. All checks: " + session.commandLine("preflight"));
            return ExitCode.USAGE;
        }
        preflight.checks().stream()
                .filter(check -> check.result() == Check.Result.NOTE)
                .forEach(check -> LOG.info("note: {}: {}", check.about(), check.message()));
        LedgerSchema schema = session.get(LedgerSchema.class);
        boolean temporary = false;
        try (RunLock lock = session.get(RunLock.class)) {
            if (dryRun) {
                temporary = !schema.exists();
                if (temporary) {
                    schema.createForDryRun(session.target().getConnection());
                }
            } else if (!command.equals("migrate") && !schema.exists()) {
                System.err.printf("Migration '%s' has not been started. Nothing to %s.%n", properties.name(), command);
                return ExitCode.USAGE;
            } else {
                schema.migrate();
            }
            UUID namespace = register(preflight.plan());
            session.get(PlanHolder.class).set(preflight.plan(), namespace);
            if (!(dryRun && temporary) && !lock.tryAcquire()) {
                System.err.printf(
                        "Another process is running migration '%s'; this one has touched nothing. See: %s%n",
                        properties.name(), session.commandLine("status"));
                return ExitCode.BUSY;
            }
            return locked(preflight.plan(), lock);
        } catch (SQLException e) {
            System.err.println("The target database failed before the run began: " + Causes.describe(e));
            return ExitCode.FAILED;
        } finally {
            endDryRun(schema, temporary);
        }
    }

    private void endDryRun(LedgerSchema schema, boolean temporary) {
        if (session.target() instanceof DryRunDataSource transaction) {
            try {
                transaction.close();
                if (temporary && schema.leavesTraces()) {
                    try (var connection = transaction.lasting().getConnection()) {
                        schema.dropAfterDryRun(connection);
                    }
                }
            } catch (SQLException e) {
                LOG.warn(
                        "The dry run's transaction could not be rolled back by us; the server does it: {}",
                        e.getMessage());
            }
        }
    }

    private UUID register(MigrationPlan plan) {
        MigrationRegistry registry = session.get(MigrationRegistry.class);
        UUID namespace =
                Objects.requireNonNullElseGet(properties.idNamespace(), () -> IdMapping.namespaceOf(properties.name()));
        Optional<MigrationRegistry.Registered> known = registry.all().stream()
                .filter(migration -> migration.name().equals(properties.name()))
                .findFirst();
        if (known.isEmpty()) {
            registry.add(new MigrationRegistry.Registered(
                    properties.name(), properties.preset(), namespace, plan.sourceIdentity()));
            return namespace;
        }
        if (properties.idNamespace() != null && !known.get().idNamespace().equals(properties.idNamespace())) {
            throw new UsageException("migration.id-namespace is " + namespace + ", but the migration was started with "
                    + known.get().idNamespace() + ": its ids cannot change any more");
        }
        return known.get().idNamespace();
    }

    private int locked(MigrationPlan plan, RunLock lock) {
        AuditLog audit = session.get(AuditLog.class);
        audit.begin(command + (dryRun ? " --dry-run" : ""), Version.current(), settings());
        boolean killedBefore = audit.closeKilledRuns() > 0;
        Ledger ledger = session.get(Ledger.class);
        plan.entities().forEach((entity, found) -> ledger.total(entity, found.total()));
        Map<Entity, Counts> before = ledger.counts();
        JobRepository repository = session.get(JobRepository.class);
        Parameters parameters = Parameters.find(repository, command, properties.name(), session.get(CurrentRun.class));
        if (command.equals("migrate") && parameters.finished()) {
            long remaining =
                    before.values().stream().mapToLong(Counts::remaining).sum();
            if (remaining == 0) {
                return alreadyFinished(audit, before);
            }
            LOG.info("{} legacy records came since the migration was finished; moving them.", remaining);
            parameters = parameters.nextRound();
        }
        boolean resumed =
                parameters.resumes() || killedBefore && before.values().stream().anyMatch(c -> c.done() > 0);
        if (resumed) {
            LOG.info(
                    "Resuming migration '{}' after {} records.",
                    properties.name(),
                    before.values().stream().mapToLong(Counts::done).sum());
        }
        return execute(lock, audit, ledger, before, parameters.job(), resumed);
    }

    private int alreadyFinished(AuditLog audit, Map<Entity, Counts> counts) {
        audit.end("COMPLETED", ExitCode.DONE, "was finished already");
        System.out.printf(
                "Migration '%s' is finished; every legacy record has its outcome.%n%n%s%n  Next  %s%n",
                properties.name(),
                CountsTable.of(counts),
                session.commandLine(counts.values().stream().anyMatch(c -> c.rejected() > 0) ? "retry" : "validate"));
        return ExitCode.DONE;
    }

    @SuppressWarnings("try") // two of the resources are only there to be closed
    private int execute(
            RunLock lock,
            AuditLog audit,
            Ledger ledger,
            Map<Entity, Counts> before,
            JobParameters parameters,
            boolean resumed) {
        StopSignal stop = session.get(StopSignal.class);
        JobLoop.End end;
        try (Progress progress = session.get(Progress.class);
                StopOnSignal signal = StopOnSignal.install(stop);
                LockWatch watch = LockWatch.start(lock, stop, dryRun)) {
            progress.begin(before, TerminalScreen.choose());
            if (properties.maxRejected() != null) {
                progress.limitRejects(properties.maxRejected(), () -> stop.stop(StopSignal.Reason.TOO_MANY_REJECTS));
            }
            end = new JobLoop(
                            session.get(JobRepository.class),
                            session.get(JobOperator.class),
                            lock,
                            stop,
                            clock,
                            properties.retryFor(),
                            Dialect.of(properties.target().url()),
                            Dialect.of(properties.source().url()))
                    .run(session.get(command, Job.class), parameters);
        }
        return finish(audit, ledger, end, stop, parameters, resumed);
    }

    private int finish(
            AuditLog audit,
            Ledger ledger,
            JobLoop.End end,
            StopSignal stop,
            JobParameters parameters,
            boolean resumed) {
        try {
            RunReport report = report(ledger, end, stop, parameters, resumed);
            int exitCode = exitCode(report, end);
            ReportFiles files = new ReportFiles(properties.reports(), properties.name(), report.runId());
            files.write(report, session.get(Rejects.class), session.commandOptions().report);
            audit.end(report.status(), exitCode, report.problem());
            System.out.println(Summary.of(report, files.reportFile(), files.errorFile(), next(report)));
            return exitCode;
        } catch (IOException e) {
            System.err.println("The run has ended, but its report cannot be written: " + Causes.describe(e)
                    + ". The ledger has everything; correct migration.reports and run again.");
            return ExitCode.FAILED;
        } catch (RuntimeException e) {
            System.err.printf(
                    "%s%nThe ledger cannot be read: %s. Run the same command again to resume.%n",
                    end.problem() == null ? "" : end.problem(), Causes.describe(e));
            return ExitCode.FAILED;
        }
    }

    private RunReport report(
            Ledger ledger, JobLoop.End end, StopSignal stop, JobParameters parameters, boolean resumed) {
        if (end.status() == BatchStatus.COMPLETED) {
            recount(ledger);
        }
        Rejects rejects = session.get(Rejects.class);
        RunReport.Validation validation = end.status() == BatchStatus.COMPLETED ? validation(parameters) : null;
        String status = end.status() == BatchStatus.COMPLETED
                ? validation != null && !validation.isValid() ? "INVALID" : "COMPLETED"
                : end.status() == BatchStatus.STOPPED && stop.reason() != StopSignal.Reason.TOO_MANY_REJECTS
                        ? "STOPPED"
                        : "FAILED";
        return new RunReport(
                command,
                properties.name(),
                properties.preset(),
                dryRun
                        ? DRY_RUN_ID.format(startedAt)
                        : String.valueOf(session.get(CurrentRun.class).id()),
                status,
                dryRun,
                startedAt,
                clock.instant(),
                resumed,
                ledger.counts(),
                session.get(Progress.class).rates(),
                rejects.byCode(),
                rejects.first(RunReport.SHOWN),
                validation,
                problem(end, stop));
    }

    private @Nullable String problem(JobLoop.End end, StopSignal stop) {
        return stop.reason() == StopSignal.Reason.TOO_MANY_REJECTS
                ? "More than migration.max-rejected = %d records were rejected. Mend them, or raise the limit."
                        .formatted(properties.maxRejected())
                : end.problem();
    }

    /** Legacy lives on while we run: the total that the equation speaks of is the one at the end. */
    private void recount(Ledger ledger) {
        LegacyDatabase legacy = session.get(LegacyDatabase.class);
        session.get(PlanHolder.class).plan().entities().forEach((entity, found) -> {
            try {
                ledger.total(entity, legacy.count(found.rules().table()));
            } catch (SQLException e) {
                LOG.warn("The legacy {} could not be counted again: {}", entity, e.getMessage());
            }
        });
    }

    private RunReport.@Nullable Validation validation(JobParameters parameters) {
        if (command.equals("retry")
                || command.equals("migrate") && !properties.validation().enabled()) {
            return null;
        }
        JobInstance instance = session.get(JobRepository.class).getJobInstance(command, parameters);
        if (instance == null) {
            return null;
        }
        ValidationLog log = session.get(ValidationLog.class);
        SampleSize sample = Objects.requireNonNullElse(
                session.options().sample(), properties.validation().sample());
        return new RunReport.Validation(
                sample.isAll() ? "full" : "sample",
                log.totals(instance.getInstanceId()),
                log.issues(instance.getInstanceId(), RunReport.SHOWN));
    }

    private int exitCode(RunReport report, JobLoop.End end) {
        return switch (report.status()) {
            case "COMPLETED" -> ExitCode.DONE;
            case "INVALID" -> ExitCode.INVALID;
            case "STOPPED" -> ExitCode.STOPPED;
            default -> end.busy() ? ExitCode.BUSY : ExitCode.FAILED;
        };
    }

    private String next(RunReport report) {
        if (dryRun) {
            return session.commandLine(command);
        }
        return switch (report.status()) {
            case "COMPLETED" ->
                report.rejected() > 0 ? "mend the rejected records, then: " + session.commandLine("retry") : "";
            case "INVALID" -> "look into the report, then: " + session.commandLine("validate");
            default -> "to resume: " + session.commandLine(command);
        };
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("source", properties.source().toString());
        settings.put("target", properties.target().toString());
        settings.put("preset", properties.preset());
        settings.put("chunk-size", String.valueOf(properties.chunkSize()));
        settings.put("partitions", String.valueOf(properties.partitions().count()));
        settings.put("time-zone", properties.source().timeZone().toString());
        return settings;
    }

    /**
     * The parameters of a command's job.
     *
     * @param resumes whether an execution of this job was not completed
     * @param finished whether it was
     */
    private record Parameters(JobParameters job, boolean resumes, boolean finished) {

        static Parameters find(JobRepository repository, String command, String migration, CurrentRun run) {
            for (JobInstance instance : repository.findJobInstances(command)) {
                JobExecution last = repository.getLastJobExecution(instance);
                if (last != null && migration.equals(last.getJobParameters().getString("migration"))) {
                    boolean finished = last.getStatus() == BatchStatus.COMPLETED;
                    boolean again = command.equals("migrate") || !finished;
                    return again
                            ? new Parameters(last.getJobParameters(), !finished, finished)
                            : first(migration, run.id());
                }
            }
            return first(migration, command.equals("migrate") ? 1 : run.id());
        }

        private static Parameters first(String migration, long round) {
            return new Parameters(
                    new JobParametersBuilder()
                            .addString("migration", migration)
                            .addLong(MigrateJobConfiguration.ROUND, round)
                            .toJobParameters(),
                    false,
                    false);
        }

        Parameters nextRound() {
            return first(
                    Objects.requireNonNull(job.getString("migration")),
                    Objects.requireNonNull(job.getLong(MigrateJobConfiguration.ROUND)) + 1);
        }
    }
}
