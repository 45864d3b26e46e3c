package dev.threadsmigration.rollback;

import static dev.threadsmigration.support.SampleForum.thread;
import static dev.threadsmigration.support.SampleForum.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import dev.threadsmigration.support.SampleForum;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a rollback does, told by the rows of both sides. */
abstract class RollbackContract {

    static final String NATIVE = "77777777-0000-4000-8000-000000000001";

    @TempDir
    Path folder;

    Forum forum;

    abstract Forum databases();

    @BeforeEach
    void migrate() {
        forum = SampleForum.in(databases());
        prepareTarget();
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
    }

    /** What is in the target before the migration. */
    void prepareTarget() {}

    @Test
    void aMigrationThatNobodyTouchedLeavesNothingBehindAndRunsAgain() {
        List<String> legacy = legacy();
        List<String> migrated = target();

        ReportedRun rolledBack = rollback().endsWith(0);

        assertThat(counts(rolledBack)).containsEntry("removed", 36L).containsEntry("restored", 0L);
        assertThat(target()).isEmpty();
        assertThat(legacy()).isEqualTo(legacy);
        assertThat(forum.equation()).containsEntry("threads", "24|0|0|0|24");

        ReportedRun again = ReportedRun.of(forum, folder, "migrate").endsWith(0);
        assertThat(again.number("/entities/threads/migrated")).isEqualTo(24);
        assertThat(target()).isEqualTo(migrated);
    }

    @Test
    void changesGoBackToLegacyAndADeletedLegacyRowComesBackWhole() {
        changeTarget();
        List<String> row = legacyThread(5);
        forum.legacy("DELETE FROM legacy_threads WHERE id = '" + thread(5) + "'");
        List<String> untouched =
                forum.ask(forum.legacyUrl(), "SELECT * FROM legacy_threads WHERE legacy_id > 5 ORDER BY legacy_id");

        ReportedRun rolledBack = rollback().endsWith(0);

        assertThat(counts(rolledBack)).containsEntry("restored", 6L).containsEntry("removed", 36L);
        assertThat(legacyColumns(1, "subject, owner_id")).containsExactly("Renamed|" + user(4));
        assertThat(legacyColumns(2, "company_id, division_code"))
                .containsExactly("6fa459ea-ee8a-3ca4-894e-db77e160355e|Moved");
        assertThat(forum.ask(
                        forum.legacyUrl(),
                        "SELECT legacy_id FROM legacy_threads WHERE modified_date = "
                                + SampleForum.time("2030-01-01 00:00:00.000001")))
                .containsExactly("3");
        assertThat(custom(4))
                .contains("\"oldId\":\"theirs\"", "\"plan\":\"platinum\"", "\"exact\":12345678901234567890")
                .doesNotContain("migrated", "oldSystem", "customFields");
        assertThat(withoutCustomFields(legacyThread(5)))
                .as("whole, with the organisation that other rows have, too")
                .isEqualTo(withoutCustomFields(row));
        assertThat(custom(5))
                .contains("\"oldId\":\"theirs\"", "\"plan\":\"gold\"")
                .doesNotContain("migratedAt");
        assertThat(forum.ask(forum.legacyUrl(), "SELECT * FROM legacy_threads WHERE legacy_id > 5 ORDER BY legacy_id"))
                .isEqualTo(untouched);
        assertThat(target()).isEmpty();
    }

    @Test
    void aDryRunTellsWhatTheRealRunDoesAndChangesNothing() {
        changeTarget();
        forum.legacy("DELETE FROM legacy_threads WHERE id = '" + thread(5) + "'");
        nativeThread(user(1));
        forum.target("DELETE FROM threads WHERE id = '" + thread(20) + "'");
        List<String> legacy = legacy();
        List<String> target = target();
        List<String> ledger = forum.outcomes();

        ReportedRun dry = ReportedRun.of(forum, folder, "rollback", "--dry-run").endsWith(0);

        assertThat(dry.report().path("dryRun").booleanValue()).isTrue();
        assertThat(legacy()).isEqualTo(legacy);
        assertThat(target()).isEqualTo(target);
        assertThat(forum.outcomes()).isEqualTo(ledger);
        assertThat(forum.ask("SELECT count(*) FROM threads_migration.rollback_item"))
                .containsExactly("0");

        ReportedRun real = rollback().endsWith(0);
        assertThat(counts(real)).isEqualTo(counts(dry));
        assertThat(real.rollback().path("keptBecause")).isEqualTo(dry.rollback().path("keptBecause"));
        assertThat(counts(real))
                .containsEntry("restored", 6L)
                .containsEntry("removed", 34L)
                .containsEntry("kept", 1L)
                .containsEntry("deletedInTarget", 1L);
    }

    @Test
    void aConflictStopsTheRollbackBeforeAnythingIsTouched() {
        conflict();
        forum.target("UPDATE threads SET title = 'Changed in the target only' WHERE id = '" + thread(2) + "'");
        List<String> legacy = legacy();
        List<String> target = target();

        ReportedRun stopped = rollback().endsWith(2);

        assertThat(stopped.run().all())
                .contains(thread(1), "changed on both sides", "Nothing was touched", "on-conflict")
                .contains("rollback was REFUSED")
                .doesNotContain("what was done is safe", "FAILED");
        assertThat(page(stopped))
                .content()
                .contains("Nothing was touched: the rollback was refused")
                .doesNotContain("is safe");
        assertThat(legacy()).isEqualTo(legacy);
        assertThat(target()).isEqualTo(target);
        assertThat(forum.ask("SELECT count(*) FROM threads_migration.rollback_item"))
                .as("nothing is kept of a rollback that is not resumed")
                .containsExactly("0");

        forum.legacy("UPDATE legacy_threads SET subject = 'Theirs' WHERE id = '" + thread(1) + "'");
        rollback().endsWith(0);
        assertThat(legacyColumns(1, "subject")).containsExactly("Theirs");
    }

    @Test
    void keepLegacyLeavesTheLegacyRowAndTheChangeInTheSnapshot() {
        conflict();
        ReportedRun kept =
                rollback("--migration.rollback.on-conflict=keep-legacy").endsWith(0);
        assertThat(legacyColumns(1, "subject")).containsExactly("Ours");
        assertThat(counts(kept)).containsEntry("legacyKept", 1L).containsEntry("removed", 36L);
        assertThat(forum.ask("SELECT title FROM threads_migration.threads_rollback WHERE id = '" + thread(1) + "'"))
                .containsExactly("Theirs");
    }

    @Test
    void changesOfAQuerysRecordsCannotGoBackAndKeepLegacyEndsTheRollbackWithoutLosingOne() {
        String query = "--migration.mapping.threads.query=SELECT * FROM legacy_threads";
        forum.target("UPDATE threads SET title = 'Theirs' WHERE id = '" + thread(1) + "'");
        forum.legacy("DELETE FROM legacy_threads WHERE id = '" + thread(5) + "'");
        List<String> legacy = legacy();

        ReportedRun refused = rollback(query).endsWith(2);

        assertThat(refused.run().all())
                .contains("2 records cannot be taken back without a decision. Nothing was touched.", "keep-legacy")
                .contains(thread(1) + ": its legacy row comes from a query, into which nothing can be written")
                .contains(thread(5) + ": its legacy row comes from a query, into which nothing can be written")
                .doesNotContain("syntax error");

        String keepLegacy = "--migration.rollback.on-conflict=keep-legacy";
        ReportedRun dry = ReportedRun.of(forum, folder, "rollback", "--dry-run", query, keepLegacy)
                .endsWith(0);
        ReportedRun kept = rollback(query, keepLegacy).endsWith(0);

        assertThat(legacy()).isEqualTo(legacy);
        assertThat(forum.ask("SELECT id FROM threads")).containsExactly(thread(5));
        assertThat(forum.ask("SELECT name FROM users")).containsExactly("Name 6"); // user(1 + 5 % 6), whose it is
        assertThat(counts(kept))
                .containsEntry("restored", 0L)
                .containsEntry("legacyKept", 1L)
                .containsEntry("kept", 2L)
                .containsEntry("removed", 34L)
                .isEqualTo(counts(dry));
        assertThat(kept.rollback().path("keptBecause").toString())
                .contains("\"its legacy row was deleted and cannot be written again\":1");
        assertThat(forum.ask("SELECT title FROM threads_migration.threads_rollback WHERE id = '" + thread(1) + "'"))
                .containsExactly("Theirs");
    }

    @Test
    void rowsThatTheJobFileLeavesOutByNowAreNotInsertedAgain() {
        String where = "--migration.mapping.threads.where=NOT hidden";
        forum.legacy("ALTER TABLE legacy_threads ADD hidden boolean DEFAULT FALSE");
        forum.legacy(
                "UPDATE legacy_threads SET hidden = TRUE WHERE id IN ('%s', '%s')".formatted(thread(1), thread(5)));
        forum.target("UPDATE threads SET title = 'Theirs' WHERE id = '" + thread(1) + "'");
        List<String> legacy = legacy();

        ReportedRun refused = rollback(where).endsWith(2);
        assertThat(refused.run().all())
                .contains("1 record cannot be taken back without a decision. Nothing was touched.")
                .contains(
                        thread(1) + ": changed in the new system, and the job file's where leaves its legacy row out");

        ReportedRun kept =
                rollback(where, "--migration.rollback.on-conflict=keep-legacy").endsWith(0);

        assertThat(legacy()).isEqualTo(legacy);
        assertThat(target()).isEmpty();
        assertThat(counts(kept))
                .containsEntry("restored", 0L)
                .containsEntry("kept", 0L)
                .containsEntry("legacyKept", 1L)
                .containsEntry("removed", 36L);
    }

    @Test
    void takeTargetWritesTheTargetsChangeOverTheLegacyOne() {
        conflict();
        rollback("--migration.rollback.on-conflict=take-target").endsWith(0);
        assertThat(legacyColumns(1, "subject")).containsExactly("Theirs");
        assertThat(target()).isEmpty();
    }

    @Test
    void aMigratedUserThatNativeRowsNeedStaysAndTheyAreNotLost() {
        nativeThread(user(2));
        forum.target("""
                INSERT INTO feedback (id, thread_id, user_id, type, created_at, updated_at)
                SELECT '%s', '%s', id, 'rating', TIMESTAMP '2030-01-01 00:00:00', TIMESTAMP '2030-01-01 00:00:00'
                FROM users WHERE name = 'Name 3'""".formatted(NATIVE, thread(7)));

        ReportedRun rolledBack = rollback().endsWith(0);

        assertThat(forum.ask("SELECT id FROM threads ORDER BY 1")).containsExactlyInAnyOrder(NATIVE, thread(7));
        assertThat(forum.ask("SELECT id FROM feedback")).containsExactly(NATIVE);
        String ownerOf7 = "Name 2"; // user(1 + 7 % 6), who owns the native thread as well
        assertThat(forum.ask("SELECT name FROM users ORDER BY 1")).containsExactly(ownerOf7, "Name 3");
        assertThat(counts(rolledBack)).containsEntry("kept", 3L).containsEntry("removed", 33L);
        assertThat(rolledBack.rollback().path("keptBecause").toString()).contains("rows that stay in", "refer to it");
        assertThat(forum.equation()).containsEntry("users", "6|2|0|0|4");

        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        assertThat(forum.ask("SELECT count(*) FROM threads")).containsExactly("25");
    }

    @Test
    void rowsOfAnyTableThatReferToOursStay() {
        forum.target(
                "CREATE TABLE bookmark (id integer PRIMARY KEY, thread uuid REFERENCES threads ON DELETE CASCADE)",
                "INSERT INTO bookmark VALUES (1, '" + thread(3) + "'), (2, NULL)");
        ReportedRun rolledBack = rollback().endsWith(0);
        assertThat(forum.ask("SELECT id FROM bookmark ORDER BY 1")).containsExactly("1", "2");
        assertThat(forum.ask("SELECT id FROM threads")).containsExactly(thread(3));
        assertThat(rolledBack.rollback().path("keptBecause").toString().toLowerCase(java.util.Locale.ROOT))
                .contains("bookmark");
    }

    /** Threads 3, 9, 15 and 21 have one owner. */
    @Test
    void aForeignKeyOfSeveralColumnsKeepsTheRowsThatAllOfThemName() {
        forum.target(
                "ALTER TABLE threads ADD CONSTRAINT owned UNIQUE (user_id, id)",
                """
                CREATE TABLE bookmark (id integer PRIMARY KEY, owner uuid, thread uuid,
                    FOREIGN KEY (owner, thread) REFERENCES threads (user_id, id) ON DELETE CASCADE)""",
                """
                CREATE TABLE audited (id integer PRIMARY KEY, owner uuid, thread uuid,
                    FOREIGN KEY (owner, thread) REFERENCES threads (user_id, id),
                    FOREIGN KEY (thread) REFERENCES threads)""",
                "INSERT INTO bookmark SELECT 1, user_id, id FROM threads WHERE id = '" + thread(3) + "'",
                "INSERT INTO bookmark SELECT 2, user_id, NULL FROM threads WHERE id = '" + thread(4) + "'",
                "INSERT INTO audited VALUES (1, NULL, '" + thread(10) + "')");

        ReportedRun rolledBack = rollback().endsWith(0);

        assertThat(forum.ask("SELECT id FROM threads ORDER BY id")).containsExactly(thread(3), thread(10));
        assertThat(forum.ask("SELECT id FROM bookmark ORDER BY id")).containsExactly("1", "2");
        assertThat(rolledBack.rollback().path("keptBecause").toString().toLowerCase(Locale.ROOT))
                .contains("bookmark", "audited");
    }

    @Test
    void whatWasCarriedBackAndChangesOnceMoreIsCarriedBackAgain() {
        String few = " WHERE id IN ('" + thread(1) + "', '" + thread(2) + "', '" + thread(3) + "')";
        String original = legacyColumns(3, "subject").get(0);
        forum.target("UPDATE threads SET title = 'First'" + few);
        forum.legacy("UPDATE legacy_threads SET subject = 'First' WHERE id = '" + thread(2) + "'");
        rollback().endsWith(0);
        rollback("--undo").endsWith(0);
        forum.target(
                "UPDATE threads SET title = 'Second'" + few,
                "UPDATE threads SET title = '" + original + "' WHERE id = '" + thread(3) + "'");

        assertThat(counts(rollback().endsWith(0))).containsEntry("restored", 3L);

        assertThat(legacyColumns(1, "subject")).containsExactly("Second");
        assertThat(legacyColumns(2, "subject")).containsExactly("Second");
        assertThat(legacyColumns(3, "subject")).containsExactly(original);
        rollback("--undo").endsWith(0);
        forum.target("UPDATE threads SET title = 'Third' WHERE id = '" + thread(1) + "'");
        forum.legacy("UPDATE legacy_threads SET subject = 'First' WHERE id = '" + thread(1) + "'");
        assertThat(rollback().endsWith(2).run().all())
                .as("legacy was given something else meanwhile")
                .contains(thread(1), "changed on both sides");
    }

    @Test
    void whatWasCarriedBackBeforeARecordWasMigratedAnewIsNotTakenForTheChangeOfToday() {
        String id = " WHERE id = '" + thread(1) + "'";
        forum.target("UPDATE threads SET title = 'First'" + id);
        rollback().endsWith(0);
        forum.legacy("UPDATE legacy_threads SET subject = 'Second'" + id);
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        forum.legacy("UPDATE legacy_threads SET subject = 'First'" + id);

        assertThat(counts(rollback().endsWith(0))).containsEntry("restored", 0L);

        assertThat(legacyColumns(1, "subject")).containsExactly("First");
    }

    @Test
    void whatTheTargetRefusesWhenItIsPutBackIsKeptAndPutBackLater() {
        rollback().endsWith(0);
        forum.target("ALTER TABLE threads ADD CONSTRAINT since CHECK (title <> 'Subject 1 of the sample')");

        ReportedRun undone = rollback("--undo").endsWith(0);

        assertThat(counts(undone)).containsEntry("removed", -34L).containsEntry("kept", 2L);
        assertThat(undone.run().out()).contains("34 records were put back", "1  not put back: the target refuses it: ");
        assertThat(forum.ask("SELECT id FROM threads WHERE id = '" + thread(1) + "'"))
                .isEmpty();
        assertThat(forum.ask("SELECT count(*) FROM threads")).containsExactly("23");

        forum.target("ALTER TABLE threads DROP CONSTRAINT since");
        assertThat(counts(rollback("--undo").endsWith(0)))
                .containsEntry("removed", -2L)
                .containsEntry("kept", 0L);
        ReportedRun.of(forum, folder, "validate").endsWith(0);
    }

    /** As from a back-up that was taken before the rollback. */
    @Test
    void whatWasCarriedBackAndIsNotInLegacyAnyMoreIsCarriedBackAgain() {
        String original = legacyColumns(1, "subject").get(0);
        forum.target("UPDATE threads SET title = 'Renamed' WHERE id = '" + thread(1) + "'");
        rollback().endsWith(0);
        rollback("--undo").endsWith(0);
        forum.legacy("UPDATE legacy_threads SET subject = '" + original + "' WHERE id = '" + thread(1) + "'");

        assertThat(counts(rollback().endsWith(0))).containsEntry("restored", 1L);

        assertThat(legacyColumns(1, "subject")).containsExactly("Renamed");
    }

    @Test
    void whatWasCarriedBackAndKeptIsCarriedBackAgain() {
        forum.target(
                "UPDATE threads SET title = 'First' WHERE id = '" + thread(7) + "'", """
                INSERT INTO feedback (id, thread_id, user_id, type, created_at, updated_at)
                SELECT '%s', '%s', id, 'rating', TIMESTAMP '2030-01-01 00:00:00', TIMESTAMP '2030-01-01 00:00:00'
                FROM users WHERE name = 'Name 3'""".formatted(NATIVE, thread(7)));
        ReportedRun dry = ReportedRun.of(forum, folder, "rollback", "--dry-run").endsWith(0);
        ReportedRun real = rollback().endsWith(0);
        assertThat(counts(real))
                .containsEntry("restored", 1L)
                .containsEntry("kept", 3L)
                .isEqualTo(counts(dry));
        assertThat(legacyColumns(7, "subject")).containsExactly("First");
        forum.target("UPDATE threads SET title = 'Second' WHERE id = '" + thread(7) + "'");

        assertThat(counts(rollback().endsWith(0))).containsEntry("restored", 1L);

        assertThat(legacyColumns(7, "subject")).containsExactly("Second");
    }

    @Test
    void aRollbackIsUndoneWithItsLedger() {
        changeTarget();
        List<String> before = target();
        List<String> ledger = forum.outcomes();
        String written =
                "SELECT entity, legacy_id, content_hash FROM threads_migration.migration_mapping ORDER BY 1, 2";
        List<String> hashes = forum.ask(written);
        rollback().endsWith(0);

        ReportedRun undone = rollback("--undo").endsWith(0);

        assertThat(target()).isEqualTo(before);
        assertThat(forum.outcomes()).isEqualTo(ledger);
        assertThat(forum.ask(written)).isEqualTo(hashes);
        assertThat(undone.number("/rollback/removed")).isEqualTo(-36);
        assertThat(undone.run().out()).contains("rollback --undo is complete");
        assertThat(page(undone))
                .content()
                .contains("<span class=\"mono\">rollback --undo</span>", "No: the rollback is undone");
        // As a kill leaves it that comes when everything is back.
        forum.target("""
                UPDATE threads_migration.audit_log SET status = 'RUNNING', ended_at = NULL, exit_code = NULL
                WHERE command = 'rollback --undo'""");
        rollback("--undo").endsWith(0);
        assertThat(target()).isEqualTo(before);
        ReportedRun.of(forum, folder, "validate").endsWith(0);
        ReportedRun refused = rollback("--undo").endsWith(2);
        assertThat(refused.run().all())
                .contains("rollback --undo was REFUSED", "no rollback that could be undone. Nothing was touched.");
        assertThat(page(refused)).content().contains("Nothing was touched: undoing the rollback was refused");
        rollback().endsWith(0);
        assertThat(target()).isEmpty();
    }

    @Test
    void aSecondRollbackFindsNothingAndTheFirstCanStillBeUndone() {
        forum.legacy("INSERT INTO legacy_threads SELECT * FROM legacy_threads WHERE id = '" + thread(7) + "'");
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        assertThat(forum.equation()).containsEntry("threads", "25|24|1|0|0");
        List<String> before = target();
        rollback().endsWith(0);
        assertThat(counts(rollback().endsWith(0))).containsEntry("removed", 0L);
        rollback("--undo").endsWith(0);
        assertThat(target()).isEqualTo(before);
        assertThat(forum.equation()).containsEntry("threads", "25|24|1|0|0");
    }

    /** One id, spelt in two ways. */
    @Test
    void theTwinOfARecordThatWasTakenBackIsMovedWhereTheOtherIsGoneFromLegacy() {
        String spelt = "A0000000-0000-4000-8000-00000000000A";
        for (String id : List.of(spelt, spelt.toLowerCase(Locale.ROOT))) {
            forum.thread(id, "Twin", SampleForum.user(1));
        }
        forum.legacy("UPDATE legacy_threads SET legacy_id = 77 WHERE subject = 'Twin'");
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        assertThat(forum.equation()).containsEntry("threads", "26|25|1|0|0");
        rollback().endsWith(0);
        String duplicate = forum.ask("SELECT legacy_id FROM threads_migration.migration_mapping")
                .get(0);
        forum.legacy("DELETE FROM legacy_threads WHERE subject = 'Twin' AND id <> '" + duplicate + "'");

        ReportedRun.of(forum, folder, "migrate").endsWith(0);

        assertThat(forum.equation()).containsEntry("threads", "25|25|0|0|0");
        assertThat(forum.ask("SELECT title FROM threads WHERE id = '" + spelt.toLowerCase(Locale.ROOT) + "'"))
                .containsExactly("Twin");
    }

    @Test
    void whatWasMigratedAgainIsNotPutBackOverIt() {
        rollback().endsWith(0);
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        List<String> before = target();
        assertThat(rollback("--undo").endsWith(2).run().all()).contains("in the target again");
        assertThat(target()).isEqualTo(before);
        rollback().endsWith(0);
        rollback("--undo").endsWith(0);
        assertThat(target()).isEqualTo(before);
    }

    /** As from a dump: the rows are in the target, and the ledger knows nothing of them. */
    @Test
    void whatWasPutBackByHandStaysAndTheRollbackEndsAndIsUndone() {
        rollback().endsWith(0);
        for (String table : List.of("users", "threads", "feedback")) {
            String columns = String.join(
                    ", ",
                    forum.ask("""
                    SELECT column_name FROM information_schema.columns
                    WHERE table_schema IN ('public', 'PUBLIC') AND lower(table_name) = '%s'""".formatted(table)).stream()
                            .map(column -> '"' + column + '"')
                            .toList());
            forum.target("INSERT INTO %s (%s) SELECT %s FROM threads_migration.%s_rollback WHERE id <> '%s'"
                    .formatted(table, columns, columns, table, thread(9)));
        }
        assertThat(counts(rollback().endsWith(0)))
                .as("nothing of it is in the ledger")
                .containsEntry("removed", 0L);
        forum.thread("new", "Came since", user(1));
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        assertThat(forum.equation())
                .containsEntry("users", "6|0|6|0|0")
                .containsEntry("threads", "25|2|23|0|0")
                .containsEntry("feedback", "6|0|6|0|0");
        forum.target("DELETE FROM threads WHERE id = '" + thread(8) + "'");
        List<String> before = target();
        List<String> others = forum.ask(
                "SELECT id FROM threads WHERE title <> 'Came since' AND id <> '" + thread(9) + "' ORDER BY id");

        assertThat(counts(rollback().endsWith(0))).containsEntry("removed", 2L);

        assertThat(forum.ask("SELECT id FROM threads ORDER BY id"))
                .isEqualTo(others)
                .hasSize(22);
        assertThat(forum.ask("SELECT id FROM users UNION ALL SELECT id FROM feedback"))
                .hasSize(12);
        rollback("--undo").endsWith(0);
        assertThat(target()).isEqualTo(before);
    }

    @Test
    void whatWasMigratedAgainAndDeletedInTheNewSystemDoesNotComeBack() {
        rollback().endsWith(0);
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        forum.target("DELETE FROM threads WHERE id = '" + thread(20) + "'");
        List<String> before = target();
        rollback().endsWith(0);
        rollback("--undo").endsWith(0);
        assertThat(target()).isEqualTo(before);
    }

    @Test
    void whatTheNewSystemHadDeletedStaysAwayWhereTheRollbackIsUndone() {
        forum.target("DELETE FROM threads WHERE id = '" + thread(20) + "'");
        List<String> before = target();
        List<String> ledger = forum.outcomes();
        rollback().endsWith(0);

        ReportedRun undone = rollback("--undo").endsWith(0);

        assertThat(target()).isEqualTo(before);
        assertThat(forum.outcomes()).isEqualTo(ledger);
        assertThat(counts(undone)).containsEntry("removed", -35L).containsEntry("deletedInTarget", 1L);
        assertThat(ReportedRun.of(forum, folder, "migrate").endsWith(3).found())
                .containsExactly("threads " + thread(20) + " missing -");
        assertThat(target()).isEqualTo(before);
        assertThat(counts(rollback().endsWith(0))).containsEntry("removed", 35L).containsEntry("deletedInTarget", 1L);
        rollback("--undo").endsWith(0);
        assertThat(forum.outcomes()).isEqualTo(ledger);
    }

    @Test
    void whatWasRejectedSinceHasOneOutcomeWhenItIsPutBack() {
        List<String> ledger = forum.outcomes();
        rollback().endsWith(0);
        forum.legacy("UPDATE legacy_threads SET custom_fields = '{broken' WHERE id = '" + thread(4) + "'");
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        assertThat(forum.outcomes()).contains("threads " + thread(4) + ": metadata_invalid");
        rollback().endsWith(0);

        rollback("--undo").endsWith(0);

        assertThat(forum.outcomes()).isEqualTo(ledger);
        assertThat(forum.equation()).containsEntry("threads", "24|24|0|0|0");
        assertThat(forum.ask("SELECT id FROM threads WHERE id = '" + thread(4) + "'"))
                .containsExactly(thread(4));
    }

    @Test
    void whatTheNewSystemHadDeletedStaysAwayAlsoAfterAMigrateThatMovedNothing() {
        forum.target("DELETE FROM threads WHERE id = '" + thread(20) + "'");
        List<String> before = target();
        List<String> ledger = forum.outcomes();
        rollback().endsWith(0);
        forum.target("ALTER TABLE users ADD CONSTRAINT closed CHECK (name = 'nobody')");
        assertThat(ReportedRun.of(forum, folder, "migrate").endsWith(0).number("/entities/threads/rejected"))
                .isEqualTo(24);
        forum.target("ALTER TABLE users DROP CONSTRAINT closed");

        rollback("--undo").endsWith(0);

        assertThat(target()).isEqualTo(before);
        assertThat(forum.outcomes()).isEqualTo(ledger);
        ReportedRun.of(forum, folder, "migrate");
        assertThat(target()).isEqualTo(before);
        assertThat(forum.outcomes()).isEqualTo(ledger);
    }

    /** As kills leave it that come when everything is done. */
    @Test
    void whoeverRunsARollbackAgainThatCouldNotSayThatItWasDoneHearsWhatItDid() {
        forum.target("DELETE FROM threads WHERE id = '" + thread(20) + "'");
        Map<String, Long> removed = counts(rollback().endsWith(0));
        String untold = "UPDATE threads_migration.audit_log SET status = '%s', exit_code = %s WHERE run_id = %s";
        String last = "(SELECT max(run_id) FROM threads_migration.audit_log)";
        forum.target(untold.formatted("RUNNING", "NULL", last));

        assertThat(counts(rollback().endsWith(0)))
                .isEqualTo(removed)
                .containsEntry("removed", 35L)
                .containsEntry("deletedInTarget", 1L);
        assertThat(counts(rollback().endsWith(0))).as("told by now").containsEntry("removed", 0L);

        Map<String, Long> putBack = counts(rollback("--undo").endsWith(0));
        forum.target(untold.formatted("COMPLETED", "143", last));
        ReportedRun.of(forum, folder, "validate");
        assertThat(counts(rollback("--undo").endsWith(0))).isEqualTo(putBack).containsEntry("removed", -35L);
        rollback("--undo").endsWith(2);
        forum.target(untold.formatted("COMPLETED", "143", last));
        ReportedRun.of(forum, folder, "migrate");
        assertThat(counts(rollback().endsWith(0))).as("a rollback of its own").containsEntry("removed", 35L);
    }

    @Test
    void purgeForgetsTheSnapshotsOfEntitiesThatAreNotMovedAnyMore() {
        rollback().endsWith(0);

        assertThat(rollback("--purge", "--migration.entities=users")
                        .endsWith(0)
                        .run()
                        .out())
                .contains("the snapshots of all its entities are gone");

        assertThat(tables()).doesNotContain("threads_rollback", "users_rollback", "feedback_rollback");
    }

    @Test
    void purgeForgetsLedgerAndSnapshots() {
        rollback().endsWith(0);
        assertThat(ReportedRun.of(forum, folder, "rollback", "--purge")
                        .endsWith(2)
                        .run()
                        .err())
                .contains("--yes");
        assertThat(forum.ask("SELECT count(*) FROM threads_migration.threads_rollback"))
                .containsExactly("24");

        rollback("--purge").endsWith(0);

        assertThat(tables()).doesNotContain("threads_rollback", "users_rollback", "feedback_rollback");
        List<String> tables = forum.ask("""
                SELECT lower(table_name) FROM information_schema.columns
                WHERE lower(table_schema) = 'threads_migration' AND lower(column_name) = 'migration'""");
        assertThat(tables).contains("migration_mapping", "rollback_item", "audit_log");
        for (String table : tables) {
            assertThat(forum.ask("SELECT 1 FROM threads_migration." + table).isEmpty())
                    .as(table)
                    .isEqualTo(!table.equals("audit_log"));
        }
        assertThat(forum.ask("SELECT name FROM threads_migration.migration")).isEmpty();
        assertThat(forum.ask("SELECT count(*) FROM threads_migration.audit_log WHERE command LIKE 'rollback%'"))
                .containsExactly("2");
        rollback().endsWith(2);
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
    }

    @Test
    void aPurgeCannotBeTriedOut() {
        assertThat(ReportedRun.of(forum, folder, "rollback", "--purge", "--dry-run")
                        .endsWith(2)
                        .run()
                        .err())
                .contains("--purge", "--dry-run");
        rollback("--purge", "--undo").endsWith(2);

        assertThat(forum.ask("SELECT name FROM threads_migration.migration")).containsExactly(forum.name());
        assertThat(target()).hasSize(36);
    }

    @Test
    void aChangeThatLegacyCannotHoldStaysInTheTargetAndTheOthersGoBack() {
        rollback().endsWith(0);
        forum.legacy("ALTER TABLE legacy_threads ALTER COLUMN modified_date %s timestamp(0) with time zone"
                .formatted(forum.isPostgres() ? "TYPE" : "SET DATA TYPE"));
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        forum.target(
                "UPDATE threads SET title = 'Renamed' WHERE id = '" + thread(1) + "'",
                "UPDATE threads SET title = 'Late', updated_at = TIMESTAMP '2030-01-01 00:00:00.000001' WHERE id = '"
                        + thread(3) + "'");
        List<String> row = legacyThread(3);

        ReportedRun rolledBack = rollback().endsWith(0);

        assertThat(counts(rolledBack)).containsEntry("restored", 1L);
        assertThat(legacyColumns(1, "subject")).containsExactly("Renamed");
        assertThat(legacyThread(3)).isEqualTo(row);
        assertThat(forum.ask("SELECT title FROM threads")).containsExactly("Late");
        assertThat(forum.ask("SELECT legacy_id, detail FROM threads_migration.rollback_item"
                        + " WHERE action = 'KEPT' AND entity = 'threads'"))
                .containsExactly(thread(3) + "|its change is not in legacy: legacy does not hold what was written");
        assertThat(forum.equation()).containsEntry("threads", "24|1|0|0|23");
        ReportedRun.of(forum, folder, "migrate", "--migration.validation.enabled=false")
                .endsWith(0);
        assertThat(forum.equation()).containsEntry("threads", "24|24|0|0|0");
    }

    @Test
    void anUndoPutsBackWhatItsOwnMigrationRemoved() {
        String[] other = {"--migration.name=" + forum.name() + "-b", "--migration.allow-other-migrations=true"};
        rollback().endsWith(0);
        ReportedRun.of(forum, folder, "migrate", other).endsWith(0);
        List<String> migrated = target();
        rollback(other).endsWith(0);

        rollback("--undo", other[0], other[1]).endsWith(0);

        assertThat(target()).isEqualTo(migrated);
        assertThat(forum.ask("SELECT rollback_migration, count(*) FROM threads_migration.threads_rollback GROUP BY 1"))
                .containsExactly(forum.name() + "|24");
    }

    @Test
    void withoutAYesAndATerminalNothingIsTouched() {
        List<String> before = target();
        assertThat(ReportedRun.of(forum, folder, "rollback").endsWith(2).run().err())
                .contains("Nothing was touched", "--yes");
        assertThat(target()).isEqualTo(before);
    }

    @Test
    void aMigrationThatDoesNotExistCannotBeRolledBack() {
        List<String> before = target();
        assertThat(rollback("--migration.name=unknown").endsWith(2).run().all()).contains(forum.name());
        assertThat(ReportedRun.of(forum, folder, "rollback", "--dry-run", "--migration.name=unknown")
                        .endsWith(2)
                        .run()
                        .all())
                .contains(forum.name());
        rollback("--purge", "--migration.name=unknown").endsWith(2);
        assertThat(rollback("--migration.name=unknown", "--migration.allow-other-migrations=true")
                        .endsWith(2)
                        .run()
                        .err())
                .contains("Nothing to roll back.");
        rollback("--purge", "--migration.name=unknown", "--migration.allow-other-migrations=true")
                .endsWith(2);
        assertThat(target()).isEqualTo(before);
        assertThat(forum.ask("SELECT name FROM threads_migration.migration")).containsExactly(forum.name());
    }

    private static Path page(ReportedRun run) {
        return Path.of(run.report().path("errorFile").asString()).resolveSibling("report.html");
    }

    ReportedRun rollback(String... more) {
        List<String> words = new java.util.ArrayList<>(List.of(more));
        words.add("--yes");
        return ReportedRun.of(forum, folder, "rollback", words.toArray(String[]::new));
    }

    /** Threads 1 to 4 as an application would change them. */
    private void changeTarget() {
        forum.target(
                "UPDATE threads SET title = 'Renamed', user_id = (SELECT id FROM users WHERE name = 'Name 4') WHERE id = '"
                        + thread(1) + "'",
                "UPDATE threads SET organization_id = '6fa459ea-ee8a-3ca4-894e-db77e160355e', tenant_id = 'Moved' WHERE id = '"
                        + thread(2) + "'",
                "UPDATE threads SET updated_at = TIMESTAMP '2030-01-01 00:00:00.000001' WHERE id = '" + thread(3)
                        + "'");
        SampleForum.changeMetadata(forum, thread(4), "gold", "platinum");
        forum.target("UPDATE feedback SET comment = NULL, rating = 5, helpful = FALSE WHERE id = '"
                + SampleForum.feedback(1) + "'");
    }

    private void conflict() {
        forum.target("UPDATE threads SET title = 'Theirs' WHERE id = '" + thread(1) + "'");
        forum.legacy("UPDATE legacy_threads SET subject = 'Ours' WHERE id = '" + thread(1) + "'");
    }

    private void nativeThread(String owner) {
        String name = "Name " + owner.charAt(owner.length() - 1);
        forum.target("""
                INSERT INTO threads (id, title, user_id, created_at, updated_at)
                SELECT '%s', 'After cutover', id, TIMESTAMP '2030-01-01 00:00:00', TIMESTAMP '2030-01-01 00:00:00'
                FROM users WHERE name = '%s'""".formatted(NATIVE, name));
    }

    /** All rows of the target, apart from when they were migrated. */
    List<String> target() {
        List<String> rows = new java.util.ArrayList<>();
        for (String table : List.of("users", "threads", "feedback")) {
            forum.ask("SELECT * FROM " + table + " ORDER BY id")
                    .forEach(row -> rows.add(row.replaceAll("\"migratedAt\": ?\"[^\"]*\"", "")));
        }
        return rows;
    }

    List<String> legacy() {
        List<String> rows = new java.util.ArrayList<>();
        for (String table : List.of("users", "threads", "feedback")) {
            rows.addAll(forum.ask(forum.legacyUrl(), "SELECT * FROM legacy_" + table + " ORDER BY id"));
        }
        return rows;
    }

    private List<String> legacyThread(int n) {
        return legacyColumns(n, "*");
    }

    List<String> legacyColumns(int n, String columns) {
        return forum.ask(
                forum.legacyUrl(), "SELECT " + columns + " FROM legacy_threads WHERE id = '" + thread(n) + "'");
    }

    private String custom(int n) {
        return legacyColumns(n, "custom_fields").get(0).replace(" ", "");
    }

    private static List<String> withoutCustomFields(List<String> row) {
        return row.stream().map(it -> it.replaceAll("\\|\\{.*}\\|", "|")).toList();
    }

    static Map<String, Long> counts(ReportedRun run) {
        Map<String, Long> counts = new TreeMap<>();
        for (String key : List.of("restored", "removed", "kept", "deletedInTarget", "legacyKept")) {
            counts.put(key, run.number("/rollback/" + key));
        }
        return counts;
    }

    private List<String> tables() {
        return forum.ask(
                "SELECT lower(table_name) FROM information_schema.tables WHERE lower(table_schema) = 'threads_migration'");
    }
}
