package dev.threadsmigration.job;

import com.zaxxer.hikari.HikariDataSource;
import dev.threadsmigration.config.JobFile;
import dev.threadsmigration.config.JobFileException;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.database.ConnectionGate;
import dev.threadsmigration.database.ConnectionPools;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.DryRunDataSource;
import dev.threadsmigration.database.MemoryShare;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.database.TargetEncoding;
import dev.threadsmigration.ledger.AdoptedRows;
import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.CurrentRun;
import dev.threadsmigration.ledger.DeferredDefinitions;
import dev.threadsmigration.ledger.DeletedRows;
import dev.threadsmigration.ledger.Equation;
import dev.threadsmigration.ledger.FollowedChanges;
import dev.threadsmigration.ledger.KeyRanges;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.LedgerSchema;
import dev.threadsmigration.ledger.MappedRows;
import dev.threadsmigration.ledger.MigrationRegistry;
import dev.threadsmigration.ledger.OtherMigrations;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.RunLock;
import dev.threadsmigration.ledger.SharedRecords;
import dev.threadsmigration.ledger.StorableText;
import dev.threadsmigration.ledger.ValidationLog;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.target.ApplicationWrites;
import dev.threadsmigration.target.IndexDeferral;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The two databases, and what the ledger keeps in one of them. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

    private static final int CONNECTIONS_BESIDE_PARTITIONS = 3;

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }

    @Bean
    MigrationProperties migrationProperties(Environment environment) {
        return JobFile.read(environment);
    }

    @Bean
    TargetDialect targetDialect(MigrationProperties properties) {
        return TargetDialect.of(properties.target().url());
    }

    @Bean
    ConnectionGate connectionGate() {
        return new ConnectionGate();
    }

    @Bean(defaultCandidate = false)
    @Qualifier("targetPool")
    HikariDataSource targetPool(MigrationProperties properties, TargetDialect targetDialect) {
        return pool(
                "target",
                properties.target().url(),
                properties.target().username(),
                properties.target().password(),
                targetDialect,
                Map.of(),
                properties.partitions().count());
    }

    /** The target's pool behind the gate; in a dry run its one transaction. */
    @Bean
    @Qualifier("target")
    DataSource target(@Qualifier("targetPool") HikariDataSource pool, RunOptions options, ConnectionGate gate) {
        return options.dryRun() ? new DryRunDataSource(pool) : gate.guard(pool);
    }

    @Bean(defaultCandidate = false)
    @Qualifier("legacy")
    DataSource legacy(MigrationProperties properties) {
        Dialect dialect = Dialect.of(properties.source().url());
        return pool(
                "legacy",
                properties.source().url(),
                properties.source().username(),
                properties.source().password(),
                dialect,
                // The demo's is made over its first connection.
                properties.demo() ? Map.of() : dialect.session().readingProperties(),
                properties.partitions().count());
    }

    private static HikariDataSource pool(
            String name,
            String url,
            @Nullable String username,
            @Nullable String password,
            Dialect dialect,
            Map<String, String> moreProperties,
            int partitions) {
        try {
            Map<String, String> all =
                    new HashMap<>(dialect.session().memoryProperties(MemoryShare.ofLanes(partitions)));
            all.putAll(moreProperties);
            return ConnectionPools.of(
                    name, url, username, password, dialect, all, partitions + CONNECTIONS_BESIDE_PARTITIONS);
        } catch (RuntimeException e) {
            // Its words hold the whole URL, which may hold a password.
            throw new JobFileException(
                    "migration.%s.url cannot be understood: correct host, port, database and parameters"
                            .formatted(name.equals("legacy") ? "source" : name));
        }
    }

    @Bean
    PlatformTransactionManager transactionManager(@Qualifier("target") DataSource target) {
        return new JdbcTransactionManager(target);
    }

    @Bean
    CurrentRun currentRun(MigrationProperties properties) {
        return new CurrentRun(properties.name());
    }

    @Bean
    LegacyDatabase legacyDatabase(@Qualifier("legacy") DataSource legacy) {
        return new LegacyDatabase(legacy);
    }

    @Bean
    LedgerSchema ledgerSchema(@Qualifier("target") DataSource target, TargetDialect targetDialect) {
        return new LedgerSchema(target, targetDialect);
    }

    @Bean
    TargetEncoding targetEncoding(@Qualifier("target") DataSource target, TargetDialect targetDialect) {
        return new TargetEncoding(target, targetDialect);
    }

    @Bean
    StorableText storableText(TargetEncoding targetEncoding) {
        return new StorableText(targetEncoding);
    }

    @Bean
    MigrationRegistry migrationRegistry(@Qualifier("target") DataSource target) {
        return new MigrationRegistry(target);
    }

    @Bean
    FollowedChanges followedChanges(
            @Qualifier("target") DataSource target,
            TargetDialect targetDialect,
            StorableText storableText,
            CurrentRun run,
            Clock clock) {
        return new FollowedChanges(target, targetDialect, storableText, run, clock);
    }

    @Bean
    WriteQueue writeQueue(@Qualifier("target") DataSource target, StorableText storableText, CurrentRun run) {
        return new WriteQueue(target, storableText, run);
    }

    @Bean
    CarriedWrites carriedWrites(
            @Qualifier("target") DataSource target,
            TargetDialect targetDialect,
            StorableText storableText,
            CurrentRun run,
            Clock clock) {
        return new CarriedWrites(target, targetDialect, storableText, run, clock);
    }

    @Bean
    AdoptedRows adoptedRows(
            @Qualifier("target") DataSource target, TargetDialect targetDialect, CurrentRun run, Clock clock) {
        return new AdoptedRows(target, targetDialect, run, clock);
    }

    @Bean
    ApplicationWrites applicationWrites(
            @Qualifier("target") DataSource target,
            TargetDialect targetDialect,
            WriteQueue queue,
            MigrationProperties properties) {
        return new ApplicationWrites(target, targetDialect, queue, properties.name());
    }

    @Bean
    DeletedRows deletedRows(@Qualifier("target") DataSource target, TargetDialect targetDialect, CurrentRun run) {
        return new DeletedRows(target, targetDialect, run);
    }

    @Bean
    Ledger ledger(
            @Qualifier("target") DataSource target,
            TargetDialect targetDialect,
            StorableText storableText,
            CurrentRun run,
            Clock clock) {
        return new Ledger(target, targetDialect, storableText, run, clock);
    }

    @Bean
    SharedRecords sharedRecords(@Qualifier("target") DataSource target, TargetDialect targetDialect, CurrentRun run) {
        return new SharedRecords(target, targetDialect, run);
    }

    @Bean
    OtherMigrations otherMigrations(
            @Qualifier("target") DataSource target, SharedRecords shared, Ledger ledger, CurrentRun run) {
        return new OtherMigrations(target, shared, ledger, run);
    }

    @Bean
    Equation equation(@Qualifier("target") DataSource target, CurrentRun run) {
        return new Equation(target, run);
    }

    @Bean
    MappedRows mappedRows(@Qualifier("target") DataSource target, CurrentRun run) {
        return new MappedRows(target, run);
    }

    @Bean
    Rejects rejects(
            @Qualifier("target") DataSource target,
            TargetDialect targetDialect,
            StorableText storableText,
            CurrentRun run,
            Clock clock) {
        return new Rejects(target, targetDialect, storableText, run, clock);
    }

    @Bean
    KeyRanges keyRanges(@Qualifier("target") DataSource target, StorableText storableText, CurrentRun run) {
        return new KeyRanges(target, storableText, run);
    }

    @Bean
    DeferredDefinitions deferredDefinitions(@Qualifier("target") DataSource target, CurrentRun run, Clock clock) {
        return new DeferredDefinitions(target, run, clock);
    }

    @Bean
    IndexDeferral indexDeferral(
            @Qualifier("target") DataSource target,
            TargetDialect targetDialect,
            DeferredDefinitions deferred,
            PlatformTransactionManager transactionManager,
            MigrationProperties properties) {
        return new IndexDeferral(
                target,
                targetDialect,
                deferred,
                transactionManager,
                properties.partitions().count());
    }

    @Bean
    AuditLog auditLog(@Qualifier("target") DataSource target, StorableText storableText, CurrentRun run, Clock clock) {
        return new AuditLog(target, storableText, run, clock);
    }

    @Bean
    ValidationLog validationLog(@Qualifier("target") DataSource target, StorableText storableText, CurrentRun run) {
        return new ValidationLog(target, storableText, run);
    }

    @Bean
    RunLock runLock(MigrationProperties properties, TargetDialect targetDialect) {
        return RunLock.on(properties.target(), targetDialect, properties.name());
    }
}
