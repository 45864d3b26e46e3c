package dev.threadsmigration.job;

import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.model.Entity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.step.Step;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** {@code sync}: what the application wrote, users first; then what it deleted, users last. */
@Configuration(proxyBeanMethods = false)
@Import(SyncWork.class)
public class SyncJobConfiguration {

    @Bean
    Job sync(PlanHolder plan, Steps steps, SyncWork work, CaptureStep capture, Ledger ledger, RunOptions options) {
        List<Entity> entities = new ArrayList<>(plan.plan().entities().keySet());
        List<Step> flow = new ArrayList<>();
        flow.add(capture.step());
        if (!options.dryRun()) {
            flow.add(steps.task("index-new-ids", execution -> ledger.indexNewIds()));
        }
        for (Entity entity : entities) {
            flow.add(new PartitionStep(
                    "carry-" + entity.label(),
                    (name, range, execution) -> steps.chunks(name, work.queue(entity), work.writes(entity))));
        }
        Collections.reverse(entities);
        for (Entity entity : entities) {
            flow.add(new PartitionStep(
                    "delete-" + entity.label(),
                    (name, range, execution) -> steps.chunks(name, work.queue(entity), work.deletes(entity))));
        }
        return steps.job("sync", flow, capture.settling());
    }
}
