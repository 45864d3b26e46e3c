package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.crash.Fault.Point;
import dev.threadsmigration.support.CommandRun;
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
}
