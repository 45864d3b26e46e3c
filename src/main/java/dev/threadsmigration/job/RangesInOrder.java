package dev.threadsmigration.job;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Collectors;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.partition.support.TaskExecutorPartitionHandler;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/**
 * Runs key ranges in their order, the large ones first. Once a range has failed, none is begun any more: where a server is
 * away, each would wait for it in vain.
 */
final class RangesInOrder extends TaskExecutorPartitionHandler {

    private volatile boolean failed;

    @Override
    protected Set<StepExecution> doHandle(StepExecution manager, Set<StepExecution> ranges) throws Exception {
        failed = false;
        return super.doHandle(
                manager,
                ranges.stream()
                        .sorted(Comparator.comparingInt(PartitionStep::ordinal))
                        .collect(Collectors.toCollection(LinkedHashSet::new)));
    }

    @Override
    protected FutureTask<StepExecution> createTask(Step step, StepExecution range) {
        return new FutureTask<>(() -> {
            if (failed) {
                return range;
            }
            try {
                step.execute(range);
            } catch (JobInterruptedException | RuntimeException e) {
                // Thrown on, it would end the waiting for the other lanes, which would then write unobserved.
                range.setStatus(BatchStatus.FAILED);
                range.addFailureException(e);
            }
            if (range.getStatus().isUnsuccessful()) {
                failed = true;
            }
            return range;
        });
    }
}
