package dev.threadsmigration.cli;

import dev.threadsmigration.job.MigrateJobConfiguration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
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

    static final String MIGRATION = "migration";

    static JobChoice find(JobRepository repository, String job, String migration, long runId) {
        boolean once = job.equals("migrate");
        for (JobInstance instance : newestFirst(repository, job)) {
            JobExecution last = repository.getLastJobExecution(instance);
            if (last != null && migration.equals(last.getJobParameters().getString(MIGRATION))) {
                boolean finished = last.getStatus() == BatchStatus.COMPLETED;
                return once || !finished
                        ? new JobChoice(last.getJobParameters(), !finished, finished)
                        : first(migration, runId);
            }
        }
        return first(migration, once ? 1 : runId);
    }

    /** The repository answers in any order. */
    private static List<JobInstance> newestFirst(JobRepository repository, String job) {
        return repository.findJobInstances(job).stream()
                .sorted(Comparator.comparingLong(JobInstance::getInstanceId).reversed())
                .toList();
    }

    private static JobChoice first(String migration, long round) {
        JobParameters parameters = new JobParametersBuilder()
                .addString(MIGRATION, migration)
                .addLong(MigrateJobConfiguration.ROUND, round)
                .toJobParameters();
        return new JobChoice(parameters, false, false);
    }

    /** A new instance after one that is finished. */
    JobChoice nextRound() {
        return first(
                Objects.requireNonNull(parameters.getString(MIGRATION)),
                Objects.requireNonNull(parameters.getLong(MigrateJobConfiguration.ROUND)) + 1);
    }
}
