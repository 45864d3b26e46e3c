package dev.threadsmigration.cli;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.database.DryRunDataSource;
import dev.threadsmigration.job.PlanHolder;
import dev.threadsmigration.ledger.AdoptedRows;
import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.LedgerSchema;
import dev.threadsmigration.ledger.RunLock;
import dev.threadsmigration.mapping.IdRules;
import dev.threadsmigration.preflight.Check;
import dev.threadsmigration.preflight.Preflight;
import dev.threadsmigration.preflight.PreflightReport;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code migrate}, {@code validate}, {@code retry}, {@code rollback} and {@code sync}: what they have in common before their jobs
 * begin: checks, the ledger and the lock.
 */
final class RunCommand {

    private static final Logger LOG = LoggerFactory.getLogger("dev.threadsmigration.run");

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
        Preflight checks = new Preflight(properties, session.legacy(), session.target());
        if (session.jobName().equals("rollback") || LockedRun.rollsBackByItself(session)) {
            checks.toRollBack();
        }
        if (command.equals("sync")) {
            checks.toSync();
        } else if (command.equals("migrate")) {
            checks.toSyncLater();
        }
        PreflightReport preflight = checks.run();
        if (preflight.plan() == null) {
            return PreflightCommand.refuse(session, preflight.failures());
        }
        if (command.equals("sync") && !properties.dualWrite().enabled()) {
            throw WithoutDualWrite.refusal(session);
        }
        if (command.equals("migrate") && !preflight.plan().planned().isEmpty()) {
            new TableCreation(session).create(preflight.plan().planned());
            preflight = checks.run();
            Objects.requireNonNull(preflight.plan(), "tables that we made fit");
        }
        preflight.checks().stream()
                .filter(check -> check.result() == Check.Result.NOTE)
                .forEach(check -> LOG.info("note: {}: {}", check.about(), check.message()));
        LedgerSchema schema = session.get(LedgerSchema.class);
        boolean temporary = false;
        try (RunLock lock = session.get(RunLock.class)) {
            if (session.target() instanceof DryRunDataSource transaction) {
                temporary = !schema.exists();
                if (temporary) {
                    schema.createForDryRun(transaction.getConnection());
                } else {
                    schema.migrateForDryRun(transaction);
                }
            } else if (!command.equals("migrate") && !schema.exists()) {
                throw session.notStarted(session.verb());
            } else {
                schema.migrate();
            }
            // Nobody sees what a dry run registers, so nobody else can hold or take the lock on it.
            Registration registration = new Registration(session);
            boolean lockable = !dryRun || registration.known().isPresent();
            UUID namespace = registration.namespace(preflight.plan());
            if (lockable && !LockWait.take(lock, session.get(AuditLog.class), clock)) {
                System.err.printf(
                        "Another process is running migration '%s'; this one has touched nothing. See: %s%n",
                        properties.name(), session.commandLine("status"));
                return ExitCode.BUSY;
            }
            // Under the lock, since a sync adds to the adopted ids.
            session.get(PlanHolder.class)
                    .set(
                            preflight.plan(),
                            new IdRules(
                                    namespace, session.get(AdoptedRows.class).load()));
            return new LockedRun(session, lock, startedAt).run(preflight.plan());
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
}
