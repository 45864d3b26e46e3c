package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.crash.Fault.Point;
import dev.threadsmigration.support.CommandRun;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a migration does that was run to its end. */
class FinishedIntegrationTests {

    @Test
    void finishedMigrationSaysSoAndMovesWhatCameSince() {
        ProcessForum forum = ProcessForum.ofItsOwn();
        forum.run("migrate");
        assertThat(forum.run("migrate").all()).contains("Migration 'forum' is finished");
        forum.outcomes().assertComplete();

        forum.legacy().run("later.sql", "expectation.sql");
        forum.killAt(Fault.at(Point.STEP_COMMITS, "threads", 6));
        forum.outcomes().assertEquation();
        forum.killAt(Fault.at(Point.STEP_ENDED, "threads"));
        forum.outcomes().assertEquation();
        CommandRun again = forum.run("migrate");

        assertThat(again.all()).contains("Resuming");
        forum.outcomes().assertComplete();
        assertThat(forum.run("migrate").all()).contains("Migration 'forum' is finished");
    }

    @Test
    void aRunThatIsKilledWhileItRemovesWhatWasDeletedRemovesTheRestAfterwards() {
        ProcessForum forum = ProcessForum.ofItsOwn();
        String[] follow = {"--migration.on-deleted=remove", "--migration.max-deleted=100000", ProcessForum.NO_VALIDATION
        };
        forum.run("migrate", ProcessForum.NO_VALIDATION);
        List<String> going = forum.target().list("""
                SELECT min(legacy_id) FROM threads_migration.migration_mapping
                WHERE entity = 'threads' AND NOT EXISTS (SELECT 1 FROM feedback f WHERE f.thread_id = new_id)
                GROUP BY new_id HAVING count(*) = 1 AND min(outcome) = 'migrated' AND abs(hashtext(min(legacy_id))) % 3 = 0
                ORDER BY 1""");
        forum.legacy().execute("DELETE FROM legacy_threads WHERE id IN ('%s')".formatted(String.join("','", going)));
        String removed = "SELECT count(*) FROM threads_migration.removed_record";

        forum.killAt(Fault.at(Point.STEP_COMMITS, "remove-deleted-threads", 6), follow);
        assertThat(Integer.parseInt(forum.target().value(removed))).isBetween(1, going.size() - 1);
        assertThat(forum.target().list("""
                        SELECT legacy_id FROM threads_migration.removed_record r
                        WHERE EXISTS (SELECT 1 FROM threads t WHERE t.id = r.new_id) OR EXISTS (
                            SELECT 1 FROM threads_migration.migration_mapping m
                            WHERE m.entity = r.entity AND m.legacy_id = r.legacy_id)""")).isEmpty();
        assertThat(forum.target().value("SELECT sum(remaining) FROM threads_migration.migration_progress"))
                .isEqualTo("0");
        forum.run("migrate", follow);

        assertThat(forum.target().list("SELECT legacy_id FROM threads_migration.removed_record ORDER BY 1"))
                .isEqualTo(going);
        forum.outcomes().assertEquation();
    }

    @Test
    void aRunThatIsKilledWhileItFollowsChangesWritesTheRestOfThemAfterwards() {
        ProcessForum forum = ProcessForum.ofItsOwn();
        String follow = "--migration.on-changed=update";
        forum.run("migrate", ProcessForum.NO_VALIDATION);
        String edited = "SELECT count(*) FROM threads WHERE title LIKE '% (edited)'";
        String migrated = """
                SELECT count(*) FROM threads t JOIN threads_migration.migration_mapping m ON m.new_id = t.id
                WHERE m.outcome = 'migrated' AND\s""";
        String unedited = forum.target().value(migrated + "(title = 'Untitled' OR char_length(title) > 200)");
        forum.legacy()
                .run(
                        "UPDATE legacy_threads SET subject = subject || ' (edited)' WHERE char_length(trim(subject)) BETWEEN 1 AND 200");

        forum.killAt(Fault.at(Point.STEP_ENDED, "threads:range-0"), follow, ProcessForum.NO_VALIDATION);
        long before = Long.parseLong(forum.target().value(edited));
        assertThat(before).isPositive();
        assertThat(forum.target().value("""
                        SELECT count(*) FROM threads t JOIN threads_migration.followed_change f ON f.new_id = t.id
                        WHERE f.kept_because IS NULL AND t.title LIKE '% (edited)'""")).isEqualTo(String.valueOf(before));
        forum.run("migrate", follow, ProcessForum.NO_VALIDATION);

        assertThat(Long.parseLong(forum.target().value(edited))).isGreaterThan(before);
        assertThat(forum.target().value(migrated + "title NOT LIKE '% (edited)'"))
                .isEqualTo(unedited);
        forum.outcomes().assertEquation();
    }
}
