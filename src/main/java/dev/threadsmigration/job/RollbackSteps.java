package dev.threadsmigration.job;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.ledger.CurrentRun;
import dev.threadsmigration.ledger.KeyRanges;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.MappedRowReader;
import dev.threadsmigration.ledger.MappedRows;
import dev.threadsmigration.ledger.RollbackItems;
import dev.threadsmigration.legacy.KeyRange;
import dev.threadsmigration.mapping.ReverseMapping;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.preflight.EntityPlan;
import dev.threadsmigration.rollback.Analysis;
import dev.threadsmigration.rollback.Beginning;
import dev.threadsmigration.rollback.CarryBack;
import dev.threadsmigration.rollback.ItemsToWriteReader;
import dev.threadsmigration.rollback.Proof;
import dev.threadsmigration.rollback.PutBack;
import dev.threadsmigration.rollback.Remover;
import dev.threadsmigration.target.RemovedRecords;
import dev.threadsmigration.target.RowsInUse;
import dev.threadsmigration.target.TargetRecords;
import javax.sql.DataSource;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.beans.factory.annotation.Qualifier;

/** Makes the steps of a rollback and of its undoing. */
final class RollbackSteps {

    private static final int LOOKED_AT_ONCE = 1000;
    private static final String BEGUN_BY = "rollback.begunBy";

    private final Steps steps;
    private final EntityWork work;
    private final MigrationProperties properties;
    private final RunOptions options;
    private final PlanHolder plan;
    private final Ledger ledger;
    private final MappedRows mapped;
    private final KeyRanges ranges;
    private final RollbackItems items;
    private final Beginning beginning;
    private final CurrentRun run;
    private final JobRepository repository;
    private final DataSource target;
    private final DataSource legacy;

    RollbackSteps(
            Steps steps,
            EntityWork work,
            MigrationProperties properties,
            RunOptions options,
            PlanHolder plan,
            Ledger ledger,
            MappedRows mapped,
            KeyRanges ranges,
            RollbackItems items,
            Beginning beginning,
            CurrentRun run,
            JobRepository repository,
            @Qualifier("target") DataSource target,
            @Qualifier("legacy") DataSource legacy) {
        this.steps = steps;
        this.work = work;
        this.properties = properties;
        this.options = options;
        this.plan = plan;
        this.ledger = ledger;
        this.mapped = mapped;
        this.ranges = ranges;
        this.items = items;
        this.beginning = beginning;
        this.run = run;
        this.repository = repository;
        this.target = target;
        this.legacy = legacy;
    }

    /** Both jobs' first step. */
    Step begin() {
        return steps.task("begin", execution -> {
            ExecutionContext context = execution.getJobExecution().getExecutionContext();
            beginning.remember(context);
            context.putString(BEGUN_BY, options.command());
        });
    }

    Step analyse(Entity entity) {
        return steps.partitionedLedger("look-at-" + entity.label(), entity, (name, range, execution) -> {
            EntityPlan entityPlan = plan.of(entity);
            return steps.chunks(
                    name,
                    properties.chunkSize(),
                    mapped(entity, range),
                    new Analysis(
                            entity,
                            target,
                            new TargetRecords(entityPlan.table()),
                            work.rows(entity),
                            work.processor(entity),
                            reverse(entityPlan),
                            ledger,
                            items,
                            properties.rollback().onConflict(),
                            Steps.number(execution),
                            isAsked(execution)));
        });
    }

    private MappedRowReader mapped(Entity entity, KeyRange range) {
        return new MappedRowReader(mapped, entity, range.after(), range.upTo(), properties.chunkSize());
    }

    /**
     * Whether a person asked for the rollback. One that follows an invalid migration by itself cannot tell what the new
     * system changed from what was written wrongly, so it writes nothing to legacy.
     */
    private static boolean isAsked(StepExecution execution) {
        // Whoever resumes it: a person is told to, where a rollback that began by itself was killed.
        return execution
                .getJobExecution()
                .getExecutionContext()
                .getString(BEGUN_BY)
                .equals("rollback");
    }

    private ReverseMapping reverse(EntityPlan entityPlan) {
        return new ReverseMapping(entityPlan.rules(), properties.source().timeZone());
    }

    private RemovedRecords removed(Entity entity) {
        return new RemovedRecords(plan.of(entity).table(), run.migration());
    }

    private Proof proof() {
        return new Proof(
                target,
                plan.plan().tables().values(),
                plan.plan().entities().keySet().stream().map(this::removed).toList());
    }

    Step prepare() {
        return steps.task(
                "prepare",
                execution -> proof().prepare(execution.getJobExecution().getExecutionContext()));
    }

    Step carryBack(Entity entity) {
        return new PartitionStep("carry-back-" + entity.label(), (name, range, execution) -> {
            EntityPlan entityPlan = plan.of(entity);
            return steps.chunks(
                    name,
                    properties.chunkSize(),
                    new ItemsToWriteReader(items, entity, Steps.number(execution), LOOKED_AT_ONCE),
                    new CarryBack(
                            entity,
                            target,
                            legacy,
                            new TargetRecords(entityPlan.table()),
                            entityPlan.rules().table(),
                            work.processor(entity),
                            reverse(entityPlan),
                            ledger,
                            items,
                            Steps.number(execution)));
        });
    }

    Step remove(Entity entity) {
        return steps.partitionedLedger(
                "remove-" + entity.label(),
                entity,
                (name, range, execution) -> steps.chunks(
                        name,
                        properties.chunkSize(),
                        mapped(entity, range),
                        new Remover(
                                entity,
                                target,
                                new RowsInUse(
                                        plan.of(entity).table(),
                                        plan.plan().tables().values()),
                                removed(entity),
                                ledger,
                                items,
                                Steps.number(execution),
                                run.id(),
                                Beginning.horizon(execution.getJobExecution().getExecutionContext()),
                                options.dryRun())));
    }

    /** Proves that the rollback did what it must, and leaves the migration as if it had not been started. */
    Step prove() {
        return steps.task("prove", execution -> {
            proof().check(execution.getJobExecution().getExecutionContext());
            ranges.forget();
            new MigrationJobs(repository, run.migration()).forget("migrate");
        });
    }

    Step checkUndo() {
        return steps.task("check", execution -> proof().checkUndo());
    }

    Step putBack(Entity entity) {
        return new PartitionStep("put-back-" + entity.label(), (name, range, execution) -> {
            PutBack putBack = new PutBack(entity, target, removed(entity), ledger, properties.chunkSize());
            return steps.chunks(name, 1, putBack, putBack);
        });
    }
}
