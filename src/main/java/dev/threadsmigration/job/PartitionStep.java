package dev.threadsmigration.job;

import dev.threadsmigration.legacy.KeyRange;
import java.sql.SQLException;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/**
 * Runs the chunk-oriented step of one key range. The step is made for its range and not a step-scoped bean, since a scoped
 * proxy would be asked for every single row.
 */
final class PartitionStep implements Step {

    private static final String ORDINAL = "range.ordinal";
    private static final String AFTER = "range.after";
    private static final String UP_TO = "range.upTo";

    private final String name;
    private final Factory factory;

    /** Makes the step of a key range. */
    interface Factory {
        Step create(String name, KeyRange range, StepExecution execution) throws SQLException;
    }

    PartitionStep(String name, Factory factory) {
        this.name = name;
        this.factory = factory;
    }

    @Override
    public String getName() {
        return name;
    }

    @Override
    public void execute(StepExecution stepExecution) throws JobInterruptedException {
        Step step;
        try {
            step = factory.create(
                    stepExecution.getStepName(), range(stepExecution.getExecutionContext()), stepExecution);
        } catch (SQLException e) {
            throw new IllegalStateException("the step " + stepExecution.getStepName() + " cannot be made", e);
        }
        step.execute(stepExecution);
    }

    static ExecutionContext context(KeyRange range) {
        ExecutionContext context = new ExecutionContext();
        context.putLong(ORDINAL, range.ordinal());
        if (range.after() != null) {
            context.putString(AFTER, range.after());
        }
        if (range.upTo() != null) {
            context.putString(UP_TO, range.upTo());
        }
        return context;
    }

    /** Whether it is known which range of its step's this is. */
    static boolean isOfRange(StepExecution execution) {
        return execution.getExecutionContext().containsKey(ORDINAL);
    }

    /** Which range of its step's this is. */
    static int ordinal(StepExecution execution) {
        return ordinal(execution.getExecutionContext());
    }

    private static int ordinal(ExecutionContext context) {
        return (int) context.getLong(ORDINAL, 0);
    }

    private static KeyRange range(ExecutionContext context) {
        return new KeyRange(
                ordinal(context),
                context.containsKey(AFTER) ? context.getString(AFTER) : null,
                context.containsKey(UP_TO) ? context.getString(UP_TO) : null);
    }
}
