package dev.threadsmigration.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.PostgresServer;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

class RunLockIntegrationTests {

    private final Forum forum = Forum.onPostgres();

    @Test
    void whoAsksAgainAndAgainTurnsNobodyAway() throws Exception {
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Integer> asking = CompletableFuture.supplyAsync(() -> {
            int asked = 0;
            while (!enough.get()) {
                isTaken("forum");
                asked++;
            }
            return asked;
        });
        int turnedAway = 0;
        for (int i = 0; i < 50; i++) {
            try (RunLock lock = lock("forum", forum.targetUrl())) {
                turnedAway += lock.tryAcquire() ? 0 : 1;
            }
            awaitFree("forum");
        }
        enough.set(true);

        assertThat(asking.get()).isGreaterThan(50);
        assertThat(turnedAway).isZero();
    }

    /** A key with its highest bit set is a negative number: among these names there are such and others. */
    @Test
    void itIsTakenWhileAProcessHasItUnderThisNameInThisDatabase() throws Exception {
        assertThat(forum.ask("""
                        SELECT DISTINCT hashtextextended('threads-migration:forum-' || n, 0) < 0
                        FROM generate_series(1, 8) n""")).hasSize(2);
        for (int n = 1; n <= 8; n++) {
            String name = "forum-" + n;
            assertThat(isTaken(name)).isFalse();
            try (RunLock lock = lock(name, forum.targetUrl())) {
                assertThat(lock.tryAcquire()).isTrue();
                assertThat(isTaken(name)).isTrue();
                assertThat(isTaken("another")).isFalse();
                assertThat(isTaken(name, forum.legacyUrl()))
                        .as("in the database beside")
                        .isFalse();
                assertThat(lock.isHeld()).isTrue();
            }
            awaitFree(name);
        }
    }

    /** The server ends a session a moment after its connection is closed. */
    private void awaitFree(String name) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofMinutes(3))
                .until(() -> !isTaken(name));
    }

    private boolean isTaken(String name) {
        return isTaken(name, forum.targetUrl());
    }

    @Test
    void whoIsPatientGetsWhatAnotherHasForAMoment() throws Exception {
        String url = PostgresServer.shared().createDatabase();
        try (RunLock store = lock("patience", url);
                RunLock run = lock("patience", url)) {
            assertThat(store.tryAcquire()).isTrue();
            assertThat(run.tryAcquire(Duration.ofMillis(50))).isFalse();
            CompletableFuture<Void> release = CompletableFuture.runAsync(
                    store::close, CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS));
            assertThat(run.tryAcquire(Duration.ofSeconds(30))).isTrue();
            release.get();
        }
    }

    private static boolean isTaken(String name, String url) {
        try (RunLock lock = lock(name, url)) {
            return lock.isTaken();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static RunLock lock(String name, String url) {
        PostgresServer server = PostgresServer.shared();
        return new RunLock(
                new DriverManagerDataSource(url, server.username(), server.password()), TargetDialect.of(url), name);
    }
}
