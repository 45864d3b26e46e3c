package dev.threadsmigration.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of records whose legacy rows are deleted after they were moved, on any database. */
abstract class DeletedRowsContract {

    static final String ADA = id(1);
    static final String BOB = id(2);
    static final String FIRST = id(101);
    static final String SECOND = id(102);
    static final String THIRD = id(103);
    static final String COMMENT = id(201);

    @TempDir
    Path folder;

    Forum forum;

    /** Two empty databases. */
    abstract Forum databases();

    static String id(int number) {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }

    /** Two threads of Ada's, one of Bob's with his feedback on it, all of them moved. */
    @BeforeEach
    void moveAll() {
        forum = databases()
                .withLegacyTables()
                .withTargetTables()
                .user(ADA, "Ada")
                .user(BOB, "Bob");
        forum.thread(FIRST, "First", ADA, "{\"exact\": 12345678901234567890.10}")
                .thread(SECOND, "Second", ADA)
                .thread(THIRD, "Third", BOB);
        forum.feedback(COMMENT, THIRD, BOB);
        migrate(0, "--migration.validation.enabled=false");
    }

    ReportedRun migrate(int exitCode, String... more) {
        String[] all = Stream.concat(
                        Stream.of("--migration.on-deleted=remove", "--migration.chunk-size=2"), Stream.of(more))
                .toArray(String[]::new);
        return ReportedRun.of(forum, folder, "migrate", all).endsWith(exitCode);
    }

    ReportedRun rollback(String... more) {
        String[] all = Stream.concat(Stream.of(more), Stream.of("--yes")).toArray(String[]::new);
        return ReportedRun.of(forum, folder, "rollback", all).endsWith(0);
    }

    void delete(String table, String... ids) {
        forum.legacy("DELETE FROM %s WHERE id IN ('%s')".formatted(table, String.join("', '", ids)));
    }

    static String deleted(ReportedRun run) {
        String path = "/changes/deleted/";
        return "%d removed, %d forgotten, %d kept, %d waiting, %s"
                .formatted(
                        run.number(path + "removed"),
                        run.number(path + "forgotten"),
                        run.number(path + "kept"),
                        run.number(path + "waiting"),
                        run.report().at(path + "keptBecause"));
    }

    List<String> target() {
        return forum.ask("SELECT title FROM threads UNION ALL SELECT name FROM users"
                + " UNION ALL SELECT 'feedback' FROM feedback ORDER BY 1");
    }

    @Test
    void recordsGoWithTheirEntriesAndACopyOfEachIsKept() {
        delete("legacy_feedback", COMMENT);
        delete("legacy_threads", FIRST, THIRD);
        delete("legacy_users", BOB);
        ReportedRun run = migrate(0);

        assertThat(target()).containsExactly("Ada", "Second");
        assertThat(deleted(run)).isEqualTo("4 removed, 0 forgotten, 0 kept, 0 waiting, {}");
        assertThat(run.run().out())
                .contains("4 records removed from the target, 0 kept there as they are.", "VALID", "2 compared")
                .doesNotContain("no outcome");
        assertThat(forum.equation())
                .containsEntry("users", "1|1|0|0|0")
                .containsEntry("threads", "1|1|0|0|0")
                .containsEntry("feedback", "0|0|0|0|0");
        assertThat(forum.ask("SELECT entity, legacy_id, new_id, run_id FROM threads_migration.removed_record"
                        + " ORDER BY entity, legacy_id"))
                .containsExactly(
                        "feedback|" + COMMENT + "|" + COMMENT + "|2",
                        "threads|" + FIRST + "|" + FIRST + "|2",
                        "threads|" + THIRD + "|" + THIRD + "|2",
                        "users|" + BOB + "|" + BOB + "|2");
        assertThat(forum.ask("SELECT record FROM threads_migration.removed_record WHERE legacy_id = '" + FIRST + "'")
                        .get(0))
                .contains("\"First\"", "\"" + ADA + "\"", "12345678901234567890.10", "2020-01-02")
                .containsPattern("\"(?i:tenant_id)\":null");
        assertThat(folder.resolve("reports/" + forum.name() + "/2/report.html"))
                .content()
                .contains("id=\"deletions\"", "records taken out of the target, since legacy deleted them");
        assertThat(ReportedRun.of(forum, folder, "migrate").endsWith(0).run().out())
                .contains("is finished");
    }

    @Test
    void whatRowsThatStayReferToStaysAndGoesWhenTheyAreGone() {
        forum.target("CREATE TABLE pins (thread_id uuid REFERENCES threads ON DELETE CASCADE)");
        forum.target("INSERT INTO pins VALUES ('" + SECOND + "')");
        delete("legacy_users", BOB);
        delete("legacy_feedback", COMMENT);
        delete("legacy_threads", SECOND);
        ReportedRun run = migrate(0);

        assertThat(target()).containsExactly("Ada", "Bob", "First", "Second", "Third");
        assertThat(run.report().at("/changes/deleted/keptBecause").toString().toLowerCase())
                .contains("\"rows of threads refer to it\":1", "\"rows of pins refer to it\":1");
        assertThat(run.run().out()).containsPattern("1  kept: rows of (?i:threads) refer to it");
        assertThat(forum.equation()).containsEntry("users", "2|2|0|0|0").containsEntry("feedback", "0|0|0|0|0");

        delete("legacy_threads", THIRD);
        forum.target("DELETE FROM pins");
        // What was kept is no news, so that one row is all that is new.
        run = migrate(0, "--migration.max-deleted=1");
        assertThat(deleted(run)).isEqualTo("4 removed, 0 forgotten, 0 kept, 0 waiting, {}");
        assertThat(target()).containsExactly("Ada", "First");
        assertThat(run.number("/entities/threads/migrated")).isEqualTo(1);
        assertThat(run.number("/entities/threads/total")).isEqualTo(1);
    }

    @Test
    void whatPeopleChangedStaysAndIsForgottenWhereTheRowCameBack() {
        forum.target("UPDATE threads SET title = 'By people' WHERE id = '" + SECOND + "'");
        delete("legacy_threads", SECOND);
        ReportedRun run = migrate(0);

        assertThat(deleted(run))
                .isEqualTo("0 removed, 0 forgotten, 1 kept, 0 waiting, {\"it changed in the new system\":1}");
        assertThat(target()).contains("By people");
        assertThat(run.number("/validation/entities/threads/vanishedFromLegacy"))
                .isEqualTo(1);
        assertThat(deleted(migrate(0, "--migration.max-deleted=0"))).startsWith("0 removed, 0 forgotten, 1 kept");

        forum.thread(SECOND, "By people", ADA);
        assertThat(deleted(migrate(0))).isEqualTo("0 removed, 0 forgotten, 0 kept, 0 waiting, {}");
        assertThat(forum.equation()).containsEntry("threads", "3|3|0|0|0");
    }

    @Test
    void aRowThatTheJobFileLeavesOutByNowCountsAsDeletedAndIsMovedAgainWhenItComesBack() {
        forum.legacy("UPDATE legacy_threads SET division_code = 'deleted' WHERE id = '" + SECOND + "'");
        String where = "--migration.mapping.threads.where=division_code IS NULL";
        assertThat(deleted(migrate(0, where))).startsWith("1 removed");
        assertThat(target()).doesNotContain("Second");

        forum.legacy("UPDATE legacy_threads SET division_code = NULL, subject = 'Back' WHERE id = '" + SECOND + "'");
        migrate(0, where);
        assertThat(target()).contains("Back");
        assertThat(forum.equation()).containsEntry("threads", "3|3|0|0|0");
    }

    @Test
    void whereTooManyRowsAreGoneNothingIsRemovedAndTheRestIsDone() {
        delete("legacy_threads", FIRST, SECOND);
        forum.thread(id(104), "New", BOB);
        for (int i = 0; i < 2; i++) {
            ReportedRun run = migrate(1, "--migration.max-deleted=1");
            assertThat(target()).contains("First", "Second", "New");
            assertThat(deleted(run)).isEqualTo("0 removed, 0 forgotten, 0 kept, 2 waiting, {}");
            assertThat(run.report().path("status").asString()).isEqualTo("FAILED");
            assertThat(run.run().out())
                    .contains(
                            "More than migration.max-deleted = 1 legacy rows are gone: 2. None of their records was removed.",
                            "raise migration.max-deleted",
                            "VALID");
        }
        delete("legacy_threads", id(104));
        forum.thread(SECOND, "Second", ADA);

        assertThat(deleted(migrate(0, "--migration.max-deleted=2"))).startsWith("2 removed, 0 forgotten, 0 kept, 0");
        assertThat(target()).contains("Second").doesNotContain("First", "New");
        assertThat(forum.equation()).containsEntry("threads", "2|2|0|0|0");
    }

    @Test
    void aKeyThatIsInsertedAgainIsANewRow() {
        delete("legacy_threads", SECOND);
        migrate(0);
        forum.thread(SECOND, "Second life", ADA);
        migrate(0);
        assertThat(target()).contains("Second life").doesNotContain("Second");

        delete("legacy_threads", SECOND);
        assertThat(deleted(migrate(0))).startsWith("1 removed");
        assertThat(forum.ask("SELECT count(*) FROM threads_migration.removed_record"))
                .containsExactly("2");
    }

    @Test
    void theUndoingOfARollbackDoesNotBringItBack() {
        rollback();
        migrate(0);
        delete("legacy_threads", SECOND);
        migrate(0);
        List<String> left = target();
        ReportedRun run = rollback();

        assertThat(run.number("/rollback/restored")).isZero();
        assertThat(forum.ask(forum.legacyUrl(), "SELECT count(*) FROM legacy_threads WHERE id = '" + SECOND + "'"))
                .containsExactly("0");
        rollback("--undo");
        assertThat(target()).isEqualTo(left).doesNotContain("Second");
        assertThat(forum.equation()).containsEntry("threads", "2|2|0|0|0");
    }

    @Test
    void aDryRunRemovesNothing() {
        delete("legacy_threads", FIRST, SECOND);
        List<String> before = target();
        ReportedRun run = migrate(0, "--dry-run");

        assertThat(deleted(run)).startsWith("2 removed");
        assertThat(migrate(1, "--dry-run", "--migration.max-deleted=1").run().out())
                .contains("legacy rows are gone: 2");
        assertThat(target()).isEqualTo(before);
        assertThat(forum.ask("SELECT count(*) FROM threads_migration.followed_change"))
                .containsExactly("0");
        assertThat(deleted(migrate(0))).startsWith("2 removed");
    }
}
