package dev.threadsmigration.job;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.deletion.DeletedRecords;
import dev.threadsmigration.deletion.DeletedRowFinder;
import dev.threadsmigration.deletion.DeletionGuard;
import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.CurrentRun;
import dev.threadsmigration.ledger.DeletedRows;
import dev.threadsmigration.ledger.Equation;
import dev.threadsmigration.ledger.FollowedChanges;
import dev.threadsmigration.ledger.KeyRanges;
import dev.threadsmigration.ledger.KeyRanges.Divided;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.MappedRowPages;
import dev.threadsmigration.ledger.MappedRowReader;
import dev.threadsmigration.ledger.MappedRows;
import dev.threadsmigration.ledger.SharedRecords;
import dev.threadsmigration.legacy.LegacyKeys;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.target.RecordRemoval;
import dev.threadsmigration.target.RowsInUse;
import dev.threadsmigration.target.TargetTable;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.batch.core.step.Step;
import org.springframework.beans.factory.annotation.Qualifier;

/** Makes the steps that follow rows which were deleted in legacy: look for them, decide, remove their records. */
final class DeletionSteps {

    private final Steps steps;
    private final EntityWork work;
    private final MigrationProperties properties;
    private final PlanHolder plan;
    private final MappedRows mapped;
    private final KeyRanges ranges;
    private final Ledger ledger;
    private final SharedRecords sharedRecords;
    private final DeletedRows deleted;
    private final FollowedChanges followed;
    private final CarriedWrites carried;
    private final Equation equation;
    private final CurrentRun run;
    private final DataSource target;
    private final Clock clock;

    DeletionSteps(
            Steps steps,
            EntityWork work,
            MigrationProperties properties,
            PlanHolder plan,
            MappedRows mapped,
            KeyRanges ranges,
            Ledger ledger,
            SharedRecords sharedRecords,
            DeletedRows deleted,
            FollowedChanges followed,
            CarriedWrites carried,
            Equation equation,
            CurrentRun run,
            @Qualifier("target") DataSource target,
            Clock clock) {
        this.steps = steps;
        this.work = work;
        this.properties = properties;
        this.plan = plan;
        this.mapped = mapped;
        this.ranges = ranges;
        this.ledger = ledger;
        this.sharedRecords = sharedRecords;
        this.deleted = deleted;
        this.followed = followed;
        this.carried = carried;
        this.equation = equation;
        this.run = run;
        this.target = target;
        this.clock = clock;
    }

    /** All of them, in their order; none where the job file does not want it, or where nothing has been moved yet. */
    List<Step> all() {
        List<Entity> entities = new ArrayList<>(plan.plan().entities().keySet());
        if (!properties.followsDeletions() || entities.stream().noneMatch(ledger::any)) {
            return List.of();
        }
        // Who refers to others goes first.
        Collections.reverse(entities);
        List<Step> all = new ArrayList<>();
        all.add(steps.task("look-for-deleted", execution -> {
            entities.forEach(deleted::disallow);
            ranges.forget(Divided.LEDGER);
        }));
        entities.forEach(entity -> all.add(find(entity)));
        all.add(steps.task("decide-on-deleted", execution -> {
            equation.forget();
            guard(entities).decide();
        }));
        entities.forEach(entity -> all.add(remove(entity)));
        return all;
    }

    private Step find(Entity entity) {
        return steps.partitionedLedger("find-deleted-" + entity.label(), entity, (name, range, execution) -> {
            work.progress().lookingForDeleted(entity);
            int size = properties.chunkSize();
            return steps.chunks(
                    name,
                    1,
                    new MappedRowPages(new MappedRowReader(mapped, entity, range.after(), range.upTo(), size), size),
                    new DeletedRowFinder(entity, keys(entity), deleted, followed));
        });
    }

    private DeletionGuard guard(List<Entity> entities) {
        Map<Entity, LegacyKeys> keys = new EnumMap<>(Entity.class);
        entities.forEach(entity -> keys.put(entity, keys(entity)));
        return new DeletionGuard(deleted, followed, keys, properties.maxDeleted());
    }

    private Step remove(Entity entity) {
        return new PartitionStep("remove-deleted-" + entity.label(), (name, range, execution) -> {
            TargetTable table = plan.of(entity).table();
            DeletedRecords records = new DeletedRecords(
                    target,
                    table,
                    keys(entity),
                    ledger,
                    sharedRecords,
                    deleted,
                    followed,
                    carried,
                    new RowsInUse(table, plan.plan().tables().values()),
                    new RecordRemoval(table, run.migration(), run.id(), clock),
                    properties.preset(),
                    properties.dualWrite().enabled(),
                    work.chunkSize());
            return steps.chunks(name, 1, records, records);
        });
    }

    private LegacyKeys keys(Entity entity) {
        return work.rows(entity).keys();
    }
}
