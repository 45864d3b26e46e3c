package dev.threadsmigration.job;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.ledger.CurrentRun;
import dev.threadsmigration.ledger.Equation;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.RollbackItems;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.preflight.EntityPlan;
import dev.threadsmigration.rollback.Beginning;
import dev.threadsmigration.rollback.Decision;
import dev.threadsmigration.rollback.EmptyQueue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * {@code rollback}: look at every record, decide, carry changes back (users first), remove (users last), prove, and leave
 * the migration as if it had not been started. {@code undo}: put back what was removed.
 */
@Configuration(proxyBeanMethods = false)
@Import({RollbackWork.class, RollbackSteps.class})
public class RollbackJobConfiguration {

    @Bean
    RollbackItems rollbackItems(@Qualifier("target") DataSource target, CurrentRun run) {
        return new RollbackItems(target, run);
    }

    @Bean
    Beginning beginning(@Qualifier("target") DataSource target, TargetDialect targetDialect, Equation equation) {
        return new Beginning(target, targetDialect, equation);
    }

    @Bean
    EmptyQueue emptyQueue(WriteQueue queue, MigrationProperties properties) {
        return new EmptyQueue(queue, properties);
    }

    @Bean
    Job rollback(
            PlanHolder plan,
            RollbackSteps rollback,
            Steps steps,
            RollbackItems items,
            EmptyQueue queue,
            CaptureStep capture,
            LegacyDatabase legacy,
            Ledger ledger,
            RunOptions options) {
        List<Entity> entities = new ArrayList<>(plan.plan().entities().keySet());
        List<Step> flow = new ArrayList<>();
        flow.add(steps.task("queue", execution -> queue.requireNoneUnseen()));
        flow.add(rollback.begin());
        if (!options.dryRun()) {
            // The user that a thread was given in the new system is looked up by the new id.
            flow.add(steps.task("index-new-ids", execution -> ledger.indexNewIds()));
        }
        entities.forEach(entity -> flow.add(rollback.analyse(entity)));
        Decision decision = new Decision(
                items,
                legacy,
                plan.plan().entities().values().stream().map(EntityPlan::rules).toList());
        flow.add(steps.task("decide", execution -> decision.make(Steps.number(execution))));
        if (!options.dryRun()) {
            flow.add(rollback.prepare());
            entities.forEach(entity -> flow.add(rollback.carryBack(entity)));
        }
        Collections.reverse(entities);
        entities.forEach(entity -> flow.add(rollback.remove(entity)));
        if (!options.dryRun()) {
            flow.add(rollback.prove());
        }
        return steps.job("rollback", flow, capture.settling());
    }

    @Bean
    Job undo(Steps steps, PlanHolder plan, RollbackSteps rollback, CaptureStep capture) {
        List<Step> flow = new ArrayList<>();
        flow.add(rollback.begin());
        flow.add(rollback.checkUndo());
        flow.add(capture.step());
        plan.plan().entities().keySet().stream().map(rollback::putBack).forEach(flow::add);
        flow.add(rollback.giveBackDeleted(plan.plan().entities().keySet()));
        return steps.job("undo", flow);
    }
}
