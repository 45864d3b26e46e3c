package dev.threadsmigration.job;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.config.SampleSize;
import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.ValidationLog;
import dev.threadsmigration.legacy.SampleReader;
import dev.threadsmigration.mapping.TextLimits;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.preflight.EntityPlan;
import dev.threadsmigration.target.LedgerAgreement;
import dev.threadsmigration.target.QueryTimings;
import dev.threadsmigration.target.StoredRecords;
import dev.threadsmigration.target.TargetTable;
import dev.threadsmigration.validation.ComparingWriter;
import dev.threadsmigration.validation.RecordComparison;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.beans.factory.annotation.Qualifier;

/** Makes the steps that compare an entity's records, for the jobs that end with them. */
public final class ValidationSteps {

    /** What the names of all its steps begin with. */
    public static final String PREFIX = "validate-";

    private static final int MOST_NAMED = 1000;

    /**
     * Rows of both sides are held at once. More of them are compared no faster, and outlive a young collection: then the
     * heap fills as the table grows.
     */
    private static final int MOST_COMPARED_AT_ONCE = 1000;

    private final Steps steps;
    private final EntityWork work;
    private final MigrationProperties properties;
    private final PlanHolder plan;
    private final Ledger ledger;
    private final Rejects rejects;
    private final CarriedWrites carried;
    private final ValidationLog log;
    private final DataSource target;

    ValidationSteps(
            Steps steps,
            EntityWork work,
            MigrationProperties properties,
            PlanHolder plan,
            Ledger ledger,
            Rejects rejects,
            CarriedWrites carried,
            ValidationLog log,
            @Qualifier("target") DataSource target) {
        this.steps = steps;
        this.work = work;
        this.properties = properties;
        this.plan = plan;
        this.ledger = ledger;
        this.rejects = rejects;
        this.carried = carried;
        this.log = log;
        this.target = target;
    }

    Step step(Entity entity, SampleSize sample) {
        return steps.partitioned(PREFIX + entity.label(), entity, (name, range, execution) -> {
            int size = Math.min(work.chunkSize(), MOST_COMPARED_AT_ONCE);
            work.progress().comparing(entity, sample.records());
            ItemReader<LegacyRow> reader = sample.isAll()
                    ? work.reader(entity, range, size, null)
                    : new SampleReader(
                            work.rows(entity),
                            range,
                            sample.records(),
                            plan.of(entity).total(),
                            work.memory());
            if (!sample.isAll() && range.ordinal() == 0) {
                // The first range draws, and draws anew after a restart, so what the old draw found must not count.
                log.forget(Steps.number(execution), entity, name);
            }
            return steps.chunks(name, size, reader, writer(entity, name, Steps.number(execution)));
        });
    }

    /** The steps of a whole validation, in their order. */
    List<Step> all(SampleSize sample) {
        List<Step> all = new ArrayList<>();
        plan.plan().entities().keySet().forEach(entity -> all.add(step(entity, sample)));
        TargetTable threads = plan.plan().tables().get(Entity.THREADS);
        if (threads != null && plan.of(Entity.THREADS) != null) {
            all.add(steps.task(PREFIX + "markers", execution -> findUnexpected(Steps.number(execution), threads)));
            all.add(steps.task(
                    PREFIX + "queries",
                    execution -> new QueryTimings(target, threads, properties.preset())
                            .measure()
                            .forEach(timing -> log.add(Steps.number(execution), timing))));
        }
        return all;
    }

    private void findUnexpected(long validation, TargetTable threads) {
        LedgerAgreement.Unexpected unexpected =
                new LedgerAgreement(target, threads, properties.preset()).unexpected(MOST_NAMED);
        if (unexpected.count() > 0) {
            log.unexpected(validation, unexpected.count(), unexpected.ids());
        }
    }

    private ComparingWriter writer(Entity entity, String part, long validation) {
        EntityPlan entityPlan = plan.of(entity);
        RecordComparison comparison = new RecordComparison(
                entityPlan.rules(),
                new TextLimits(entityPlan.table().textSizes()),
                plan.idRules(),
                properties.source().timeZone(),
                properties.preset(),
                properties.validation().tolerance());
        return new ComparingWriter(
                entity,
                ledger,
                rejects,
                new StoredRecords(target, entityPlan.table()),
                comparison,
                carried,
                log,
                validation,
                part);
    }
}
