package dev.threadsmigration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.database.TargetEncoding;
import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.CurrentRun;
import dev.threadsmigration.ledger.LedgerSchema;
import dev.threadsmigration.ledger.RunLock;
import dev.threadsmigration.ledger.RunStatus;
import dev.threadsmigration.ledger.StorableText;
import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.PostgresServer;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Who has the lock, as a store or a run, and how long a command waits for it. */
class LockWaitIntegrationTests {

    private static final PostgresServer SERVER = PostgresServer.shared();

    private final Forum forum = Forum.onPostgres();
    private final DriverManagerDataSource target =
            new DriverManagerDataSource(forum.targetUrl(), SERVER.username(), SERVER.password());
    private final TargetDialect dialect = TargetDialect.of(forum.targetUrl());
    private final AuditLog audit = new AuditLog(
            target,
            new StorableText(new TargetEncoding(target, dialect)),
            new CurrentRun(forum.name()),
            Clock.systemUTC());

    @BeforeEach
    void makeLedger() {
        new LedgerSchema(target, dialect).migrate();
    }

    private RunLock lock() {
        return new RunLock(target, dialect, forum.name());
    }

    private boolean takes() throws SQLException {
        try (RunLock lock = lock()) {
            return LockWait.take(lock, audit, Clock.systemUTC());
        }
    }

    @Test
    void aStoreThatMovesARecordIsWaitedForAndARunIsNot() throws SQLException {
        try (RunLock holder = lock()) {
            assertThat(holder.tryAcquire()).isTrue();
            CompletableFuture.runAsync(holder::close, CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
            assertThat(takes()).isTrue();
        }
        try (RunLock holder = lock()) {
            assertThat(LockWait.take(holder, audit, Clock.systemUTC())).isTrue();
            assertThat(takes()).as("held to the end").isFalse();

            audit.begin("migrate", "1", Map.of(), id -> true);
            Instant before = Instant.now();
            assertThat(takes()).as("a run").isFalse();
            assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofSeconds(1));
            audit.end(RunStatus.COMPLETED, 0, null);
        }
    }
}
