package dev.threadsmigration.job;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.config.SampleSize;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.ValidationLog;
import dev.threadsmigration.model.Entity;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code validate}: compares the records of each entity again. */
@Configuration(proxyBeanMethods = false)
public class ValidateJobConfiguration {

    @Bean
    ValidationSteps validationSteps(
            Steps steps,
            EntityWork work,
            MigrationProperties properties,
            PlanHolder plan,
            Ledger ledger,
            ValidationLog log,
            @Qualifier("target") DataSource target) {
        return new ValidationSteps(steps, work, properties, plan, ledger, log, target);
    }

    @Bean
    Job validate(
            JobRepository repository,
            PlanHolder plan,
            ValidationSteps validation,
            MigrationProperties properties,
            RunOptions options) {
        SampleSize sample = Objects.requireNonNullElse(
                options.sample(), properties.validation().sample());
        List<Step> flow = plan.plan().entities().keySet().stream()
                .map((Entity entity) -> validation.step(entity, sample))
                .toList();
        SimpleJobBuilder job = new JobBuilder("validate", repository).start(flow.get(0));
        flow.subList(1, flow.size()).forEach(job::next);
        return job.build();
    }
}
