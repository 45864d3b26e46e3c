package dev.threadsmigration.job;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.ledger.KeyRanges;
import dev.threadsmigration.ledger.KeyRanges.Divided;
import dev.threadsmigration.ledger.MappedRows;
import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.legacy.PageReader;
import dev.threadsmigration.model.Entity;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.builder.SimpleJobBuilder;
import org.springframework.batch.core.listener.JobExecutionListener;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.builder.TaskletStepBuilder;
import org.springframework.batch.core.step.tasklet.TaskletStep;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemStream;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.core.task.SimpleAsyncTaskExecutor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Makes steps as all jobs have them: stopped between chunks, in the target's transactions, over frozen key ranges. */
final class Steps {

    /** Metadata may be nested a thousand levels deep, and trees are walked by recursion. */
    private static final long STACK_BYTES = 16L << 20;

    private final JobRepository repository;
    private final PlatformTransactionManager transactionManager;
    private final Throttle throttle;
    private final ChunkSize chunkSize;
    private final MigrationProperties properties;
    private final RunOptions options;
    private final LegacyDatabase legacy;
    private final MappedRows mapped;
    private final KeyRanges ranges;
    private final PlanHolder plan;

    Steps(
            JobRepository repository,
            PlatformTransactionManager transactionManager,
            Throttle throttle,
            ChunkSize chunkSize,
            MigrationProperties properties,
            RunOptions options,
            LegacyDatabase legacy,
            MappedRows mapped,
            KeyRanges ranges,
            PlanHolder plan) {
        this.repository = repository;
        this.transactionManager = transactionManager;
        this.throttle = throttle;
        this.chunkSize = chunkSize;
        this.properties = properties;
        this.options = options;
        this.legacy = legacy;
        this.mapped = mapped;
        this.ranges = ranges;
        this.plan = plan;
    }

    /** The number under which what a job finds is kept: the same after a restart. */
    static long number(StepExecution execution) {
        return execution.getJobExecution().getJobInstance().getInstanceId();
    }

    /** A step that works in chunks, each in one transaction with its checkpoint. */
    <I, O> Step chunks(String name, ItemReader<I> reader, ItemProcessor<I, O> processor, ItemWriter<O> writer) {
        return chunks(name, Integer.MAX_VALUE, reader, processor, writer);
    }

    /** The same, with nothing between reading and writing. */
    <T> Step chunks(String name, ItemReader<T> reader, ItemWriter<T> writer) {
        return chunks(name, Integer.MAX_VALUE, reader, writer);
    }

    /** @param most items in a chunk, also where the job file wants more */
    <T> Step chunks(String name, int most, ItemReader<T> reader, ItemWriter<T> writer) {
        return chunks(name, most, reader, item -> item, writer);
    }

    private <I, O> Step chunks(
            String name, int most, ItemReader<I> reader, ItemProcessor<I, O> processor, ItemWriter<O> writer) {
        TaskletStepBuilder builder = new StepBuilder(name, repository)
                .tasklet(
                        new ChunkTasklet<>(
                                () -> throttle.chunkSize(Math.min(most, chunkSize.records())),
                                reader instanceof PageReader pages ? pages::isChunkFull : () -> false,
                                reader,
                                processor,
                                writer),
                        transactionManager);
        if (reader instanceof ItemStream stream) {
            builder.stream(stream);
        }
        TaskletStep step = builder.build();
        step.setInterruptionPolicy(throttle);
        return step;
    }

    /**
     * A job of these steps, one after the other.
     *
     * @param listeners that get to know of each try of it
     */
    Job job(String name, List<Step> flow, JobExecutionListener... listeners) {
        SimpleJobBuilder job = new JobBuilder(name, repository).start(flow.get(0));
        Stream.of(listeners).forEach(job::listener);
        flow.subList(1, flow.size()).forEach(job::next);
        return job.build();
    }

    /** A step that does one thing, in a transaction. */
    Step task(String name, Consumer<StepExecution> work) {
        return new StepBuilder(name, repository)
                .tasklet(
                        (contribution, context) -> {
                            work.accept(contribution.getStepExecution());
                            // With the task, or a kill right after it would lose what it notes there.
                            repository.updateExecutionContext(
                                    contribution.getStepExecution().getJobExecution());
                            return RepeatStatus.FINISHED;
                        },
                        transactionManager)
                .build();
    }

    /** A step that runs the factory's step for each key range of an entity's legacy table, side by side. */
    Step partitioned(String name, Entity entity, PartitionStep.Factory factory) {
        LegacyTable table = plan.of(entity).rules().table();
        return partitioned(
                name,
                entity,
                Divided.LEGACY,
                lanes -> RangeSizes.bounds(
                        ends(plan.of(entity).total(), lanes), legacy.rows(table).keys()::behind),
                factory);
    }

    /** The same for each range of an entity's ledger entries. */
    Step partitionedLedger(String name, Entity entity, PartitionStep.Factory factory) {
        return partitioned(
                name,
                entity,
                Divided.LEDGER,
                lanes -> RangeSizes.bounds(
                        ends(mapped.size(entity), lanes),
                        (after, distance) -> mapped.keyBehind(entity, after, distance)),
                factory);
    }

    private List<Long> ends(long total, int lanes) {
        return RangeSizes.ends(total, lanes, properties.chunkSize());
    }

    /** @param divider of what has been divided by no run yet */
    Step partitioned(
            String name, Entity entity, Divided divided, FrozenRanges.Divider divider, PartitionStep.Factory factory) {
        // A dry run has one transaction, and so one connection.
        int parallel = options.dryRun() ? 1 : properties.partitions().count();
        SimpleAsyncTaskExecutor executor = new SimpleAsyncTaskExecutor(name + "-");
        executor.setConcurrencyLimit(parallel);
        executor.setThreadFactory(work -> new Thread(null, work, name, STACK_BYTES));
        RangesInOrder handler = new RangesInOrder();
        handler.setTaskExecutor(executor);
        handler.setStep(new PartitionStep(name, factory));
        handler.setGridSize(parallel);
        return new StepBuilder(name, repository)
                .partitioner(
                        name,
                        new FrozenRanges(ranges, divided, entity, divider, new TransactionTemplate(transactionManager)))
                .partitionHandler(handler)
                .build();
    }
}
