package dev.threadsmigration.job;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.config.SampleSize;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.ValidationLog;
import dev.threadsmigration.legacy.LegacyReader;
import dev.threadsmigration.legacy.SampleReader;
import dev.threadsmigration.mapping.TextLimits;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.preflight.EntityPlan;
import dev.threadsmigration.target.StoredRecords;
import dev.threadsmigration.validation.ComparingWriter;
import dev.threadsmigration.validation.RecordComparison;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemReader;

/** Makes the steps that compare an entity's records, for the jobs that end with them. */
final class ValidationSteps {

    private final Steps steps;
    private final EntityWork work;
    private final MigrationProperties properties;
    private final PlanHolder plan;
    private final Ledger ledger;
    private final ValidationLog log;
    private final DataSource target;

    ValidationSteps(
            Steps steps,
            EntityWork work,
            MigrationProperties properties,
            PlanHolder plan,
            Ledger ledger,
            ValidationLog log,
            DataSource target) {
        this.steps = steps;
        this.work = work;
        this.properties = properties;
        this.plan = plan;
        this.ledger = ledger;
        this.log = log;
        this.target = target;
    }

    /** The number under which a job's validation keeps what it finds: the same after a restart. */
    static long number(StepExecution execution) {
        return execution.getJobExecution().getJobInstance().getInstanceId();
    }

    Step step(Entity entity, SampleSize sample) {
        return steps.partitioned("validate-" + entity.label(), entity, (name, range, execution) -> {
            ItemReader<LegacyRow> reader = sample.isAll()
                    ? new LegacyReader(work.rows(entity), range, properties.chunkSize())
                    : new SampleReader(
                            work.rows(entity),
                            range,
                            sample.records(),
                            plan.of(entity).total());
            return steps.<LegacyRow, LegacyRow>chunks(name)
                    .reader(reader)
                    .writer(writer(entity, name, number(execution)))
                    .build();
        });
    }

    private ComparingWriter writer(Entity entity, String part, long validation) {
        EntityPlan entityPlan = plan.of(entity);
        RecordComparison comparison = new RecordComparison(
                entityPlan.rules(),
                new TextLimits(entityPlan.table().textSizes()),
                plan.idNamespace(),
                properties.source().timeZone(),
                properties.preset(),
                Duration.ZERO);
        return new ComparingWriter(
                entity, ledger, new StoredRecords(target, entityPlan.table()), comparison, log, validation, part);
    }
}
