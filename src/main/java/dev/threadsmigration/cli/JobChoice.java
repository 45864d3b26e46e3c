package dev.threadsmigration.cli;

import dev.threadsmigration.job.MigrateJobConfiguration;
import dev.threadsmigration.job.MigrationJobs;
import java.util.Objects;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Which job instance a command runs: the one that was left unfinished, else a new one.
 *
 * @param resumes whether an execution of this instance was not completed
 * @param finished whether it was; only {@code migrate} looks at a finished instance again
 */
record JobChoice(JobParameters parameters, boolean resumes, boolean finished) {

    static JobChoice find(JobRepository repository, String job, String migration, long runId) {
        if (job.equals("sync")) {
            // What one run left undone is in the queue.
            return first(migration, runId);
        }
        boolean once = job.equals("migrate");
        return new MigrationJobs(repository, migration)
                .lastExecutions(job)
                .findFirst()
                .filter(last -> once || last.getStatus() != BatchStatus.COMPLETED)
                .map(JobChoice::of)
                .orElseGet(() -> first(migration, once ? 1 : runId));
    }

    private static JobChoice of(JobExecution last) {
        boolean finished = last.getStatus() == BatchStatus.COMPLETED;
        return new JobChoice(last.getJobParameters(), !finished, finished);
    }

    private static JobChoice first(String migration, long round) {
        JobParameters parameters = new JobParametersBuilder()
                .addString(MigrationJobs.MIGRATION, migration)
                .addLong(MigrateJobConfiguration.ROUND, round)
                .toJobParameters();
        return new JobChoice(parameters, false, false);
    }

    /** A new instance after one that is finished. */
    JobChoice nextRound() {
        return first(
                Objects.requireNonNull(parameters.getString(MigrationJobs.MIGRATION)),
                Objects.requireNonNull(parameters.getLong(MigrateJobConfiguration.ROUND)) + 1);
    }
}
