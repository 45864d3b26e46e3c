package dev.threadsmigration.job;

import dev.threadsmigration.carryback.LegacyChanges;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.ledger.CurrentRun;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.RollbackItems;
import dev.threadsmigration.legacy.KeyRange;
import dev.threadsmigration.mapping.ReverseMapping;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.rollback.Analysis;
import dev.threadsmigration.rollback.Beginning;
import dev.threadsmigration.rollback.CarryBack;
import dev.threadsmigration.rollback.EntityRollback;
import dev.threadsmigration.rollback.ItemsToWriteReader;
import dev.threadsmigration.rollback.Proof;
import dev.threadsmigration.rollback.PutBack;
import dev.threadsmigration.rollback.Remover;
import dev.threadsmigration.target.KeptRecords;
import dev.threadsmigration.target.RemovedRecords;
import dev.threadsmigration.target.RowsInUse;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.beans.factory.annotation.Qualifier;

/** Makes the readers and writers of a rollback as the plan has its entities. */
final class RollbackWork {

    private static final int LOOKED_AT_ONCE = 1000;

    private final EntityWork work;
    private final MigrationProperties properties;
    private final RunOptions options;
    private final PlanHolder plan;
    private final Ledger ledger;
    private final Rejects rejects;
    private final RollbackItems items;
    private final CurrentRun run;
    private final DataSource target;
    private final DataSource legacy;

    RollbackWork(
            EntityWork work,
            MigrationProperties properties,
            RunOptions options,
            PlanHolder plan,
            Ledger ledger,
            Rejects rejects,
            RollbackItems items,
            CurrentRun run,
            @Qualifier("target") DataSource target,
            @Qualifier("legacy") DataSource legacy) {
        this.work = work;
        this.properties = properties;
        this.options = options;
        this.plan = plan;
        this.ledger = ledger;
        this.rejects = rejects;
        this.items = items;
        this.run = run;
        this.target = target;
        this.legacy = legacy;
    }

    /** @param writesLegacy as {@link Analysis} has it */
    Analysis analysis(Entity entity, StepExecution execution, boolean writesLegacy) throws SQLException {
        return new Analysis(
                rollback(entity, execution),
                work.rows(entity),
                work.allRows(entity),
                work.processor(entity),
                reverse(entity),
                work.references(),
                properties.rollback().onConflict(),
                writesLegacy);
    }

    ItemsToWriteReader itemsToWrite(Entity entity, StepExecution execution) {
        return new ItemsToWriteReader(items.of(Steps.number(execution), entity), LOOKED_AT_ONCE);
    }

    CarryBack carryBack(Entity entity, StepExecution execution) throws SQLException {
        ReverseMapping reverse = reverse(entity);
        return new CarryBack(
                rollback(entity, execution),
                new LegacyChanges(
                        legacy,
                        plan.of(entity).rules().table(),
                        work.processor(entity),
                        reverse,
                        work.references(),
                        keys -> ledger.withoutFirstRow(entity, keys),
                        reverse::isBack,
                        plan.of(entity).rules().table()));
    }

    /** @param writesLegacy as {@link Analysis} has it */
    Remover remover(Entity entity, StepExecution execution, boolean writesLegacy) {
        return new Remover(
                rollback(entity, execution),
                new RowsInUse(plan.of(entity).table(), plan.plan().tables().values()),
                removed(entity),
                run.id(),
                Beginning.horizon(execution.getJobExecution().getExecutionContext()),
                // A dry run inserts nothing again, so that what it would insert is not there.
                writesLegacy && !options.dryRun() ? work.allRows(entity).keys() : null,
                options.dryRun());
    }

    Proof proof() {
        return new Proof(
                target,
                plan.plan().tables().values(),
                plan.plan().entities().keySet().stream().map(this::removed).toList());
    }

    PutBack putBack(Entity entity, KeyRange range, StepExecution execution) {
        return new PutBack(rollback(entity, execution), removed(entity), rejects, work.chunkSize(), range);
    }

    void giveBackDeleted(Entity entity, StepExecution execution) {
        items.of(Steps.number(execution), entity).giveBackDeleted(run.id());
    }

    private EntityRollback rollback(Entity entity, StepExecution execution) {
        return new EntityRollback(target, plan.of(entity).table(), ledger, items.of(Steps.number(execution), entity));
    }

    private ReverseMapping reverse(Entity entity) {
        return new ReverseMapping(plan.of(entity).rules(), properties.source().timeZone());
    }

    /** The last id of each range but the last one of what the rollback keeps, for so many lanes. */
    List<String> keptBounds(Entity entity, int lanes) throws SQLException {
        KeptRecords kept = removed(entity).kept();
        return CurrentConnection.query(
                target,
                connection -> RangeSizes.bounds(
                        RangeSizes.ends(kept.count(connection), lanes, properties.chunkSize()),
                        (after, distance) -> kept.idBehind(connection, after, distance)));
    }

    private RemovedRecords removed(Entity entity) {
        return new RemovedRecords(plan.of(entity).table(), run.migration());
    }
}
