package dev.threadsmigration.job;

import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.support.MapJobRegistry;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.launch.support.JobOperatorFactoryBean;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.support.JdbcJobRepositoryFactoryBean;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.init.DatabasePopulatorUtils;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/**
 * Spring Batch on the target's own data source and transaction manager, so that one transaction holds a chunk's rows, its
 * ledger entries and its checkpoint. Boot's auto-configuration is not used: its job registry makes every job at start-up,
 * before the preflight has seen the databases.
 */
@Configuration(proxyBeanMethods = false)
public class BatchConfiguration {

    private static final long FIRST_OF_DRY_RUNS = 1L << 40;

    @Bean
    JobRepository jobRepository(
            RunOptions options, @Qualifier("target") DataSource target, PlatformTransactionManager transactionManager)
            throws Exception {
        JdbcJobRepositoryFactoryBean factory = new JdbcJobRepositoryFactoryBean();
        if (options.dryRun()) {
            DataSource memory = inMemory();
            factory.setDataSource(memory);
            factory.setTransactionManager(new JdbcTransactionManager(memory));
        } else {
            factory.setDataSource(target);
            factory.setTransactionManager(transactionManager);
            factory.setTablePrefix("threads_migration.BATCH_");
        }
        factory.afterPropertiesSet();
        return factory.getObject();
    }

    /**
     * A dry run leaves nothing behind, so nothing of it can be resumed. What it finds stands beside what earlier runs
     * found until it ends, so its jobs must not have their numbers.
     */
    private static DataSource inMemory() {
        SimpleDriverDataSource memory = new SimpleDriverDataSource(
                new org.h2.Driver(), "jdbc:h2:mem:dry-run-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        DatabasePopulatorUtils.execute(
                new ResourceDatabasePopulator(new ClassPathResource("org/springframework/batch/core/schema-h2.sql")),
                memory);
        new JdbcTemplate(memory).execute("ALTER SEQUENCE BATCH_JOB_INSTANCE_SEQ RESTART WITH " + FIRST_OF_DRY_RUNS);
        return memory;
    }

    @Bean
    JobOperator jobOperator(JobRepository jobRepository, PlatformTransactionManager transactionManager)
            throws Exception {
        JobOperatorFactoryBean factory = new JobOperatorFactoryBean();
        factory.setJobRepository(jobRepository);
        factory.setJobRegistry(new MapJobRegistry());
        factory.setTransactionManager(transactionManager);
        factory.afterPropertiesSet();
        return factory.getObject();
    }

    @Bean
    StopSignal stopSignal() {
        return new StopSignal();
    }
}
