package dev.threadsmigration.job;

import dev.threadsmigration.config.LivePace;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.config.SampleSize;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.Equation;
import dev.threadsmigration.ledger.RollbackItems;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.preflight.EntityPlan;
import dev.threadsmigration.target.ChunkProgress;
import dev.threadsmigration.target.IndexDeferral;
import dev.threadsmigration.target.LedgerAgreement;
import dev.threadsmigration.target.Strain;
import dev.threadsmigration.target.TargetStatistics;
import dev.threadsmigration.target.TargetTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * {@code migrate}: users, threads, feedback, each in key ranges side by side, then the removal of what was deleted in legacy
 * since, then the validation of each.
 */
@Configuration(proxyBeanMethods = false)
@Import({Steps.class, EntityWork.class, EntitySyncs.class, CaptureStep.class, DeletionSteps.class})
public class MigrateJobConfiguration {

    /** The job parameter that counts how often a migration was run to its end and taken up again, from 1. */
    public static final String ROUND = "round";

    /** Whether a job's migration was never run to its end before. */
    public static boolean isFirstRound(JobParameters parameters) {
        return Objects.equals(parameters.getLong(ROUND), 1L);
    }

    @Bean
    PlanHolder planHolder() {
        return new PlanHolder();
    }

    @Bean
    ChunkSize chunkSize(MigrationProperties properties, RunOptions options) {
        return new ChunkSize(properties.chunkSize(), !options.dryRun());
    }

    @Bean
    Throttle throttle(
            StopSignal stop,
            ConfigurableEnvironment environment,
            MigrationProperties properties,
            @Qualifier("target") DataSource target,
            TargetDialect targetDialect,
            ChunkProgress progress) {
        return new Throttle(stop, new LivePace(environment, properties), new Strain(target, targetDialect), progress);
    }

    @Bean
    Job migrate(
            PlanHolder plan,
            Steps steps,
            EntityWork work,
            DeletionSteps deletion,
            ValidationSteps validation,
            MigrationProperties properties,
            RunOptions options,
            @Qualifier("target") DataSource target,
            TargetDialect targetDialect,
            IndexDeferral indexes,
            CaptureStep capture,
            RollbackItems items,
            CarriedWrites carried,
            Equation equation) {
        List<Step> flow = new ArrayList<>();
        flow.add(steps.task("forget-twins", execution -> {
            // Later on, what people have deleted stays away.
            if (isFirstRound(execution.getJobExecution().getJobParameters())) {
                items.forgetTakenBack();
                carried.forgetTakenBack();
                moved(plan)
                        .forEach(table ->
                                new LedgerAgreement(target, table, properties.preset()).forgetTwins(properties.name()));
            }
        }));
        if (!options.dryRun()) {
            flow.add(capture.step());
            flow.add(steps.task(
                    "defer-indexes",
                    execution -> indexes.takeOff(moved(plan), plan.plan().tables(), properties.deferIndexes())));
        }
        for (Entity entity : plan.plan().entities().keySet()) {
            flow.add(move(entity, steps, work, properties));
        }
        if (!options.dryRun()) {
            flow.add(steps.task("put-indexes-back", execution -> indexes.putBack(equation::whenMoved)));
        }
        // With the foreign keys in place, or somebody could refer to a record that is being removed.
        flow.addAll(deletion.all());
        if (!options.dryRun()) {
            TargetStatistics statistics = new TargetStatistics(
                    target, targetDialect, properties.partitions().count());
            flow.add(steps.task("statistics", execution -> statistics.refresh(moved(plan))));
        }
        if (properties.validation().enabled()) {
            SampleSize sample = options.sampleOr(properties.validation().sample());
            flow.addAll(validation.all(sample));
        }
        return steps.job("migrate", flow, capture.settling());
    }

    private static List<TargetTable> moved(PlanHolder plan) {
        return plan.plan().entities().values().stream().map(EntityPlan::table).toList();
    }

    private static Step move(Entity entity, Steps steps, EntityWork work, MigrationProperties properties) {
        return steps.partitioned(
                entity.label(),
                entity,
                (name, range, execution) -> steps.chunks(
                        name,
                        work.reader(entity, range, execution),
                        work.processor(entity),
                        work.followingWriter(entity, execution)));
    }
}
