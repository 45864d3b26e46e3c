package dev.threadsmigration.job;

import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.model.Entity;
import java.util.List;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** {@code retry}: the rejected records once more, in the order in which they refer to each other. */
@Configuration(proxyBeanMethods = false)
public class RetryJobConfiguration {

    @Bean
    Job retry(PlanHolder plan, Steps steps, EntityWork work, Rejects rejects) {
        List<Step> flow = plan.plan().entities().keySet().stream()
                .map(entity -> again(entity, steps, work, rejects))
                .toList();
        return steps.job("retry", flow);
    }

    /** Made when the step before it has ended, so that its writer sees what is rejected still. */
    private static Step again(Entity entity, Steps steps, EntityWork work, Rejects rejects) {
        return new PartitionStep("retry-" + entity.label(), (name, range, execution) -> {
            return steps.chunks(
                    name,
                    new RejectedRowsReader(rejects, entity, work.rows(entity), work.memory()),
                    work.processor(entity),
                    work.writer(entity, execution));
        });
    }
}
