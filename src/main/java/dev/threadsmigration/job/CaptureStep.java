package dev.threadsmigration.job;

import dev.threadsmigration.carryback.Sides;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.dualwrite.EntitySync;
import dev.threadsmigration.dualwrite.UnfinishedDeletions;
import dev.threadsmigration.dualwrite.UnfinishedWrites;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.preflight.EntityPlan;
import dev.threadsmigration.target.ApplicationWrites;
import dev.threadsmigration.target.TargetTable;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.step.Step;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.DefaultTransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Sees to it that the application's writes into the target are queued for legacy, or are not, as the job file has it. */
final class CaptureStep {

    private static final Logger LOG = LoggerFactory.getLogger("dev.threadsmigration.run");

    private final Steps steps;
    private final PlanHolder plan;
    private final MigrationProperties properties;
    private final RunOptions options;
    private final ApplicationWrites writes;
    private final TransactionTemplate own;
    private final EntitySyncs syncs;

    CaptureStep(
            Steps steps,
            PlanHolder plan,
            MigrationProperties properties,
            RunOptions options,
            ApplicationWrites writes,
            PlatformTransactionManager transactions,
            EntitySyncs syncs) {
        this.steps = steps;
        this.plan = plan;
        this.properties = properties;
        this.options = options;
        this.writes = writes;
        this.syncs = syncs;
        this.own = new TransactionTemplate(
                transactions, new DefaultTransactionDefinition(TransactionDefinition.PROPAGATION_REQUIRES_NEW));
    }

    /** Notes what a sync that was ended by force had carried: before each try of a job, since another may have ended so meanwhile. */
    JobExecutionListener settling() {
        return new JobExecutionListener() {
            @Override
            public void beforeJob(JobExecution execution) {
                own.executeWithoutResult(
                        status -> plan.plan().entities().keySet().forEach(CaptureStep.this::settle));
            }
        };
    }

    private void settle(Entity entity) {
        try {
            EntitySync sync = syncs.of(entity);
            Sides legacy = syncs.legacy(entity);
            new UnfinishedWrites(sync, legacy).settle();
            new UnfinishedDeletions(sync, legacy).settle();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
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
            // One table a transaction: an application that has written into one and waits for another would be in a
            // deadlock.
            if (wanted) {
                tables.forEach(table -> own.executeWithoutResult(status -> writes.capture(table)));
            } else {
                for (Entity entity : Entity.values()) {
                    own.executeWithoutResult(status -> writes.ignore(entity));
                }
            }
        });
    }
}
