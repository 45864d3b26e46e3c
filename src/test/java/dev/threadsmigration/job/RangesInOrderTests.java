package dev.threadsmigration.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadsmigration.legacy.KeyRange;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;

/** One lane runs ranges that are given to it in disorder. */
class RangesInOrderTests {

    private final List<Integer> begun = new ArrayList<>();

    private void run(Consumer<StepExecution> work, int... ordinals) throws Exception {
        RangesInOrder handler = new RangesInOrder();
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
        JobExecution job = new JobExecution(1, new JobInstance(1, "migrate"), new JobParameters());
        Set<StepExecution> ranges = new LinkedHashSet<>();
        IntStream.of(ordinals).forEach(ordinal -> {
            StepExecution range = new StepExecution(ordinal + 10, "threads:range-" + ordinal, job);
            range.setExecutionContext(PartitionStep.context(new KeyRange(ordinal, null, null)));
            ranges.add(range);
        });
        handler.doHandle(new StepExecution(1, "threads", job), ranges);
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
    void beginsNoneAfterOneCouldNotBeMade() {
        assertThatThrownBy(() -> run(
                        range -> {
                            throw new IllegalStateException("the step cannot be made");
                        },
                        1,
                        0,
                        2))
                .hasRootCauseMessage("the step cannot be made");
        assertThat(begun).containsExactly(0);
    }
}
