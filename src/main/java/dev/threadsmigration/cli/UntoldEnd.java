package dev.threadsmigration.cli;

import dev.threadsmigration.job.MigrateJobConfiguration;
import dev.threadsmigration.job.MigrationJobs;
import dev.threadsmigration.ledger.AuditLog;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;

/**
 * A rollback, or its undoing, that came to its end without being able to say so: it was killed or stopped before its report,
 * or could not write it. The same command again says what was done, instead of doing it anew.
 */
final class UntoldEnd {

    private final Session session;
    private final AuditLog audit;

    UntoldEnd(Session session) {
        this.session = session;
        this.audit = session.get(AuditLog.class);
    }

    /** The parameters of the job that ended so; empty where the current run has work of its own. */
    Optional<JobParameters> find() {
        return new MigrationJobs(
                        session.get(JobRepository.class), session.properties().name())
                .lastExecutions(session.jobName())
                .findFirst()
                .filter(last -> last.getStatus() == BatchStatus.COMPLETED)
                .map(JobExecution::getJobParameters)
                .filter(parameters ->
                        isUntold(Objects.requireNonNull(parameters.getLong(MigrateJobConfiguration.ROUND))));
    }

    /** @param first the run that began the job */
    private boolean isUntold(long first) {
        List<AuditLog.Entry> runs = audit.since(first);
        String command = runs.get(0).command();
        return runs.size() > 1
                && runs.stream()
                        .allMatch(run -> run.command().equals(command)
                                ? !Objects.equals(run.exitCode(), ExitCode.DONE)
                                : run.command().equals("validate"));
    }
}
