package dev.threadsmigration.job;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.RunStatus;
import java.util.List;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/** The run of {@code rollback --undo} before this one. */
final class EarlierUndo {

    private final MigrationJobs jobs;
    private final AuditLog audit;

    EarlierUndo(JobRepository repository, MigrationProperties properties, AuditLog audit) {
        this.jobs = new MigrationJobs(repository, properties.name());
        this.audit = audit;
    }

    /** Whether it was killed when everything was back already: the same command again is to end well. */
    boolean wasKilledAfterItsEnd(StepExecution current) {
        List<AuditLog.Entry> runs = audit.latest(2);
        return runs.size() == 2
                && runs.get(1).status() == RunStatus.KILLED
                && runs.get(1).command().equals(runs.get(0).command())
                && jobs.lastExecutions("undo")
                        .filter(undo -> undo.getId() != current.getJobExecutionId())
                        .findFirst()
                        .filter(undo -> undo.getStatus() == BatchStatus.COMPLETED && undo.getId() > lastRollback())
                        .isPresent();
    }

    private long lastRollback() {
        return jobs.lastExecutions("rollback")
                .findFirst()
                .map(JobExecution::getId)
                .orElse(0L);
    }
}
