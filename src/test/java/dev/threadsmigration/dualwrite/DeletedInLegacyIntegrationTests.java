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

/** What becomes of records that {@code sync} has carried to legacy, where somebody deletes their rows there. */
class DeletedInLegacyIntegrationTests {

    private static final String ADA = id(1);
    private static final String FIRST = id(101);
    private static final String BEFORE = id(111);
    private static final String MADE = id(901);
    private static final String UNCARRIED = id(902);

    @TempDir
    Path folder;

    private Forum forum;

    private static String id(int number) {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }

    /** A thread is moved, one was on both sides before, and one that the application makes is carried less exactly. */
    @BeforeEach
    void carryAll() {
        forum = Forum.onPostgres().withLegacyTables().withTargetTables().user(ADA, "Ada");
        forum.legacy("ALTER TABLE legacy_threads ALTER created_date TYPE timestamp(3) with time zone,"
                + " ALTER modified_date TYPE timestamp(3) with time zone");
        forum.thread(FIRST, "First", ADA).thread(BEFORE, "Before", ADA);
        run("migrate", "--migration.entities=users");
        forum.target("""
                INSERT INTO threads (id, title, user_id, metadata, created_at, updated_at)
                VALUES ('%s', 'Before', '%s', '{}', '2020-01-02 03:04:05', '2020-01-02 03:04:05')""".formatted(BEFORE, ADA));
        run("migrate");
        make(MADE, "Made");
        run("sync");
        assertThat(subjects()).containsExactly("Before", "First", "Made");
        assertThat(forum.equation()).containsEntry("threads", "3|1|2|0|0");
    }

    private ReportedRun run(String command, String... more) {
        String[] all = Stream.concat(
                        Stream.of("--migration.dual-write.enabled=true", "--migration.validation.enabled=false"),
                        Stream.of(more))
                .toArray(String[]::new);
        return ReportedRun.of(forum, folder, command, all).endsWith(0);
    }

    private void make(String id, String title) {
        forum.target("""
                INSERT INTO threads (id, title, user_id, metadata, created_at, updated_at)
                VALUES ('%s', '%s', '%s', NULL, '2026-01-02 03:04:05.123456', '2026-01-02 03:04:05.123456')""".formatted(id, title, ADA));
    }

    private void rename(String id) {
        forum.target("UPDATE threads SET title = 'By people' WHERE id = '" + id + "'");
    }

    private void deletedInLegacy(String... ids) {
        forum.legacy("DELETE FROM legacy_threads WHERE id IN ('" + String.join("', '", ids) + "')");
    }

    private String removing(String... more) {
        ReportedRun run = run(
                "migrate",
                Stream.concat(Stream.of("--migration.on-deleted=remove"), Stream.of(more))
                        .toArray(String[]::new));
        String path = "/changes/deleted/";
        return "%d removed, %d forgotten, %d kept, %s"
                .formatted(
                        run.number(path + "removed"),
                        run.number(path + "forgotten"),
                        run.number(path + "kept"),
                        run.report().at(path + "keptBecause"));
    }

    private List<String> queue() {
        return forum.ask("SELECT record_id, held_because FROM threads_migration.queued_write ORDER BY id");
    }

    private List<String> subjects() {
        return forum.ask(forum.legacyUrl(), "SELECT subject FROM legacy_threads ORDER BY subject");
    }

    private List<String> titles() {
        return forum.ask("SELECT title FROM threads ORDER BY title");
    }

    @Test
    void whatTheApplicationMadeGoesWithItsLegacyRow() {
        deletedInLegacy(MADE);
        assertThat(removing()).isEqualTo("1 removed, 0 forgotten, 0 kept, {}");
        assertThat(titles()).containsExactly("Before", "First");
        assertThat(forum.equation()).containsEntry("threads", "2|1|1|0|0");
        assertThat(forum.ask("SELECT record::json ->> 'created_at' FROM threads_migration.removed_record"))
                .containsExactly("2026-01-02T03:04:05.123456");
        assertThat(queue()).isEmpty();
        run("sync");
        assertThat(subjects()).containsExactly("Before", "First");
    }

    @Test
    void soItDoesWhereALaterRunHasMetItAndLegacysChangeOfIt() {
        forum.legacy("UPDATE legacy_threads SET subject = 'By legacy' WHERE id = '" + MADE + "'");
        run("migrate", "--migration.on-changed=update");
        deletedInLegacy(MADE);
        assertThat(removing("--migration.on-changed=update")).isEqualTo("1 removed, 0 forgotten, 0 kept, {}");
        assertThat(titles()).containsExactly("Before", "First");
    }

    @Test
    void whatPeopleChangedStaysAndItsWritesAreAConflict() {
        rename(MADE);
        deletedInLegacy(MADE);
        assertThat(removing()).isEqualTo("0 removed, 0 forgotten, 1 kept, {\"it changed in the new system\":1}");
        assertThat(titles()).contains("By people");
        run("sync");
        assertThat(subjects()).containsExactly("Before", "First");
        assertThat(queue()).containsExactly(MADE + "|its legacy row was deleted");

        run("sync", "--migration.dual-write.on-conflict=take-target");
        assertThat(subjects()).containsExactly("Before", "By people", "First");
        assertThat(queue()).isEmpty();
        assertThat(removing()).isEqualTo("0 removed, 0 forgotten, 0 kept, {}");
    }

    @Test
    void whatLegacyDeletedAndIsNotRemovedIsNotInsertedAgainWithoutADecision() {
        deletedInLegacy(MADE, BEFORE);
        run("migrate");
        assertThat(titles()).containsExactly("Before", "First", "Made");
        rename(MADE);
        run("sync");
        assertThat(subjects()).containsExactly("First");
        assertThat(queue()).containsExactly(MADE + "|its legacy row was deleted");
    }

    @Test
    void whatWasInTheTargetBeforeStaysAndItsNextWriteIsAConflict() {
        deletedInLegacy(BEFORE);
        assertThat(removing())
                .isEqualTo("0 removed, 0 forgotten, 1 kept, {\"it was in the target before, and is not ours\":1}");
        rename(BEFORE);
        run("sync");
        assertThat(subjects()).containsExactly("First", "Made");
        assertThat(queue()).containsExactly(BEFORE + "|its legacy row was deleted");
        run("sync", "--migration.dual-write.on-conflict=keep-legacy");
        assertThat(queue()).isEmpty();
        assertThat(subjects()).containsExactly("First", "Made");
    }

    @Test
    void whatLegacyHasNeverHadIsNotRemoved() {
        make(UNCARRIED, "Of the application alone");
        deletedInLegacy(FIRST, MADE);
        assertThat(removing()).isEqualTo("2 removed, 0 forgotten, 0 kept, {}");
        assertThat(titles()).containsExactly("Before", "Of the application alone");
        run("sync");
        assertThat(subjects()).containsExactly("Before", "Of the application alone");
    }

    /** Both sides said the same, though legacy less exactly. */
    @Test
    void whatWasMovedAndCarriedLaterGoesToo() {
        forum.target("UPDATE threads SET title = 'Renamed', updated_at = '2026-01-02 03:04:05.123456' WHERE id = '"
                + FIRST + "'");
        run("sync");
        assertThat(subjects()).contains("Renamed");
        deletedInLegacy(FIRST);
        assertThat(removing()).isEqualTo("1 removed, 0 forgotten, 0 kept, {}");
    }

    @Test
    void whatWasRemovedCanBeMadeAgain() {
        deletedInLegacy(MADE);
        removing();
        make(MADE, "Made again");
        run("sync");
        assertThat(subjects()).containsExactly("Before", "First", "Made again");
        assertThat(queue()).isEmpty();
    }
}
