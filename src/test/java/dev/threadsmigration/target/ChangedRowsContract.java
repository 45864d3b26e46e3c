package dev.threadsmigration.target;

import static dev.threadsmigration.target.WriterContract.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of records whose legacy rows change after they were moved, on any database. */
abstract class ChangedRowsContract {

    static final String ADA = id(1);
    static final String BOB = id(2);
    static final String FIRST = id(101);
    static final String SECOND = id(102);
    private static final String THIRD = id(103);

    @TempDir
    Path folder;

    Forum forum;

    /** Two empty databases. */
    abstract Forum databases();

    /** Three threads of Ada's, and feedback on the first, all of them moved. */
    @BeforeEach
    void moveAll() {
        forum = databases().withLegacyTables().withTargetTables().user(ADA, "Ada");
        forum.thread(FIRST, "First", ADA, "{\"a\": 1}")
                .thread(SECOND, "Second", ADA)
                .thread(THIRD, "Third", ADA);
        forum.feedback(id(201), FIRST, ADA);
        migrate(0);
    }

    ReportedRun migrate(int exitCode, String... more) {
        String[] all = Stream.concat(
                        Stream.of("--migration.on-changed=update", "--migration.chunk-size=2"), Stream.of(more))
                .toArray(String[]::new);
        return ReportedRun.of(forum, folder, "migrate", all).endsWith(exitCode);
    }

    void change(String thread, String assignments) {
        forum.legacy("UPDATE legacy_threads SET %s WHERE id = '%s'".formatted(assignments, thread));
    }

    String title(String thread) {
        return forum.ask("SELECT title FROM threads WHERE id = '" + thread + "'")
                .toString();
    }

    static String changes(ReportedRun run) {
        return run.number("/changes/updated") + " updated, " + run.number("/changes/kept") + " kept, "
                + run.report().at("/changes/keptBecause");
    }

    @Test
    void theTargetGetsWhatChangedInEveryField() {
        forum.user(BOB, "Bob");
        change(
                FIRST,
                "subject = 'Renamed', owner_id = '%s', company_id = '%s', division_code = 'north', "
                                .formatted(BOB, id(7))
                        + "custom_fields = '{\"b\": 12345678901234567890.10}', "
                        + "created_date = TIMESTAMP WITH TIME ZONE '2021-02-03 04:05:06.789+02', "
                        + "modified_date = TIMESTAMP WITH TIME ZONE '2022-03-04 05:06:07+00'");
        forum.legacy(
                "UPDATE legacy_users SET full_name = 'Ada Lovelace' WHERE id = '" + ADA + "'",
                "UPDATE legacy_feedback SET comment = 'Helped', rating = '4', helpful = 'true'");
        ReportedRun run = migrate(0);

        assertThat(forum.ask("SELECT title, user_id, organization_id, tenant_id, created_at, updated_at FROM threads"
                        + " WHERE id = '" + FIRST + "'"))
                .containsExactly(
                        "Renamed|%s|%s|north|2021-02-03 02:05:06.789|2022-03-04 05:06:07".formatted(BOB, id(7)));
        String metadata = forum.ask("SELECT CAST(metadata AS varchar) FROM threads WHERE id = '" + FIRST + "'")
                .get(0);
        assertThat(metadata)
                .contains("\"b\"", "12345678901234567890.10", "\"migrated\"", "\"oldId\"")
                .doesNotContain("\"a\"");
        assertThat(forum.ask("SELECT name FROM users ORDER BY id")).containsExactly("Ada Lovelace", "Bob");
        assertThat(forum.ask("SELECT comment, rating, helpful FROM feedback"))
                .containsExactly("Helped|4|" + (forum.isPostgres() ? "t" : "TRUE"));
        assertThat(title(SECOND)).isEqualTo("[Second]");
        assertThat(changes(run)).isEqualTo("3 updated, 0 kept, {}");
        assertThat(run.run().out()).contains("3 records updated in the target, 0 kept", "VALID");
        assertThat(forum.equation())
                .containsEntry("threads", "3|3|0|0|0")
                .containsEntry("users", "2|2|0|0|0")
                .containsEntry("feedback", "1|1|0|0|0");
    }

    @Test
    void newRowsAreMovedBesideWhatChanged() {
        change(SECOND, "subject = 'Renamed'");
        forum.thread(id(100), "New", ADA).thread(id(104), "New, too", ADA).thread(id(105), "x".repeat(300), ADA);
        ReportedRun run = migrate(0);

        assertThat(forum.ask("SELECT title FROM threads ORDER BY id"))
                .containsExactly("New", "First", "Renamed", "Third", "New, too");
        assertThat(forum.equation()).containsEntry("threads", "6|5|0|1|0");
        assertThat(changes(run)).isEqualTo("1 updated, 0 kept, {}");
    }

    @Test
    void whatPeopleChangedInTheNewSystemStaysAndValidationNamesIt() {
        forum.target("UPDATE threads SET title = 'By people' WHERE id = '" + FIRST + "'");
        change(FIRST, "subject = 'By legacy'");
        ReportedRun run = migrate(3);

        assertThat(title(FIRST)).isEqualTo("[By people]");
        assertThat(changes(run)).isEqualTo("0 updated, 1 kept, {\"it changed in the new system, too\":1}");
        assertThat(run.run().out())
                .contains("1  kept: it changed in the new system, too", "title must be By legacy, but is By people");

        change(FIRST, "subject = 'By people'");
        assertThat(changes(migrate(0))).isEqualTo("1 updated, 0 kept, {}");
        change(FIRST, "subject = 'By legacy again'");
        migrate(0);
        assertThat(title(FIRST)).isEqualTo("[By legacy again]");
    }

    @Test
    void aChangeThatTheTargetRefusesDoesNotHoldUpTheOthers() {
        forum.target("ALTER TABLE threads ADD CONSTRAINT polite CHECK (title <> 'Rude')");
        change(FIRST, "subject = 'Renamed'");
        change(SECOND, "subject = 'Rude'");
        change(THIRD, "subject = 'Renamed, too'");
        ReportedRun run = migrate(3, "--migration.chunk-size=100");

        assertThat(forum.ask("SELECT title FROM threads ORDER BY id"))
                .containsExactly("Renamed", "Second", "Renamed, too");
        assertThat(changes(run)).isEqualTo("2 updated, 1 kept, {\"the target refuses the change\":1}");
    }

    @Test
    void columnsThatTheMigrationDoesNotWriteStay() {
        forum.target("ALTER TABLE threads ADD COLUMN pinned boolean", "UPDATE threads SET pinned = TRUE");
        change(FIRST, "subject = 'Renamed'");
        migrate(0);

        assertThat(forum.ask("SELECT count(*) FROM threads WHERE pinned")).containsExactly("3");
        assertThat(title(FIRST)).isEqualTo("[Renamed]");
    }

    @Test
    void aRollbackTakesBackWhatWasUpdated() {
        change(FIRST, "subject = 'Renamed'");
        migrate(0);
        ReportedRun run = ReportedRun.of(forum, folder, "rollback", "--yes").endsWith(0);

        assertThat(run.number("/rollback/restored")).isZero();
        assertThat(forum.ask("SELECT count(*) FROM threads")).containsExactly("0");
        assertThat(changes(run)).isEqualTo("0 updated, 0 kept, {}");
        assertThat(forum.ask(forum.legacyUrl(), "SELECT subject FROM legacy_threads WHERE id = '" + FIRST + "'"))
                .containsExactly("Renamed");

        ReportedRun.of(forum, folder, "rollback", "--undo", "--yes").endsWith(0);
        change(FIRST, "subject = 'Renamed again'");
        migrate(0);
        assertThat(title(FIRST)).isEqualTo("[Renamed again]");
    }
}
