package dev.threadsmigration.job;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.ledger.KeyRanges;
import dev.threadsmigration.ledger.KeyRanges.Divided;
import dev.threadsmigration.ledger.MappedRowReader;
import dev.threadsmigration.ledger.MappedRows;
import dev.threadsmigration.legacy.KeyRange;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.rollback.Beginning;
import dev.threadsmigration.rollback.PutBack;
import dev.threadsmigration.target.ApplicationWrites;
import java.util.Collection;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** Makes the steps of a rollback and of its undoing. */
final class RollbackSteps {

    private static final String BEGUN_BY = "rollback.begunBy";

    private final Steps steps;
    private final RollbackWork work;
    private final MigrationProperties properties;
    private final RunOptions options;
    private final MappedRows mapped;
    private final KeyRanges ranges;
    private final ApplicationWrites writes;
    private final Beginning beginning;
    private final JobRepository repository;

    RollbackSteps(
            Steps steps,
            RollbackWork work,
            MigrationProperties properties,
            RunOptions options,
            MappedRows mapped,
            KeyRanges ranges,
            ApplicationWrites writes,
            Beginning beginning,
            JobRepository repository) {
        this.steps = steps;
        this.work = work;
        this.properties = properties;
        this.options = options;
        this.mapped = mapped;
        this.ranges = ranges;
        this.writes = writes;
        this.beginning = beginning;
        this.repository = repository;
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
        return steps.partitionedLedger(
                "look-at-" + entity.label(),
                entity,
                (name, range, execution) -> steps.chunks(
                        name, mapped(entity, range), work.analysis(entity, execution, isAsked(execution))));
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

    Step prepare() {
        return steps.task(
                "prepare",
                execution -> work.proof().prepare(execution.getJobExecution().getExecutionContext()));
    }

    Step carryBack(Entity entity) {
        return new PartitionStep(
                "carry-back-" + entity.label(),
                (name, range, execution) ->
                        steps.chunks(name, work.itemsToWrite(entity, execution), work.carryBack(entity, execution)));
    }

    Step remove(Entity entity) {
        return steps.partitionedLedger(
                "remove-" + entity.label(),
                entity,
                (name, range, execution) ->
                        steps.chunks(name, mapped(entity, range), work.remover(entity, execution, isAsked(execution))));
    }

    /** Proves that the rollback did what it must, and leaves the migration as if it had not been started. */
    Step prove() {
        return steps.task("prove", execution -> {
            work.proof().check(execution.getJobExecution().getExecutionContext());
            writes.ignore();
            ranges.forget();
            new MigrationJobs(repository, properties.name()).forget("migrate");
        });
    }

    Step checkUndo() {
        return steps.task("check", execution -> {
            work.proof().checkUndo();
            work.proof().indexKept();
        });
    }

    /** What the new system had deleted stays away, as the ledger knew before it was rolled back. */
    Step giveBackDeleted(Collection<Entity> entities) {
        return steps.task(
                "give-back-deleted", execution -> entities.forEach(entity -> work.giveBackDeleted(entity, execution)));
    }

    Step putBack(Entity entity) {
        return steps.partitioned(
                "put-back-" + entity.label(),
                entity,
                Divided.KEPT,
                lanes -> work.keptBounds(entity, lanes),
                (name, range, execution) -> {
                    PutBack putBack = work.putBack(entity, range, execution);
                    return steps.chunks(name, 1, putBack, putBack);
                });
    }
}
