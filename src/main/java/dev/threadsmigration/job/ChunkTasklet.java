package dev.threadsmigration.job;

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

    private final int size;
    private final ItemReader<? extends I> reader;
    private final ItemProcessor<? super I, ? extends O> processor;
    private final ItemWriter<? super O> writer;

    /** @param size how many items are read for a chunk; what the processor filters out counts */
    ChunkTasklet(
            int size,
            ItemReader<? extends I> reader,
            ItemProcessor<? super I, ? extends O> processor,
            ItemWriter<? super O> writer) {
        this.size = size;
        this.reader = reader;
        this.processor = processor;
        this.writer = writer;
    }

    @Override
    public RepeatStatus execute(StepContribution contribution, ChunkContext context) throws Exception {
        Chunk<O> chunk = new Chunk<>();
        I item = null;
        for (int read = 0; read < size && (item = reader.read()) != null; read++) {
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
