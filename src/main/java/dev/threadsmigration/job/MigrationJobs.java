package dev.threadsmigration.job;

import dev.threadsmigration.model.Entity;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/** A migration's job instances in the job repository, which several migrations share. */
public final class MigrationJobs {

    /** The job parameter that says whose instance it is. */
    public static final String MIGRATION = "migration";

    private final JobRepository repository;
    private final String migration;

    public MigrationJobs(JobRepository repository, String migration) {
        this.repository = repository;
        this.migration = migration;
    }

    /**
     * The last execution of each instance of a job, the newest instance first; the repository answers in any order. Each is
     * read when it is asked for.
     */
    public Stream<JobExecution> lastExecutions(String job) {
        return repository.findJobInstances(job).stream()
                .sorted(Comparator.comparingLong(JobInstance::getInstanceId).reversed())
                .map(repository::getLastJobExecution)
                .filter(Objects::nonNull)
                .filter(last -> migration.equals(last.getJobParameters().getString(MIGRATION)));
    }

    /** Whether {@code migrate} has met all rows that an entity had in legacy when it first looked, or an undoing says so. */
    public boolean hasMetAll(Entity entity) {
        return lastExecutions("migrate")
                        .map(last -> repository.getLastStepExecution(last.getJobInstance(), entity.label()))
                        .anyMatch(step -> step != null && step.getStatus() == BatchStatus.COMPLETED)
                || lastExecutions("undo").anyMatch(last -> last.getStatus() == BatchStatus.COMPLETED);
    }

    /** Whether a step is one range of several and does not know which. */
    public static boolean isLostRange(StepExecution step) {
        return step.getStepName().contains(":") && !PartitionStep.isOfRange(step);
    }

    /** Forgets how far an instance came with the steps whose names begin so. */
    public void forgetSteps(JobInstance instance, String prefix) {
        repository.getJobExecutions(instance).stream()
                .flatMap(execution -> execution.getStepExecutions().stream())
                .filter(step -> step.getStepName().startsWith(prefix))
                .forEach(repository::deleteStepExecution);
    }

    /** Forgets all instances of a job, so that it begins anew. */
    public void forget(String job) {
        lastExecutions(job).forEach(last -> repository.deleteJobInstance(last.getJobInstance()));
    }
}
