package dev.threadsmigration.dualwrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the application writes into the target, by SQL of its own, and what legacy gets of it. */
class SyncIntegrationTests {

    private static final String ADA = id(1);
    private static final String FIRST = id(101);
    private static final String SECOND = id(102);
    private static final String MADE = id(901);

    private static final String MADE_IN_TARGET = """
            INSERT INTO threads (id, title, user_id, metadata, created_at, updated_at)
            VALUES ('%s', %s, '%s', '{"pinned": true, "n": 1.10}', '2026-01-02 03:04:05.123456', '2026-01-02 03:04:06')""";

    @TempDir
    Path folder;

    private Forum forum;

    private static String id(int number) {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }

    /** Ada's two threads, the first with feedback, are moved, and the application's writes are queued. */
    @BeforeEach
    void moveAll() {
        forum = Forum.onPostgres().withLegacyTables().withTargetTables().user(ADA, "Ada");
        forum.thread(FIRST, "First", ADA, "{\"a\": 1}").thread(SECOND, "Second", ADA);
        forum.feedback(id(201), FIRST, ADA);
        run("migrate", 0);
        assertThat(queue()).isEmpty();
    }

    private ReportedRun run(String command, int exitCode, String... more) {
        return run(forum, folder, command, exitCode, more);
    }

    private static ReportedRun run(Forum forum, Path folder, String command, int exitCode, String... more) {
        String[] all = Stream.concat(
                        Stream.of("--migration.dual-write.enabled=true", "--migration.validation.enabled=false"),
                        Stream.of(more))
                .toArray(String[]::new);
        return ReportedRun.of(forum, folder, command, all).endsWith(exitCode);
    }

    private List<String> queue() {
        return forum.ask("SELECT entity, record_id, held_because FROM threads_migration.queued_write ORDER BY id");
    }

    private List<String> legacy(String query) {
        return forum.ask(forum.legacyUrl(), query);
    }

    private static String summary(ReportedRun run) {
        var all = run.report().path("dualWrite");
        return "%d inserted, %d updated, %d deleted, kept %s, waiting %d, held %s"
                .formatted(
                        all.path("inserted").asLong(),
                        all.path("updated").asLong(),
                        all.path("deleted").asLong(),
                        all.path("keptBecause"),
                        all.path("waiting").asLong(),
                        all.path("heldBecause"));
    }

    @Test
    void whatARollbackCarriedBackIsNoChangeOfLegacysOnceTheRollbackIsUndone() {
        forum = Forum.onPostgres().withLegacyTables().withTargetTables().user(ADA, "Ada");
        forum.thread(FIRST, "First", ADA).thread(SECOND, "Second", ADA);
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        forum.target("UPDATE threads SET title = 'Renamed'");
        ReportedRun.of(forum, folder, "rollback", "--yes").endsWith(0);
        ReportedRun.of(forum, folder, "rollback", "--undo", "--yes").endsWith(0);
        run("migrate", 0);
        String their = " WHERE id = '" + SECOND + "'";
        forum.legacy("UPDATE legacy_threads SET subject = 'Theirs'" + their);
        forum.target("UPDATE threads SET title = 'Ours'");

        assertThat(summary(run("sync", 0)))
                .isEqualTo(
                        "0 inserted, 1 updated, 0 deleted, kept {}, waiting 0, held {\"it changed in legacy, too\":1}");
        assertThat(legacy("SELECT subject FROM legacy_threads ORDER BY id")).containsExactly("Ours", "Theirs");

        forum.legacy("UPDATE legacy_threads SET subject = 'Renamed'");
        forum.target("DELETE FROM threads" + their, "UPDATE threads SET title = 'Ours again'");
        assertThat(summary(run("sync", 0, "--migration.dual-write.deletes=carry")))
                .as("what was carried since counts, not what the rollback had carried")
                .isEqualTo(
                        "0 inserted, 1 updated, 1 deleted, kept {}, waiting 0, held {\"it changed in legacy, too\":1}");
        assertThat(legacy("SELECT id, subject FROM legacy_threads")).containsExactly(FIRST + "|Renamed");
    }

    @Test
    void legacyGetsWhatTheApplicationMade() {
        forum.target(
                "INSERT INTO users VALUES ('%s', 'Bob', '2026-01-01', '2026-01-01')".formatted(id(2)),
                MADE_IN_TARGET.formatted(MADE, "'Made'", id(2)),
                """
                INSERT INTO feedback (id, thread_id, user_id, type, rating, created_at, updated_at)
                VALUES ('%s', '%s', '%s', 'rating', 5, '2026-01-03', '2026-01-03')""".formatted(id(902), MADE, ADA));
        assertThat(queue()).hasSize(3);
        String index = "SELECT indexname FROM pg_indexes WHERE indexname = 'migration_mapping_new_id'";
        assertThat(forum.ask(index))
                .as("which all records would pay for that are moved")
                .isEmpty();
        ReportedRun run = run("sync", 0);
        assertThat(forum.ask(index)).hasSize(1);

        assertThat(summary(run)).isEqualTo("3 inserted, 0 updated, 0 deleted, kept {}, waiting 0, held {}");
        assertThat(run.run().out()).contains("3 records inserted into legacy, 0 updated, 0 deleted there");
        assertThat(queue()).isEmpty();
        assertThat(legacy("SELECT full_name FROM legacy_users WHERE id = '" + id(2) + "'"))
                .containsExactly("Bob");
        assertThat(legacy("SELECT subject, owner_id, created_date AT TIME ZONE 'UTC' FROM legacy_threads WHERE id = '"
                        + MADE + "'"))
                .containsExactly("Made|" + id(2) + "|2026-01-02 03:04:05.123456");
        assertThat(legacy("SELECT custom_fields FROM legacy_threads WHERE id = '" + MADE + "'")
                        .get(0))
                .contains("\"pinned\":true", "1.10")
                .doesNotContain("migrated");
        assertThat(legacy("SELECT thread_id, rating FROM legacy_feedback WHERE id = '" + id(902) + "'"))
                .containsExactly(MADE + "|5");

        run("migrate", 0);
        assertThat(forum.equation())
                .containsEntry("users", "2|1|1|0|0")
                .containsEntry("threads", "3|2|1|0|0")
                .containsEntry("feedback", "2|1|1|0|0");
        run("validate", 0);
        assertThat(forum.ask("SELECT metadata FROM threads WHERE id = '" + MADE + "'"))
                .containsExactly("{\"n\": 1.10, \"pinned\": true}");
    }

    @Test
    void legacyGetsWhatTheApplicationChangedAndOnlyOnce() {
        forum.target(
                "UPDATE threads SET title = 'Renamed', metadata = metadata || '{\"b\": 2}' WHERE id = '" + FIRST + "'",
                "UPDATE threads SET tenant_id = 'north' WHERE id = '" + FIRST + "'");
        assertThat(queue()).hasSize(2);
        forum.target("UPDATE threads SET created_at = '2021-01-01' WHERE id = '" + SECOND + "'");
        assertThat(summary(run("sync", 0))).isEqualTo("0 inserted, 2 updated, 0 deleted, kept {}, waiting 0, held {}");

        // What had no date of its own there has one now, or it would follow the other.
        assertThat(legacy("SELECT created_date AT TIME ZONE 'UTC', modified_date AT TIME ZONE 'UTC' FROM legacy_threads"
                        + " WHERE id = '" + SECOND + "'"))
                .containsExactly("2021-01-01 00:00:00|2020-01-02 03:04:05");
        assertThat(legacy("SELECT subject, division_code FROM legacy_threads WHERE id = '" + FIRST + "'"))
                .containsExactly("Renamed|north");
        assertThat(legacy("SELECT custom_fields FROM legacy_threads WHERE id = '" + FIRST + "'"))
                .containsExactly("{\"a\":1,\"b\":2}");
        run("validate", 0);

        forum.legacy("UPDATE legacy_threads SET subject = 'By legacy' WHERE id = '" + FIRST + "'");
        run("migrate", 0, "--migration.on-changed=update");
        assertThat(forum.ask("SELECT title FROM threads WHERE id = '" + FIRST + "'"))
                .containsExactly("By legacy");
        assertThat(queue()).isEmpty();
    }

    @Test
    void whatChangedOnBothSidesIsHeldUntilSomebodyDecides() {
        for (String thread : List.of(FIRST, SECOND)) {
            forum.target("UPDATE threads SET title = 'By the application' WHERE id = '" + thread + "'");
            forum.legacy("UPDATE legacy_threads SET subject = 'By legacy' WHERE id = '" + thread + "'");
        }
        ReportedRun held = run("sync", 0);
        assertThat(summary(held))
                .isEqualTo(
                        "0 inserted, 0 updated, 0 deleted, kept {}, waiting 0, held {\"it changed in legacy, too\":2}");
        assertThat(held.run().out())
                .contains("2  held in the queue: it changed in legacy, too", "migration.dual-write.on-conflict");
        assertThat(subjects()).containsExactly("By legacy", "By legacy");

        forum.legacy("DELETE FROM legacy_threads WHERE id = '" + SECOND + "'");
        assertThat(summary(run("sync", 0)))
                .contains("\"it changed in legacy, too\":1", "\"its legacy row was deleted\":1");

        assertThat(summary(run("sync", 0, "--migration.dual-write.on-conflict=take-target")))
                .isEqualTo("1 inserted, 1 updated, 0 deleted, kept {}, waiting 0, held {}");
        assertThat(subjects()).containsExactly("By the application", "By the application");

        forum.target("UPDATE threads SET title = 'Once more' WHERE id = '" + FIRST + "'");
        forum.legacy("UPDATE legacy_threads SET subject = 'Once more by legacy' WHERE id = '" + FIRST + "'");
        assertThat(summary(run("sync", 0, "--migration.dual-write.on-conflict=keep-legacy")))
                .isEqualTo(
                        "1 inserted, 0 updated, 0 deleted, kept {\"it changed in legacy, too\":1}, waiting 0, held {}");
        assertThat(subjects()).containsExactly("Once more by legacy", "By the application");
    }

    private List<String> subjects() {
        return legacy("SELECT subject FROM legacy_threads ORDER BY id");
    }

    @Test
    void deletesStayInTheNewSystemUnlessTheJobFileWantsThem() {
        forum.target("DELETE FROM threads WHERE id = '" + SECOND + "'");
        assertThat(summary(run("sync", 0)))
                .isEqualTo(
                        "0 inserted, 0 updated, 0 deleted, kept {\"it was deleted in the new system alone\":1}, waiting 0, held {}");
        assertThat(subjects()).containsExactly("First", "Second");

        forum.thread(id(103), "Of legacy alone", ADA);
        forum.target("DELETE FROM users");
        assertThat(queue()).hasSize(3);
        ReportedRun run = run("sync", 0, "--migration.dual-write.deletes=carry");
        assertThat(summary(run)).contains("2 deleted", "held {\"legacy cannot delete it\":1}");
        assertThat(subjects()).containsExactly("Second", "Of legacy alone");
        assertThat(legacy("SELECT count(*) FROM legacy_feedback")).containsExactly("0");
        assertThat(forum.ask("SELECT detail FROM threads_migration.queued_write"))
                .containsExactly("rows of \"public\".\"legacy_threads\" refer to it");
        assertThat(
                        forum.ask(
                                "SELECT deleted_row::json ->> 'subject' FROM threads_migration.carried_write WHERE action = 'deleted' AND entity = 'threads'"))
                .containsExactly("First");
        assertThat(forum.outcomes()).contains("threads " + SECOND + ": migrated", "users " + ADA + ": migrated");
        assertThat(forum.outcomes()).doesNotContain("threads " + FIRST + ": migrated");

        forum.legacy("DELETE FROM legacy_threads");
        run("sync", 0, "--migration.dual-write.deletes=carry");
        assertThat(legacy("SELECT count(*) FROM legacy_users")).containsExactly("0");
        assertThat(queue()).isEmpty();
    }

    @Test
    void everyLegacyGetsItsOwnRecordsAndWhatIsNewToAll(@TempDir Path theirs) {
        Forum other = forum.besides().withLegacyTables().user(ADA, "Ada").user(id(2), "Only there");
        other.thread(id(301), "Theirs", ADA);
        run(other, theirs, "migrate", 0);
        forum.target(
                "UPDATE threads SET title = 'Renamed'",
                MADE_IN_TARGET.formatted(MADE, "'Made'", ADA),
                MADE_IN_TARGET.formatted(id(902), "'Made by their user'", id(2)));

        assertThat(summary(run("sync", 0))).isEqualTo("1 inserted, 2 updated, 0 deleted, kept {}, waiting 0, held {}");
        assertThat(subjects()).containsExactly("Renamed", "Renamed", "Made");
        assertThat(summary(run(other, theirs, "sync", 0)))
                .isEqualTo("2 inserted, 1 updated, 0 deleted, kept {}, waiting 0, held {}");
        assertThat(forum.ask(other.legacyUrl(), "SELECT subject FROM legacy_threads ORDER BY id"))
                .containsExactly("Renamed", "Made", "Made by their user");
        assertThat(queue()).isEmpty();
        run("validate", 0);
        run(other, theirs, "validate", 0);
    }

    @Test
    void aDeletedRecordThatChangedInLegacyIsHeld() {
        forum.target("DELETE FROM threads WHERE id = '" + SECOND + "'");
        forum.legacy("UPDATE legacy_threads SET subject = 'By legacy' WHERE id = '" + SECOND + "'");
        assertThat(summary(run("sync", 0, "--migration.dual-write.deletes=carry")))
                .contains("0 deleted", "held {\"it changed in legacy, too\":1}");
        assertThat(subjects()).containsExactly("First", "By legacy");
    }

    @Test
    void onlyCommittedWritesOfOthersAreQueued() {
        forum.thread(id(103), "Third", ADA);
        run("migrate", 0);
        forum.target("BEGIN", "UPDATE threads SET title = 'No'", "ROLLBACK");
        assertThat(queue()).isEmpty();
        forum.target(MADE_IN_TARGET.formatted(MADE, "'Made'", ADA), "DELETE FROM threads WHERE id = '" + MADE + "'");
        assertThat(queue()).hasSize(2);
        assertThat(summary(run("sync", 0))).isEqualTo("0 inserted, 0 updated, 0 deleted, kept {}, waiting 0, held {}");
        assertThat(queue()).isEmpty();
    }

    @Test
    void theApplicationsRoleNeedsNoRightsOnOurTables() {
        forum.target(
                "CREATE ROLE app_of_%s".formatted(forum.name().replace('-', '_')),
                "GRANT ALL ON users, threads, feedback TO app_of_"
                        + forum.name().replace('-', '_'),
                "SET ROLE app_of_" + forum.name().replace('-', '_'),
                "UPDATE threads SET title = 'By the application' WHERE id = '" + FIRST + "'");
        run("sync", 0);
        assertThat(subjects()).containsExactly("By the application", "Second");
    }

    @Test
    void whatLegacyCannotSayExactlyItSaysNearlyAndValidationAgrees() {
        forum.legacy("ALTER TABLE legacy_threads ALTER created_date TYPE timestamp(3) with time zone");
        forum.target(MADE_IN_TARGET.formatted(MADE, "NULL", ADA));
        assertThat(summary(run("sync", 0))).startsWith("1 inserted");
        assertThat(legacy("SELECT subject, created_date AT TIME ZONE 'UTC' FROM legacy_threads WHERE id = '" + MADE
                        + "'"))
                .containsExactly("null|2026-01-02 03:04:05.123");
        run("validate", 0);

        forum.target("UPDATE threads SET tenant_id = 'north' WHERE id = '" + MADE + "'");
        assertThat(summary(run("sync", 0))).startsWith("0 inserted, 1 updated");
        forum.target("UPDATE threads SET created_at = '2026-01-05' WHERE id = '" + MADE + "'");
        assertThat(run("validate", 3).found()).containsExactly("threads " + MADE + " different createdAt");
    }

    @Test
    void whatLegacyRefusesIsHeldWithTheReasonAndCarriedOnceItIsMended() {
        forum.legacy("ALTER TABLE legacy_threads ADD CONSTRAINT polite CHECK (subject <> 'Rude')");
        forum.target(
                "UPDATE threads SET title = 'Rude' WHERE id = '" + FIRST + "'",
                "UPDATE threads SET title = 'Kind' WHERE id = '" + SECOND + "'");
        assertThat(summary(run("sync", 0)))
                .isEqualTo("0 inserted, 1 updated, 0 deleted, kept {}, waiting 0, held {\"legacy cannot take it\":1}");
        assertThat(forum.ask("SELECT detail FROM threads_migration.queued_write")
                        .get(0))
                .contains("legacy refuses it", "polite");
        assertThat(subjects()).containsExactly("First", "Kind");

        forum.legacy("ALTER TABLE legacy_threads DROP CONSTRAINT polite");
        assertThat(summary(run("sync", 0))).isEqualTo("0 inserted, 2 updated, 0 deleted, kept {}, waiting 0, held {}");
        assertThat(subjects()).containsExactly("Rude", "Kind");
    }

    @Test
    void aDryRunSaysWhatItWouldDo() {
        forum.target(
                MADE_IN_TARGET.formatted(MADE, "'Made'", ADA),
                "UPDATE threads SET title = 'Renamed' WHERE id = '" + FIRST + "'",
                "DELETE FROM threads WHERE id = '" + SECOND + "'");
        assertThat(summary(run("sync", 0, "--dry-run", "--migration.dual-write.deletes=carry")))
                .isEqualTo("1 inserted, 1 updated, 1 deleted, kept {}, waiting 0, held {}");
        assertThat(queue()).hasSize(3);
        assertThat(subjects()).containsExactly("First", "Second");
    }

    @Test
    void aRollbackWaitsForTheQueueAndEndsIt() {
        forum.target(MADE_IN_TARGET.formatted(MADE, "'Made'", ADA));
        assertThat(run("rollback", 2, "--yes").run().all())
                .contains("1 write of the application waits in the queue", "Run sync first");
        assertThat(forum.run(folder, "status").out()).contains("1 write of the application in the queue");
        run("sync", 0);
        ReportedRun rollback = run("rollback", 0, "--yes");
        assertThat(rollback.number("/rollback/removed")).isEqualTo(3);
        assertThat(rollback.number("/rollback/kept")).isEqualTo(1);
        assertThat(forum.ask("SELECT title FROM threads")).containsExactly("Made");
        assertThat(subjects()).containsExactly("First", "Second", "Made");
        forum.target("UPDATE threads SET title = 'After it'");
        assertThat(queue()).isEmpty();

        run("rollback", 0, "--undo", "--yes");
        assertThat(queue()).isEmpty();
        forum.target("UPDATE threads SET title = 'After that' WHERE id = '" + FIRST + "'");
        assertThat(queue()).hasSize(1);
    }

    @Test
    void writesAreQueuedAsLongAsTheJobFileSaysSo() {
        ReportedRun off = ReportedRun.of(forum, folder, "migrate").endsWith(0);
        assertThat(off.report().path("dualWrite").isNull()).isTrue();
        forum.target("UPDATE threads SET title = 'Unseen' WHERE id = '" + FIRST + "'");
        assertThat(queue()).isEmpty();
        assertThat(forum.run(folder, "sync").err()).contains("migration.dual-write.enabled: true");

        assertThat(run("sync", 0).run().out()).contains("From now on what the application writes");
        forum.target("UPDATE threads SET title = 'Seen' WHERE id = '" + SECOND + "'");
        run("sync", 0);
        assertThat(subjects()).containsExactly("First", "Seen");
    }

    /** Both commands say the ways out, each of which is gone to its end. */
    @Test
    void whatWaitsWhenDualWriteIsTakenOutIsCarriedOrDiscarded() {
        forum.target(MADE_IN_TARGET.formatted(MADE, "'Made'", ADA));
        String discard = "DELETE FROM threads_migration.queued_write WHERE migration = '%s'".formatted(forum.name());
        String carry = "sync %s --migration.dual-write.enabled=true".formatted(folder.resolve("job.yml"));
        ReportedRun off = ReportedRun.of(forum, folder, "migrate").endsWith(0);
        assertThat(off.run().out()).contains(carry, discard).doesNotContain("Point the application at");
        assertThat(ReportedRun.of(forum, folder, "sync").endsWith(2).run().err())
                .contains("1 write of the application waits in the queue", carry, discard, "Nothing was touched");
        assertThat(ReportedRun.of(forum, folder, "rollback", "--yes")
                        .endsWith(2)
                        .run()
                        .all())
                .contains(
                        "Run sync --migration.dual-write.enabled=true first, with the application stopped",
                        "without them: " + discard);

        run("sync", 0);
        assertThat(subjects()).containsExactly("First", "Second", "Made");
        forum.target("UPDATE threads SET title = 'Renamed' WHERE id = '" + FIRST + "'");
        ReportedRun.of(forum, folder, "rollback", "--yes").endsWith(2);
        forum.target(discard);
        ReportedRun.of(forum, folder, "rollback", "--yes").endsWith(0);
        assertThat(subjects()).containsExactly("Renamed", "Second", "Made");
        assertThat(forum.ask("SELECT title FROM threads")).containsExactly("Made");
    }

    @Test
    void aTargetThatCannotQueueIsRefused(@TempDir Path other) {
        Forum onH2 = Forum.onH2().withLegacyTables().withTargetTables();
        assertThat(onH2.run(other, "preflight", "--migration.dual-write.enabled=true")
                        .out())
                .contains("works with a target on PostgreSQL alone: take migration.dual-write out");
    }

    @Test
    void aRowUnderTheIdOfANewRecordIsNotOverwritten() {
        forum.thread(MADE, "Of legacy", ADA);
        forum.target(MADE_IN_TARGET.formatted(MADE, "'Made'", ADA));
        assertThat(summary(run("sync", 0))).contains("held {\"legacy has another record under its id\":1}");
        assertThat(legacy("SELECT subject FROM legacy_threads WHERE id = '" + MADE + "'"))
                .containsExactly("Of legacy");
    }
}
