package dev.threadsmigration.job;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.preflight.EntityPlan;
import dev.threadsmigration.target.ApplicationWrites;
import dev.threadsmigration.target.TargetTable;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.step.Step;

/** Sees to it that the application's writes into the target are queued for legacy, or are not, as the job file has it. */
final class CaptureStep {

    private static final Logger LOG = LoggerFactory.getLogger("dev.threadsmigration.run");

    private final Steps steps;
    private final PlanHolder plan;
    private final MigrationProperties properties;
    private final RunOptions options;
    private final ApplicationWrites writes;

    CaptureStep(
            Steps steps,
            PlanHolder plan,
            MigrationProperties properties,
            RunOptions options,
            ApplicationWrites writes) {
        this.steps = steps;
        this.plan = plan;
        this.properties = properties;
        this.options = options;
        this.writes = writes;
    }

    Step step() {
        return steps.task("capture-writes", execution -> {
            if (options.dryRun()) {
                // Its one transaction would keep the application's writes waiting until it ends.
                return;
            }
            List<TargetTable> tables = plan.plan().entities().values().stream()
                    .map(EntityPlan::table)
                    .toList();
            boolean wanted = properties.dualWrite().enabled();
            if (wanted && !writes.isAsWanted(true, tables)) {
                LOG.info(
                        "From now on what the application writes into the target is queued, and sync carries it to legacy.");
            }
            if (wanted) {
                writes.capture(tables);
            } else {
                writes.ignore();
            }
        });
    }
}
