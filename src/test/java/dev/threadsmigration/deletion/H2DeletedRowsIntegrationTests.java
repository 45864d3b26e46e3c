package dev.threadsmigration.deletion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import org.junit.jupiter.api.Test;

/** Beside the contract, what no database can have a say in. */
class H2DeletedRowsIntegrationTests extends DeletedRowsContract {

    @Override
    Forum databases() {
        return Forum.onH2();
    }

    @Test
    void withoutTheSettingNothingIsRemoved() {
        delete("legacy_threads", SECOND);
        assertThat(deleted(migrate(0, "--migration.on-deleted=keep"))).startsWith("0 removed");
        assertThat(target()).contains("Second");
    }

    @Test
    void whatPeopleDeletedTooLosesItsEntryAlone() {
        forum.target("DELETE FROM threads WHERE id = '" + SECOND + "'");
        delete("legacy_threads", SECOND);

        assertThat(deleted(migrate(0))).isEqualTo("0 removed, 1 forgotten, 0 kept, 0 waiting, {}");
        assertThat(forum.equation()).containsEntry("threads", "2|2|0|0|0");
        forum.thread(SECOND, "Second life", ADA);
        migrate(0);
        assertThat(target()).contains("Second life");
    }

    @Test
    void whatWasThereBeforeStaysAndLosesItsEntry() {
        String theirs = id(110);
        forum.target("""
                INSERT INTO threads (id, title, user_id, metadata, created_at, updated_at) VALUES
                ('%s', 'Theirs', '%s', JSON '{}', TIMESTAMP '2020-01-02 03:04:05', TIMESTAMP '2020-01-02 03:04:05')""".formatted(theirs, ADA));
        forum.thread(theirs, "Theirs", ADA);
        migrate(0, "--migration.validation.enabled=false");
        assertThat(forum.equation()).containsEntry("threads", "4|3|1|0|0");
        delete("legacy_threads", theirs);

        assertThat(deleted(migrate(0))).isEqualTo("0 removed, 1 forgotten, 0 kept, 0 waiting, {}");
        assertThat(target()).contains("Theirs");
        assertThat(forum.equation()).containsEntry("threads", "3|3|0|0|0");
    }

    /** Without its entry a validation would take it for one that nobody wrote. */
    @Test
    void whatWasThereBeforeWithOurMarkerStaysAndKeepsItsEntry() {
        forum.target("DROP SCHEMA threads_migration CASCADE");
        migrate(0);
        assertThat(forum.equation()).containsEntry("threads", "3|0|3|0|0");
        delete("legacy_threads", SECOND);

        assertThat(deleted(migrate(0)))
                .isEqualTo(
                        "0 removed, 0 forgotten, 1 kept, 0 waiting, {\"it was in the target before, and is not ours\":1}");
        assertThat(target()).contains("Second");
    }

    /** Nobody can tell which of several rows of a key was deleted, and the others became the same record. */
    @Test
    void aRecordGoesWithTheLastRowOfItsKey() {
        forum.thread(id(105), "Twice", ADA).thread(id(105), "Twice", ADA);
        migrate(0);
        assertThat(forum.equation()).containsEntry("threads", "5|4|1|0|0");
        forum.legacy("DELETE FROM legacy_threads WHERE id = '" + id(105) + "' LIMIT 1");
        assertThat(deleted(migrate(0))).startsWith("0 removed, 0 forgotten, 0 kept");
        assertThat(target()).contains("Twice");

        delete("legacy_threads", id(105));
        assertThat(deleted(migrate(0))).isEqualTo("1 removed, 1 forgotten, 0 kept, 0 waiting, {}");
        assertThat(forum.equation()).containsEntry("threads", "3|3|0|0|0");
    }

    @Test
    void aRecordThatAnotherKeyBecameTooGoesWithTheLastOfThem() {
        forum = Forum.onH2().withLegacyTables().withTargetTables().user(ADA, "Ada");
        forum.legacy("ALTER TABLE legacy_threads ADD COLUMN place integer GENERATED ALWAYS AS IDENTITY");
        String byPlace = "--migration.mapping.threads.key=place";
        forum.thread(id(105), "Twice", ADA).thread(id(105), "Twice", ADA);
        forum.legacy("UPDATE legacy_threads SET legacy_id = 7");
        migrate(0, byPlace);
        String ours = forum.ask("SELECT legacy_id FROM threads_migration.migration_mapping WHERE entity = 'threads'"
                        + " AND outcome = 'migrated'")
                .get(0);
        assertThat(forum.equation()).containsEntry("threads", "2|1|1|0|0");

        forum.legacy("DELETE FROM legacy_threads WHERE place = " + ours);
        assertThat(deleted(migrate(0, byPlace)))
                .isEqualTo("0 removed, 0 forgotten, 1 kept, 0 waiting, {\"another row became the same record\":1}");
        assertThat(target()).contains("Twice");
        forum.legacy("DELETE FROM legacy_threads");
        assertThat(deleted(migrate(0, byPlace))).isEqualTo("1 removed, 1 forgotten, 0 kept, 0 waiting, {}");
        assertThat(target()).doesNotContain("Twice");
    }

    @Test
    void aTableThatIsGoneTakesNoRecordAlong() {
        forum.legacy("ALTER TABLE legacy_feedback RENAME TO set_aside");
        assertThat(deleted(migrate(0))).startsWith("0 removed");
        assertThat(target()).contains("feedback");
    }

    @Test
    void withBothSettingsARunFollowsAllThatHappened() {
        delete("legacy_threads", SECOND);
        forum.legacy("UPDATE legacy_threads SET subject = 'Renamed' WHERE id = '" + FIRST + "'");
        forum.thread(id(104), "New", ADA);
        ReportedRun run = migrate(0, "--migration.on-changed=update");

        assertThat(target()).containsExactly("Ada", "Bob", "New", "Renamed", "Third", "feedback");
        assertThat(run.number("/changes/updated")).isEqualTo(1);
        assertThat(run.number("/changes/kept")).isZero();
        assertThat(deleted(run)).startsWith("1 removed");
    }
}
