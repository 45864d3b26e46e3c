package dev.threadsmigration.job;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.config.SampleSize;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.ValidationLog;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
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
            Rejects rejects,
            ValidationLog log,
            @Qualifier("target") DataSource target) {
        return new ValidationSteps(steps, work, properties, plan, ledger, rejects, log, target);
    }

    @Bean
    Job validate(Steps steps, ValidationSteps validation, MigrationProperties properties, RunOptions options) {
        SampleSize sample = options.sampleOr(properties.validation().sample());
        List<Step> flow = validation.all(sample);
        return steps.job("validate", flow);
    }
}
