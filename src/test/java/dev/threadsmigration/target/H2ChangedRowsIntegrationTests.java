package dev.threadsmigration.target;

import static dev.threadsmigration.target.WriterContract.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import org.junit.jupiter.api.Test;

/** Beside the contract, what no database can have a say in. */
class H2ChangedRowsIntegrationTests extends ChangedRowsContract {

    @Override
    Forum databases() {
        return Forum.onH2();
    }

    @Test
    void aRunWritesAChangeOnce() {
        change(FIRST, "subject = 'Renamed'");
        migrate(0);
        String written = "SELECT run_id FROM threads_migration.migration_mapping WHERE legacy_id = '" + FIRST + "'";
        assertThat(forum.ask(written)).containsExactly("2");
        assertThat(changes(migrate(0))).isEqualTo("1 updated, 0 kept, {}");

        assertThat(forum.ask(written)).containsExactly("2");
        change(FIRST, "subject = 'Renamed again'");
        migrate(0);
        assertThat(title(FIRST)).isEqualTo("[Renamed again]");
    }

    @Test
    void withoutTheSettingNothingIsWritten() {
        change(FIRST, "subject = 'Renamed'");
        migrate(0, "--migration.on-changed=keep");

        assertThat(title(FIRST)).isEqualTo("[First]");
    }

    @Test
    void whatPeopleChangedThereAloneIsNoChangeOfLegacys() {
        forum.target("UPDATE threads SET title = 'By people' WHERE id = '" + FIRST + "'");
        ReportedRun run = migrate(3);

        assertThat(title(FIRST)).isEqualTo("[By people]");
        assertThat(changes(run)).isEqualTo("0 updated, 0 kept, {}");
    }

    @Test
    void whatPeopleDeletedInTheNewSystemStaysAway() {
        forum.target("DELETE FROM threads WHERE id = '" + SECOND + "'");
        change(SECOND, "subject = 'Renamed'");

        assertThat(changes(migrate(3))).isEqualTo("0 updated, 1 kept, {\"it was deleted in the new system\":1}");
        assertThat(title(SECOND)).isEqualTo("[]");
    }

    @Test
    void aChangeThatWouldBeRejectedIsMadeWhenItIsMended() {
        change(FIRST, "subject = '" + "x".repeat(300) + "'");
        change(SECOND, "owner_id = '" + BOB + "'");
        ReportedRun run = migrate(3);

        assertThat(changes(run)).isEqualTo("0 updated, 2 kept, {\"its legacy row would be rejected now\":2}");
        assertThat(title(FIRST)).isEqualTo("[First]");
        assertThat(forum.ask("SELECT detail FROM threads_migration.followed_change ORDER BY legacy_id"))
                .satisfiesExactly(
                        detail -> assertThat(detail).startsWith("too_long: "),
                        detail -> assertThat(detail).startsWith("user_not_found: "));
        assertThat(forum.equation()).containsEntry("threads", "3|3|0|0|0");

        change(FIRST, "subject = 'Short'");
        change(SECOND, "owner_id = '" + ADA + "'");
        assertThat(changes(migrate(0))).isEqualTo("1 updated, 0 kept, {}");
        assertThat(title(FIRST)).isEqualTo("[Short]");
    }

    @Test
    void whatIsNotOursIsNotWritten() {
        String theirs = id(110);
        String unvalidated = "--migration.validation.enabled=false";
        forum.target("""
                INSERT INTO threads (id, title, user_id, metadata, created_at, updated_at) VALUES
                ('%s', 'Theirs', '%s', JSON '{}', TIMESTAMP '2020-01-02 03:04:05', TIMESTAMP '2020-01-02 03:04:05')""".formatted(theirs, ADA));
        forum.thread(theirs, "Theirs", ADA);
        migrate(0, unvalidated);
        assertThat(forum.equation()).containsEntry("threads", "4|3|1|0|0");
        change(theirs, "subject = 'Renamed'");
        ReportedRun run = migrate(0, unvalidated);

        assertThat(title(theirs)).isEqualTo("[Theirs]");
        assertThat(changes(run)).isEqualTo("0 updated, 1 kept, {\"it was in the target before, and is not ours\":1}");
        change(theirs, "subject = 'Theirs'");
        assertThat(changes(migrate(0, unvalidated))).isEqualTo("0 updated, 0 kept, {}");
    }

    @Test
    void twoRowsThatWantOneIdNowAreForAPersonToLookAt() {
        forum.thread(FIRST, "Another first", ADA);
        ReportedRun run = migrate(3);

        assertThat(title(FIRST)).isEqualTo("[First]");
        assertThat(run.number("/entities/threads/rejected")).isEqualTo(1);
        assertThat(changes(run)).isEqualTo("0 updated, 1 kept, {\"its legacy row would be rejected now\":1}");

        forum.legacy("DELETE FROM legacy_threads WHERE subject = 'Another first'");
        assertThat(changes(migrate(0))).isEqualTo("0 updated, 0 kept, {}");
    }

    @Test
    void aDryRunWritesNothing() {
        change(FIRST, "subject = 'Renamed'");
        ReportedRun run = migrate(0, "--dry-run", "--migration.validation.enabled=false");

        assertThat(changes(run)).isEqualTo("1 updated, 0 kept, {}");
        assertThat(title(FIRST)).isEqualTo("[First]");
        migrate(0);
        assertThat(title(FIRST)).isEqualTo("[Renamed]");
    }

    @Test
    void aRollbackCarriesBackWhatPeopleChangedAfterAnUpdate() {
        change(FIRST, "subject = 'Renamed'");
        migrate(0);
        forum.target("UPDATE threads SET title = 'By people' WHERE id = '" + FIRST + "'");
        ReportedRun run = ReportedRun.of(forum, folder, "rollback", "--yes").endsWith(0);

        assertThat(run.number("/rollback/restored")).isEqualTo(1);
        assertThat(forum.ask(forum.legacyUrl(), "SELECT subject FROM legacy_threads WHERE id = '" + FIRST + "'"))
                .containsExactly("By people");
    }
}
