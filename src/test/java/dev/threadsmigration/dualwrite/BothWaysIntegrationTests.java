package dev.threadsmigration.dualwrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.database.TargetEncoding;
import dev.threadsmigration.ledger.CurrentRun;
import dev.threadsmigration.ledger.QueuedWrite;
import dev.threadsmigration.ledger.StorableText;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.PostgresServer;
import dev.threadsmigration.support.ReportedRun;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Where {@code sync} meets {@code migrate}, an application that goes on writing, or the traces of a run that was killed. */
class BothWaysIntegrationTests {

    private static final String ADA = id(1);
    private static final String FIRST = id(101);
    private static final String SECOND = id(102);
    private static final String MADE = id(901);

    @TempDir
    Path folder;

    private Forum forum;

    private static String id(int number) {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }

    @BeforeEach
    void makeForum() {
        forum = Forum.onPostgres().withLegacyTables().withTargetTables().user(ADA, "Ada");
        forum.thread(FIRST, "First", ADA, "{\"a\": 1}").thread(SECOND, "Second", ADA);
        forum.legacy("ALTER TABLE legacy_threads ALTER created_date TYPE timestamp(3) with time zone,"
                + " ALTER modified_date TYPE timestamp(3) with time zone");
    }

    private ReportedRun run(String command, String... more) {
        String[] all = Stream.concat(Stream.of("--migration.dual-write.enabled=true"), Stream.of(more))
                .toArray(String[]::new);
        return ReportedRun.of(forum, folder, command, all).endsWith(0);
    }

    private void make(String id, String title, String metadata) {
        forum.target("""
                INSERT INTO threads (id, title, user_id, metadata, created_at, updated_at)
                VALUES ('%s', %s, '%s', %s, '2026-01-02 03:04:05.123456', '2026-01-02 03:04:06.123456')""".formatted(id, title, ADA, metadata));
    }

    private List<String> queue() {
        return forum.ask(
                "SELECT record_id, held_because, detail FROM threads_migration.queued_write ORDER BY record_id");
    }

    private List<String> legacy(String columns) {
        return forum.ask(forum.legacyUrl(), "SELECT " + columns + " FROM legacy_threads ORDER BY id");
    }

    /** The ledger and the queue as they are after a kill between legacy's commit and the target's. */
    private void killedBeforeItWasNoted(String thread, String before) {
        forum.target(
                "UPDATE threads_migration.carried_write SET action = 'writing' WHERE new_id = '" + thread + "'",
                before,
                """
                INSERT INTO threads_migration.queued_write (migration, entity, record_id)
                SELECT migration, entity, new_id FROM threads_migration.carried_write WHERE new_id = '%s'""".formatted(thread));
    }

    private static String unknown(String thread) {
        return "DELETE FROM threads_migration.migration_mapping WHERE new_id = '" + thread + "'";
    }

    @Test
    void legacysLaterChangesReachWhatTheApplicationWroteMoreExactlyThanLegacyCanSay() {
        run("migrate");
        make(MADE, "NULL", "'{\"p\": 1}'");
        forum.target("UPDATE threads SET title = 'Mine', updated_at = '2026-05-05 01:02:03.123456' WHERE id = '" + FIRST
                + "'");
        run("sync");
        forum.legacy("UPDATE legacy_threads SET subject = 'By legacy', modified_date = '2026-06-06 00:00:00+00'");
        run("migrate", "--migration.on-changed=update");

        assertThat(forum.ask("SELECT title, updated_at FROM threads"))
                .containsExactly(
                        "By legacy|2026-06-06 00:00:00",
                        "By legacy|2026-06-06 00:00:00",
                        "By legacy|2026-06-06 00:00:00");
        assertThat(forum.ask("SELECT metadata FROM threads WHERE id = '" + MADE + "'"))
                .containsExactly("{\"p\": 1}");
        assertThat(queue()).isEmpty();
    }

    @Test
    void whatTheApplicationWroteSinceIsNotOverwrittenByLegacy() {
        run("migrate");
        make(MADE, "NULL", "NULL");
        run("sync");
        forum.target("UPDATE threads SET title = 'Later' WHERE id = '" + MADE + "'");
        forum.legacy("UPDATE legacy_threads SET subject = 'By legacy' WHERE id = '" + MADE + "'");
        run("migrate", "--migration.on-changed=update", "--migration.validation.enabled=false");
        assertThat(forum.ask("SELECT title FROM threads WHERE id = '" + MADE + "'"))
                .containsExactly("Later");
    }

    @Test
    void whatCannotBeCarriedHoldsUpNothingElse() {
        forum.legacy(
                "ALTER TABLE legacy_users ADD PRIMARY KEY (id)",
                "ALTER TABLE legacy_threads ADD FOREIGN KEY (owner_id) REFERENCES legacy_users DEFERRABLE INITIALLY DEFERRED");
        String bob = id(2);
        forum.user(bob, "Bob");
        run("migrate");
        forum.legacy("DELETE FROM legacy_users WHERE id = '" + bob + "'");
        make(id(911), "'Endless'", "NULL");
        make(id(912), "'Of nobody'", "NULL");
        make(MADE, "'Made'", "NULL");
        forum.target(
                "UPDATE threads SET created_at = 'infinity' WHERE title = 'Endless'",
                "UPDATE threads SET user_id = '" + bob + "' WHERE title = 'Of nobody'");
        run("sync");
        assertThat(legacy("subject")).containsExactly("First", "Second", "Made");
        assertThat(queue()).hasSize(2);
        assertThat(queue().get(0)).isEqualTo(id(911) + "|legacy cannot take it|its createdAt is infinity");
        assertThat(queue().get(1)).contains(id(912) + "|legacy cannot take it", "foreign key");
    }

    @Test
    void manyRefusalsAreFoundInOneGo() {
        forum.legacy("ALTER TABLE legacy_threads ADD CHECK (subject <> 'Rude')");
        run("migrate");
        forum.target("""
                INSERT INTO threads (id, title, user_id, created_at, updated_at)
                SELECT gen_random_uuid(), CASE WHEN n % 2 = 0 THEN 'Rude' ELSE 'Kind' END, '{ADA}', now(), now()
                FROM generate_series(1, 400) n""".replace("{ADA}", ADA));
        forum.legacy("CREATE SEQUENCE tries", """
                CREATE FUNCTION count_tries() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM nextval('tries'); RETURN NEW; END $$""", """
                CREATE TRIGGER count_tries BEFORE INSERT ON legacy_threads
                FOR EACH ROW EXECUTE FUNCTION count_tries()""");
        run("sync");
        assertThat(queue()).hasSize(200);
        assertThat(legacy("subject")).hasSize(202);
        // Once to find the first refusal, once to find the others, once without them.
        assertThat(Long.parseLong(forum.ask(forum.legacyUrl(), "SELECT last_value FROM tries")
                        .get(0)))
                .isLessThanOrEqualTo(3 * 400);
    }

    @Test
    void aMarkOfTheApplicationsOwnOrOfACopiedThreadSaysNothingOfANewThread() {
        run("migrate");
        make(id(911), "'Own'", "'{\"oldId\": 77}'");
        make(id(912), "'Copy'", "'{\"oldId\": 78, \"migrated\": true, \"oldSystem\": \"legacy-v1\", \"k\": 1}'");
        run("sync");
        assertThat(queue()).isEmpty();
        assertThat(legacy("legacy_id, custom_fields")).contains("null|{\"oldId\":77}", "null|{\"k\":1}");
    }

    @Test
    void rowsThatShareAKeyAreNotWrittenOver() {
        run("migrate");
        forum.thread(FIRST, "Of somebody else", ADA);
        forum.target("UPDATE threads SET title = 'Mine' WHERE id = '" + FIRST + "'");
        run("sync", "--migration.dual-write.on-conflict=take-target");
        assertThat(legacy("subject")).containsExactlyInAnyOrder("First", "Of somebody else", "Second");
        assertThat(queue()).containsExactly(FIRST + "|several legacy rows have its key|null");
    }

    @Test
    void aRecordThatAKilledSyncMadeIsDeletedWithTheApplications() {
        run("migrate");
        make(MADE, "'Made'", "NULL");
        run("sync");
        killedBeforeItWasNoted(MADE, unknown(MADE));
        forum.target("DELETE FROM threads WHERE id = '" + MADE + "'");
        run("sync", "--migration.dual-write.deletes=carry");
        assertThat(legacy("subject")).containsExactly("First", "Second");
        assertThat(queue()).isEmpty();
        run("migrate");
        assertThat(forum.ask("SELECT title FROM threads ORDER BY id")).containsExactly("First", "Second");
    }

    @Test
    void aRecordThatAKilledSyncMadeIsNoStrangerToMigrate() {
        run("migrate");
        make(MADE, "NULL", "NULL");
        run("sync");
        killedBeforeItWasNoted(MADE, unknown(MADE));
        run("migrate");
        assertThat(forum.equation()).containsEntry("threads", "3|2|1|0|0");
        run("sync");
        assertThat(queue()).isEmpty();
    }

    @Test
    void aDryRunCountsWhatAKilledSyncMadeAsWhatItIs() {
        run("migrate");
        make(MADE, "NULL", "NULL");
        run("sync");
        killedBeforeItWasNoted(MADE, unknown(MADE));
        ReportedRun dryRun = run("migrate", "--dry-run");
        assertThat(dryRun.number("/entities/threads/duplicate")).isEqualTo(1);
        assertThat(dryRun.number("/entities/threads/rejected")).isZero();
        assertThat(forum.ask("SELECT action FROM threads_migration.carried_write"))
                .containsExactly("writing");
    }

    @Test
    void whatAKilledSyncWroteIsNoChangeOfLegacys() {
        run("migrate");
        String hash = forum.ask(
                        "SELECT content_hash FROM threads_migration.migration_mapping WHERE new_id = '" + FIRST + "'")
                .get(0);
        forum.target("UPDATE threads SET title = 'One' WHERE id = '" + FIRST + "'");
        run("sync");
        killedBeforeItWasNoted(
                FIRST,
                "UPDATE threads_migration.migration_mapping SET content_hash = " + hash + " WHERE new_id = '" + FIRST
                        + "'");
        forum.target("UPDATE threads SET title = 'Two' WHERE id = '" + FIRST + "'");
        run("sync", "--migration.dual-write.on-conflict=keep-legacy");
        assertThat(legacy("subject")).containsExactly("Two", "Second");
        assertThat(queue()).isEmpty();
    }

    @Test
    void anApplicationThatGoesOnWritingIsNotDeadlocked() throws Exception {
        PostgresServer server = PostgresServer.shared();
        try (Connection application =
                        DriverManager.getConnection(forum.targetUrl(), server.username(), server.password());
                Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            statement.execute("LOCK TABLE threads IN ROW EXCLUSIVE MODE");
            CompletableFuture<ReportedRun> migrate = CompletableFuture.supplyAsync(() -> run("migrate"));
            String waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND mode = 'ShareRowExclusiveLock'"
                    + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(20))
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> !forum.ask(waiting).isEmpty());
            statement.execute("SET LOCAL lock_timeout = '500ms'");
            statement.execute("INSERT INTO users VALUES ('" + id(5) + "', 'Eve', now(), now())");
            application.commit();
            migrate.get();
        }
        assertThat(queue()).containsExactly(id(5) + "|null|null");
    }

    @Test
    void whatIsWrittenWhileASyncRunsIsLeftToTheNext() {
        run("migrate");
        make(id(911), "'Before'", "NULL");
        PostgresServer server = PostgresServer.shared();
        DataSource target = new DriverManagerDataSource(forum.targetUrl(), server.username(), server.password());
        TargetDialect dialect = TargetDialect.of(forum.targetUrl());
        WriteQueue queue = new WriteQueue(
                target, new StorableText(new TargetEncoding(target, dialect)), new CurrentRun(forum.name()));
        QueueReader reader = new QueueReader(queue, Entity.THREADS, queue.end(), 1);
        make(MADE, "'Meanwhile'", "NULL");
        assertThat(reader.read()).extracting(QueuedWrite::recordId).isEqualTo(id(911));
        assertThat(reader.read()).isNull();
    }

    @Test
    void aDryRunTakesNoLocksOfTheApplications() throws Exception {
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        PostgresServer server = PostgresServer.shared();
        try (Connection application =
                        DriverManager.getConnection(forum.targetUrl(), server.username(), server.password());
                Statement statement = application.createStatement()) {
            application.setAutoCommit(false);
            statement.execute("LOCK TABLE threads IN ROW EXCLUSIVE MODE");
            run("sync", "--dry-run", "--migration.retry-for=0s");
        }
    }

    @Test
    void aDisabledTriggerIsNoticedAndMadeAnew() {
        run("migrate");
        forum.target("ALTER TABLE threads DISABLE TRIGGER ALL");
        assertThat(run("sync").run().out()).contains("From now on what the application writes");
        make(MADE, "'Made'", "NULL");
        assertThat(queue()).hasSize(1);
    }

    @Test
    void aTextThatOnlyLooksLikeAnIdOfOursIsHeldAndOfManyWritesOne() {
        forum.target(
                "ALTER TABLE feedback ALTER id TYPE text, ALTER thread_id TYPE text, DROP CONSTRAINT feedback_thread_id_fkey",
                "ALTER TABLE threads ALTER id TYPE text");
        run("migrate");
        String capitals = "AAAAAAAA-0000-4000-8000-00000000090E";
        make(capitals, "'Made'", "NULL");
        forum.legacy("UPDATE legacy_threads SET subject = 'By legacy' WHERE id = '" + FIRST + "'");
        for (int i = 0; i < 3; i++) {
            forum.target("UPDATE threads SET title = 'Mine " + i + "' WHERE id = '" + FIRST + "'");
        }
        run("sync");
        assertThat(queue())
                .containsExactly(FIRST + "|it changed in legacy, too|null", capitals + "|its id is no UUID|null");
    }

    @Test
    void anUndoneRollbackQueuesAgain() {
        run("migrate");
        run("rollback", "--yes");
        run("rollback", "--undo", "--yes");
        assertThat(queue()).isEmpty();
        forum.target("UPDATE threads SET title = 'Mine' WHERE id = '" + FIRST + "'");
        run("sync");
        assertThat(legacy("subject")).containsExactly("Mine", "Second");
    }

    /** What a migration moved that was purged looks like the application's until its rows have been met again. */
    @Test
    void nothingIsNewToLegacyBeforeAMigrateHasBeenThroughIt() {
        forum.thread("abc", "By a text", ADA);
        run("migrate");
        run("rollback", "--purge", "--yes");
        run("migrate", "--migration.entities=users");
        run("sync");
        forum.target("UPDATE threads SET title = 'Mine' WHERE title = 'By a text'");
        run("sync");
        assertThat(legacy("subject")).containsExactly("First", "Second", "By a text");
        assertThat(forum.ask("SELECT held_because FROM threads_migration.queued_write"))
                .containsExactly("migrate has not met all legacy rows yet");

        make(MADE, "'Made'", "NULL");
        run("migrate", "--migration.validation.enabled=false");
        run("sync");
        // What the record was before is not known any more, so that a person is to decide.
        assertThat(forum.ask("SELECT held_because FROM threads_migration.queued_write"))
                .containsExactly("it changed in legacy, too");
        assertThat(legacy("subject")).containsExactlyInAnyOrder("First", "Second", "By a text", "Made");
    }

    @Test
    void whatAKilledSyncWroteOfARecordThatAPurgeForgotIsNoRecordOfTheApplications() {
        forum.thread("abc", "By a text", ADA);
        run("migrate");
        forum.target("UPDATE threads SET title = 'Mine' WHERE title = 'By a text'");
        run("sync");
        forum.target("UPDATE threads_migration.carried_write SET action = 'writing'");
        run("rollback", "--purge", "--yes");
        run("migrate");
        assertThat(forum.ask("SELECT legacy_id FROM threads_migration.adopted_id"))
                .isEmpty();
        run("sync");
    }

    @Test
    void aRowThatTheApplicationMakesAgainIsRejectedNoMore() {
        forum.thread(MADE, "Of nobody", id(77));
        ReportedRun.of(forum, folder, "migrate", "--migration.dual-write.enabled=true");
        assertThat(forum.equation()).containsEntry("threads", "3|2|0|1|0");
        forum.legacy("DELETE FROM legacy_threads WHERE id = '" + MADE + "'");
        make(MADE, "'Mended'", "NULL");
        run("sync");
        assertThat(legacy("subject")).contains("Mended");
        assertThat(forum.equation()).containsEntry("threads", "3|2|1|0|0");
    }

    /** Killed between legacy's commit of a deletion and the target's, and then the application makes the record again. */
    @Test
    void whatWasDeletedBeforeAKillCanBeMadeAgain() {
        run("migrate");
        forum.target("DELETE FROM threads WHERE id = '" + SECOND + "'");
        forum.target(
                "CREATE TABLE entry AS SELECT * FROM threads_migration.migration_mapping WHERE new_id = '" + SECOND
                        + "'",
                "CREATE TABLE write AS SELECT * FROM threads_migration.queued_write");
        run("sync", "--migration.dual-write.deletes=carry");
        forum.target(
                "UPDATE threads_migration.carried_write SET action = 'deleting'",
                "INSERT INTO threads_migration.migration_mapping SELECT * FROM entry",
                "INSERT INTO threads_migration.queued_write (migration, entity, record_id) SELECT migration, entity, record_id FROM write",
                "DROP TABLE entry, write");
        run("migrate");
        assertThat(forum.ask(
                        "SELECT action, deleted_row::json ->> 'subject' FROM threads_migration.carried_write WHERE legacy_id = '"
                                + SECOND + "'"))
                .containsExactly("deleted|Second");
        make(SECOND, "'Again'", "NULL");
        run("sync", "--migration.dual-write.deletes=carry");
        assertThat(queue()).isEmpty();
        assertThat(legacy("subject")).containsExactly("First", "Again");
    }
}
