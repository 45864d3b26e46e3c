package dev.threadsmigration.job;

import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.StepContribution;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;

/**
 * Reads, processes and writes a chunk each time it is called, in the transaction of the step that calls it, and counts items
 * as Spring Batch's chunk-oriented step does. That one also makes an observation and a flight recorder's event of every
 * single item, which nobody has asked for.
 */
final class ChunkTasklet<I, O> implements Tasklet {

    private final IntSupplier size;
    private final BooleanSupplier full;
    private final ItemReader<? extends I> reader;
    private final ItemProcessor<? super I, ? extends O> processor;
    private final ItemWriter<? super O> writer;

    /**
     * @param size how many items are read for a chunk; what the processor filters out counts
     * @param full whether no more should be read for this chunk, though it has fewer
     */
    ChunkTasklet(
            IntSupplier size,
            BooleanSupplier full,
            ItemReader<? extends I> reader,
            ItemProcessor<? super I, ? extends O> processor,
            ItemWriter<? super O> writer) {
        this.size = size;
        this.full = full;
        this.reader = reader;
        this.processor = processor;
        this.writer = writer;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        Chunk<O> chunk = new Chunk<>();
        I item = null;
        int most = size.getAsInt();
        for (int read = 0; read < most && !(read > 0 && full.getAsBoolean()); read++) {
            item = reader.read();
            if (item == null) {
                break;
            }
            contribution.incrementReadCount();
            O processed = processor.process(item);
            if (processed == null) {
                contribution.incrementFilterCount();
            } else {
                chunk.add(processed);
            }
        }
        if (!chunk.isEmpty()) {
            writer.write(chunk);
            contribution.incrementWriteCount(chunk.size());
        }
        return RepeatStatus.continueIf(item != null);
    }
}
