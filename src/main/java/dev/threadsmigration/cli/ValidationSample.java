package dev.threadsmigration.cli;

import dev.threadsmigration.config.SampleSize;
import dev.threadsmigration.job.MigrationJobs;
import dev.threadsmigration.job.ValidationSteps;
import dev.threadsmigration.ledger.CurrentRun;
import dev.threadsmigration.ledger.ValidationLog;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;

/** How many records a job is to compare, and for which run: parameters that do not tell one job from another. */
final class ValidationSample {

    private static final String PARAMETER = "sample";
    private static final String RUN = "run";

    private final Session session;

    ValidationSample(Session session) {
        this.session = session;
    }

    /** How many an execution compared. */
    SampleSize of(JobExecution execution) {
        String sample = execution.getJobParameters().getString(PARAMETER);
        return sample == null ? session.properties().validation().sample() : SampleSize.valueOf(sample);
    }

    /** The run that an execution compared for; null where it was not noted. */
    @Nullable
    Long run(JobExecution execution) {
        return execution.getJobParameters().getLong(RUN);
    }

    /**
     * The job's parameters with what this run is to compare. Where a job is resumed its validation begins anew: what was
     * compared before a process ended may have changed since, and a part of a sample proves nothing of the whole.
     */
    JobParameters addTo(JobChoice choice, String job) {
        SampleSize wanted =
                session.options().sampleOr(session.properties().validation().sample());
        JobRepository repository = session.get(JobRepository.class);
        JobInstance instance = choice.resumes() ? repository.getJobInstance(job, choice.parameters()) : null;
        if (instance != null) {
            new MigrationJobs(repository, session.properties().name()).forgetSteps(instance, ValidationSteps.PREFIX);
            session.get(ValidationLog.class).forget(instance.getInstanceId());
        }
        return new JobParametersBuilder(choice.parameters())
                .addString(PARAMETER, wanted.toString(), false)
                .addLong(RUN, session.get(CurrentRun.class).id(), false)
                .toJobParameters();
    }
}
