package dev.threadsmigration.cli;

import dev.threadsmigration.job.MigrationJobs;
import dev.threadsmigration.ledger.RollbackItems;
import java.time.LocalDateTime;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What earlier tries of one job left behind, in this process or in one that was killed. */
final class EarlierTries {

    private final JobRepository repository;
    private final JobOperator operator;
    private final String job;
    private final JobParameters parameters;

    EarlierTries(JobRepository repository, JobOperator operator, String job, JobParameters parameters) {
        this.repository = repository;
        this.operator = operator;
        this.job = job;
        this.parameters = parameters;
    }

    /** Makes an execution that a killed process left behind restartable, and an instance that never got one vanish. */
    void recover() {
        JobInstance instance = repository.getJobInstance(job, parameters);
        if (instance == null) {
            return;
        }
        JobExecution last = repository.getLastJobExecution(instance);
        if (last == null) {
            repository.deleteJobInstance(instance);
        } else {
            failUnended(last);
            if (last.isRunning() || last.getStatus() == BatchStatus.STOPPING) {
                operator.recover(last);
            }
            forgetLostRanges(instance, last);
        }
    }

    /**
     * Where a connection is lost while a step ends, Spring Batch does not know how it ended, or still thinks that it
     * runs, and would never start it again. We know: rows, ledger and checkpoint are committed together or not at all.
     */
    private void failUnended(JobExecution last) {
        for (StepExecution step : last.getStepExecutions()) {
            if (step.getStatus() == BatchStatus.UNKNOWN || step.getStatus().isRunning()) {
                step.setStatus(BatchStatus.FAILED);
                step.setExitStatus(ExitStatus.FAILED);
                step.setEndTime(LocalDateTime.now());
                repository.update(step);
            }
        }
        if (last.getStatus() == BatchStatus.UNKNOWN) {
            last.setStatus(BatchStatus.FAILED);
            last.setExitStatus(ExitStatus.FAILED);
            last.setEndTime(LocalDateTime.now());
            repository.update(last);
        }
    }

    /**
     * A range that was killed between its row in the job repository and its bounds would be taken for the whole table, beside
     * the other ranges. It has done nothing; how far it came in an execution before is kept with that one.
     */
    private void forgetLostRanges(JobInstance instance, JobExecution last) {
        last.getStepExecutions().stream()
                .filter(step -> step.getStatus() != BatchStatus.COMPLETED)
                .map(step -> repository.getLastStepExecution(instance, step.getStepName()))
                .filter(Objects::nonNull)
                .filter(MigrationJobs::isLostRange)
                .forEach(repository::deleteStepExecution);
    }

    /** The last one, as the server knows it, since a failure may not tell; null where it is away again. */
    @Nullable
    JobExecution last() {
        try {
            JobInstance instance = repository.getJobInstance(job, parameters);
            return instance == null ? null : repository.getLastJobExecution(instance);
        } catch (DataAccessException | TransactionException e) {
            return null;
        }
    }

    /** Forgets that the job was ever begun. */
    void forget(RollbackItems items) {
        JobInstance instance = repository.getJobInstance(job, parameters);
        if (instance != null) {
            // In this order: an instance that outlived its items would be resumed as if there were nothing against it.
            repository.deleteJobInstance(instance);
            items.forget(instance.getInstanceId());
        }
    }
}
