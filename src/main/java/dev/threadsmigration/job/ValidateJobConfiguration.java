package dev.threadsmigration.job;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.config.SampleSize;
import java.util.List;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** {@code validate}: compares the records of each entity again. */
@Configuration(proxyBeanMethods = false)
@Import(ValidationSteps.class)
public class ValidateJobConfiguration {

    @Bean
    Job validate(Steps steps, ValidationSteps validation, MigrationProperties properties, RunOptions options) {
        SampleSize sample = options.sampleOr(properties.validation().sample());
        List<Step> flow = validation.all(sample);
        return steps.job("validate", flow);
    }
}
