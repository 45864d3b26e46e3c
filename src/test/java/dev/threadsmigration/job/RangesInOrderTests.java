package dev.threadsmigration.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.legacy.KeyRange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.test.MetaDataInstanceFactory;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.core.task.SyncTaskExecutor;
import org.springframework.core.task.TaskExecutor;

/** One lane runs ranges that are given to it in disorder. */
class RangesInOrderTests {

    private final List<Integer> begun = Collections.synchronizedList(new ArrayList<>());

    private Collection<StepExecution> run(Consumer<StepExecution> work, int... ordinals) throws Exception {
        return run(new SyncTaskExecutor(), work, ordinals);
    }

    private Collection<StepExecution> run(TaskExecutor lanes, Consumer<StepExecution> work, int... ordinals)
            throws Exception {
        RangesInOrder handler = new RangesInOrder();
        handler.setTaskExecutor(lanes);
        handler.setStep(new Step() {
            @Override
            public String getName() {
                return "threads";
            }

            @Override
            public void execute(StepExecution range) {
                begun.add(PartitionStep.ordinal(range));
                work.accept(range);
            }
        });
        JobExecution job = MetaDataInstanceFactory.createJobExecution();
        Set<StepExecution> ranges = new LinkedHashSet<>();
        IntStream.of(ordinals).forEach(ordinal -> {
            StepExecution range =
                    MetaDataInstanceFactory.createStepExecution(job, "threads:range-" + ordinal, ordinal + 10L);
            range.setExecutionContext(PartitionStep.context(new KeyRange(ordinal, null, null)));
            ranges.add(range);
        });
        return handler.doHandle(MetaDataInstanceFactory.createStepExecution(job, "threads", 1L), ranges);
    }

    @Test
    void beginsTheLargeOnesFirst() throws Exception {
        run(range -> range.setStatus(BatchStatus.COMPLETED), 3, 0, 4, 1, 2);
        assertThat(begun).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void beginsNoneAfterOneHasFailed() throws Exception {
        run(
                range ->
                        range.setStatus(PartitionStep.ordinal(range) == 1 ? BatchStatus.FAILED : BatchStatus.COMPLETED),
                2,
                1,
                0,
                3);
        assertThat(begun).containsExactly(0, 1);
    }

    @Test
    void beginsNoneAfterOneCouldNotBeMadeAndSaysWhy() throws Exception {
        Collection<StepExecution> ended = run(
                range -> {
                    throw new IllegalStateException("the step cannot be made");
                },
                1,
                0,
                2);
        assertThat(begun).containsExactly(0);
        assertThat(ended)
                .filteredOn(range -> range.getStatus() == BatchStatus.FAILED)
                .singleElement()
                .satisfies(range -> assertThat(range.getFailureExceptions())
                        .singleElement()
                        .extracting(Throwable::getMessage)
                        .isEqualTo("the step cannot be made"));
    }

    @Test
    void waitsForTheOtherLanesWhereARangeCouldNotBeMade() throws Exception {
        CountDownLatch othersBegun = new CountDownLatch(1);
        AtomicBoolean otherEnded = new AtomicBoolean();
        run(
                new SimpleAsyncTaskExecutor(),
                range -> {
                    if (PartitionStep.ordinal(range) == 0) {
                        await(othersBegun);
                        throw new IllegalStateException("the step cannot be made");
                    }
                    othersBegun.countDown();
                    LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                    otherEnded.set(true);
                },
                0,
                1);
        assertThat(otherEnded).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
