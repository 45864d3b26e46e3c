package dev.threadsmigration.bench;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemProcessor;
import org.springframework.batch.infrastructure.item.database.JdbcBatchItemWriter;
import org.springframework.batch.infrastructure.item.database.JdbcPagingItemReader;
import org.springframework.batch.infrastructure.item.database.Order;
import org.springframework.batch.infrastructure.item.database.builder.JdbcBatchItemWriterBuilder;
import org.springframework.batch.infrastructure.item.database.builder.JdbcPagingItemReaderBuilder;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** Spring Batch as its tutorials show it: a paging reader, chunks of a thousand, batched inserts that skip duplicates. */
@Configuration
@EnableBatchProcessing
@EnableJdbcJobRepository
public class TutorialJob {

    /** Where its own tables lie, so that they are dropped with it. */
    static final String SCHEMA = "tutorial";

    private static final int CHUNK = 1000;

    public static void main(String[] arguments) throws Exception {
        try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(TutorialJob.class)) {
            BatchStatus status = context.getBean(JobOperator.class)
                    .start(context.getBean(Job.class), new JobParameters())
                    .getStatus();
            if (status != BatchStatus.COMPLETED) {
                throw new IllegalStateException("the job ended " + status);
            }
        }
    }

    @Bean
    DataSource legacy() {
        Database legacy = Environment.legacy();
        return pool(legacy, legacy.url());
    }

    @Bean
    DataSource dataSource() {
        Database target = Environment.target();
        target.execute("CREATE SCHEMA " + SCHEMA);
        DataSource pool =
                pool(target, target.urlWith("reWriteBatchedInserts=true&currentSchema=" + SCHEMA + ",public"));
        new ResourceDatabasePopulator(new ClassPathResource("org/springframework/batch/core/schema-postgresql.sql"))
                .execute(pool);
        return pool;
    }

    private static DataSource pool(Database database, String url) {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl(url);
        pool.setUsername(database.user());
        pool.setPassword(database.password());
        return pool;
    }

    @Bean
    PlatformTransactionManager transactionManager(DataSource dataSource) {
        return new JdbcTransactionManager(dataSource);
    }

    @Bean
    JdbcPagingItemReader<LegacyThread> reader(DataSource legacy) throws Exception {
        return new JdbcPagingItemReaderBuilder<LegacyThread>()
                .name("legacyThreads")
                .dataSource(legacy)
                .selectClause("SELECT " + LegacyThread.COLUMNS)
                .fromClause("FROM legacy_threads")
                .sortKeys(Map.of("id", Order.ASCENDING))
                .pageSize(CHUNK)
                .rowMapper((row, number) -> LegacyThread.read(row))
                .build();
    }

    @Bean
    JdbcBatchItemWriter<NewThread> writer(DataSource dataSource) {
        return new JdbcBatchItemWriterBuilder<NewThread>()
                .dataSource(dataSource)
                .sql(NewThread.INSERT + " ON CONFLICT DO NOTHING")
                .itemPreparedStatementSetter(NewThread::bind)
                .assertUpdates(false)
                .build();
    }

    @Bean
    Job job(
            JobRepository repository,
            PlatformTransactionManager transactionManager,
            JdbcPagingItemReader<LegacyThread> reader,
            JdbcBatchItemWriter<NewThread> writer) {
        ItemProcessor<LegacyThread, NewThread> processor = NewThread::of;
        Step step = new StepBuilder("threads", repository)
                .<LegacyThread, NewThread>chunk(CHUNK)
                .transactionManager(transactionManager)
                .reader(reader)
                .processor(processor)
                .writer(writer)
                .build();
        return new JobBuilder("threads", repository).start(step).build();
    }
}
