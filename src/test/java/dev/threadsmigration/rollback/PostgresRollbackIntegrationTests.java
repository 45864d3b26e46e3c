package dev.threadsmigration.rollback;

import static dev.threadsmigration.support.SampleForum.thread;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.PostgresServer;
import dev.threadsmigration.support.ReportedRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresRollbackIntegrationTests extends RollbackContract {

    @Override
    Forum databases() {
        return Forum.onPostgres();
    }

    @ParameterizedTest
    @ValueSource(strings = {"role", "server"})
    void aReadOnlyLegacyDatabaseIsToldBeforeAnythingIsTouched(String readOnlyBy) {
        forum.target("UPDATE threads SET title = 'Changed' WHERE id = '" + thread(1) + "'");
        List<String> target = target();
        List<String> legacy = legacy();

        ReportedRun refused = readOnlyBy.equals("role") ? asReader() : asReadOnlySession();

        assertThat(refused.endsWith(2).run().all()).contains("Nothing was touched", "1 change must be carried back");
        assertThat(target()).isEqualTo(target);
        assertThat(legacy()).isEqualTo(legacy);
        rollback().endsWith(0);
    }

    @Test
    void aReadOnlyLegacyDatabaseIsNoMatterWhereNothingMustBeWritten() {
        asReader().endsWith(0);
        assertThat(target()).isEmpty();
    }

    @Test
    void aRoleThatMayUpdateButNotInsertIsToldWhereARowMustBeRestored() {
        forum.legacy("DELETE FROM legacy_threads WHERE id = '" + thread(1) + "'");
        List<String> target = target();
        assertThat(as("updater", "SELECT, UPDATE").endsWith(2).run().all()).contains("Nothing was touched");
        assertThat(target()).isEqualTo(target);
    }

    @Test
    void aMigrationThatRunsCannotBeRolledBackBesideIt() throws SQLException {
        List<String> target = target();
        PostgresServer server = PostgresServer.shared();
        try (Connection running = server.connect(forum.targetUrl())) {
            running.createStatement()
                    .execute("SELECT pg_advisory_lock(hashtextextended('threads-migration:%s', 0))"
                            .formatted(forum.name()));
            forum.target("UPDATE threads_migration.audit_log SET status = 'RUNNING'");
            rollback().endsWith(4);
            rollback("--undo").endsWith(4);
            rollback("--purge").endsWith(4);
        }
        assertThat(target()).isEqualTo(target);
    }

    @Test
    void whatSomebodyWritesIntoLegacyMeanwhileIsNotOverwritten() throws SQLException {
        forum.target("UPDATE threads SET title = 'Ours' WHERE id IN ('%s', '%s')".formatted(thread(1), thread(2)));
        ReportedRun rolledBack;
        try (Connection somebody = PostgresServer.shared().connect(forum.legacyUrl())) {
            somebody.setAutoCommit(false);
            somebody.createStatement()
                    .execute("UPDATE legacy_threads SET subject = 'Theirs' WHERE id = '" + thread(1) + "'");
            CompletableFuture<ReportedRun> running = CompletableFuture.supplyAsync(this::rollback);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> forum.ask(forum.legacyUrl(), """
                                    SELECT count(*) FROM pg_stat_activity
                                    WHERE datname = current_database() AND wait_event_type = 'Lock'""").equals(List.of("1")));
            somebody.commit();
            rolledBack = running.join();
        }

        assertThat(counts(rolledBack.endsWith(0)))
                .containsEntry("restored", 1L)
                .as("the thread, and the user that it refers to")
                .containsEntry("kept", 2L);
        assertThat(legacyColumns(1, "subject")).containsExactly("Theirs");
        assertThat(legacyColumns(2, "subject")).containsExactly("Ours");
        assertThat(forum.ask("SELECT title FROM threads WHERE id = '" + thread(1) + "'"))
                .containsExactly("Ours");
    }

    @Test
    void rowsThatWereThereBeforeStayWhateverTheLedgerCallsThem() {
        Forum other = dev.threadsmigration.support.SampleForum.in(databases());
        other.target("INSERT INTO users VALUES ('%s', 'Name 1', '2019-03-04 05:06:01.123456', '2021-01-01 00:00:00')"
                .formatted(dev.threadsmigration.support.SampleForum.user(1)));
        forum = other;
        ReportedRun.of(forum, folder.resolve("other").toFile().mkdir() ? folder.resolve("other") : folder, "migrate")
                .endsWith(0);
        assertThat(forum.equation()).containsEntry("users", "6|5|1|0|0");

        ReportedRun.of(forum, folder.resolve("other"), "rollback", "--yes").endsWith(0);

        assertThat(target())
                .containsExactly(dev.threadsmigration.support.SampleForum.user(1)
                        + "|Name 1|2019-03-04 05:06:01.123456|2021-01-01 00:00:00");
        assertThat(forum.equation()).containsEntry("users", "6|0|1|0|5");
    }

    @Test
    void indexesAndConstraintsAreAsTheyWere() {
        String definitions = """
                SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
                UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
                WHERE connamespace = 'public'::regnamespace ORDER BY 1""";
        List<String> before = forum.ask(definitions);
        rollback().endsWith(0);
        assertThat(forum.ask(definitions)).isEqualTo(before).isNotEmpty();
    }

    private ReportedRun asReader() {
        return as("reader", "SELECT");
    }

    private ReportedRun as(String role, String privileges) {
        String name = role + "_" + forum.name().replace('-', '_');
        forum.legacy(
                "CREATE ROLE %s LOGIN PASSWORD 'secret'".formatted(name),
                "GRANT %s ON ALL TABLES IN SCHEMA public TO %s".formatted(privileges, name));
        return rollback("--migration.source.username=" + name, "--migration.source.password=secret");
    }

    private ReportedRun asReadOnlySession() {
        forum.legacy("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on',"
                + " current_database()); END $$");
        ReportedRun run = rollback();
        forum.legacy(
                "SET default_transaction_read_only = off",
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET default_transaction_read_only',"
                        + " current_database()); END $$");
        return run;
    }
}
