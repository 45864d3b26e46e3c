package dev.threadsmigration.cli;

import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.job.MigrationJobs;
import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.BuildVersion;
import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.LedgerSchema;
import dev.threadsmigration.ledger.RunLock;
import dev.threadsmigration.ledger.RunStatus;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.preflight.Preflight;
import dev.threadsmigration.preflight.PreflightReport;
import dev.threadsmigration.target.ApplicationWrites;
import dev.threadsmigration.target.IndexDeferral;
import dev.threadsmigration.target.RemovedRecords;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** {@code rollback --purge}: forgets the migration's mapping and snapshots. The audit log stays. */
final class PurgeCommand {

    private final Session session;

    PurgeCommand(Session session) {
        this.session = session;
    }

    int run() {
        String name = session.properties().name();
        PreflightReport preflight = new Preflight(session.properties(), session.legacy(), session.target()).run();
        if (preflight.plan() == null || !session.get(LedgerSchema.class).exists()) {
            preflight.failures().forEach(check -> System.err.println(PreflightCommand.line(check)));
            System.err.printf("Migration '%s' cannot be purged; nothing was touched.%n", name);
            return ExitCode.USAGE;
        }
        if (new Registration(session).known().isEmpty()) {
            throw session.notStarted("purge");
        }
        try (RunLock lock = session.get(RunLock.class)) {
            AuditLog audit = session.get(AuditLog.class);
            if (!LockWait.take(lock, audit, session.get(Clock.class))) {
                System.err.printf("Another process is running migration '%s'; nothing was touched.%n", name);
                return ExitCode.BUSY;
            }
            audit.begin("rollback --purge", BuildVersion.current(), Map.of(), id -> true);
            try {
                forget(name, lock);
            } catch (SQLException | RuntimeException e) {
                System.err.println("The purge has not ended; run it again: " + Causes.describe(e));
                audit.end(RunStatus.FAILED, ExitCode.FAILED, Causes.describe(e));
                return ExitCode.FAILED;
            }
            audit.end(RunStatus.COMPLETED, ExitCode.DONE, null);
            System.out.printf(
                    "Migration '%s' is forgotten: its mapping and the snapshots of all its entities are gone.%n", name);
            return ExitCode.DONE;
        } catch (SQLException e) {
            System.err.println("The purge could not begin; nothing was touched: " + Causes.describe(e));
            return ExitCode.FAILED;
        }
    }

    private void forget(String name, RunLock lock) throws SQLException {
        // What is off is known only by what is forgotten now.
        session.get(IndexDeferral.class).putBack();
        new TransactionTemplate(session.get(PlatformTransactionManager.class)).executeWithoutResult(status -> {
            session.get(ApplicationWrites.class).ignore();
            forgetSnapshots(name);
            forgetJobs(name);
            session.get(CarriedWrites.class).forgetDone();
            session.get(Ledger.class).forgetMigration();
        });
        lock.forgetMigration();
    }

    private void forgetSnapshots(String name) {
        try {
            CurrentConnection.use(session.target(), connection -> {
                // Also of those that the job file moves no longer.
                for (Entity entity : Entity.values()) {
                    RemovedRecords.purge(connection, entity, name);
                }
            });
        } catch (SQLException e) {
            throw new IllegalStateException("the snapshots cannot be dropped: " + e.getMessage(), e);
        }
    }

    private void forgetJobs(String name) {
        JobRepository repository = session.get(JobRepository.class);
        MigrationJobs jobs = new MigrationJobs(repository, name);
        repository.getJobNames().forEach(jobs::forget);
    }
}
