package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Two processes of one migration. */
class TwoProcessesIntegrationTests {

    private static final String RUNS = "SELECT count(*) FROM threads_migration.audit_log";

    @Test
    void secondProcessIsTurnedAwayWhileStatusIsShownAndTheFirstGoesOn() {
        ProcessForum forum = ProcessForum.untouched();
        MigrationProcess first = forum.start(Fault.slowCommits(400), "migrate", ProcessForum.NO_VALIDATION);
        first.awaitOutput(Fault.CHUNK_COMMITTED, 2);

        MigrationProcess second = forum.start("migrate");
        CommandRun status = forum.run("status");
        second.assertExitCode(4);

        assertThat(first.isAlive()).as("the first still runs").isTrue();
        assertThat(second.output()).contains("Another process is running migration 'forum'");
        assertThat(status.out()).contains("running now");
        assertStatusHoldsTheEquation(status.out());
        assertThat(forum.target().value(RUNS)).isEqualTo("1");
        first.assertExitCode(0);
        forum.outcomes().assertComplete();
        assertThat(forum.run("status").out()).contains("not running, last completed");
    }

    private static void assertStatusHoldsTheEquation(String output) {
        List<long[]> lines = output.lines()
                .map(String::strip)
                .filter(line -> line.matches("(users|threads|feedback)( +[\\d,]+){5}"))
                .map(line -> Stream.of(line.split(" +"))
                        .skip(1)
                        .mapToLong(number -> Long.parseLong(number.replace(",", "")))
                        .toArray())
                .toList();
        assertThat(lines).as(output).hasSize(3);
        assertThat(lines).allSatisfy(n -> assertThat(n[0]).isEqualTo(n[1] + n[2] + n[3] + n[4]));
    }

    @Test
    void ofTwoThatStartAtOnceOneMigratesAndOneIsTurnedAway() {
        ProcessForum forum = ProcessForum.untouched();
        MigrationProcess one = forum.start(Fault.slowCommits(200), "migrate", ProcessForum.NO_VALIDATION);
        MigrationProcess other = forum.start(Fault.slowCommits(200), "migrate", ProcessForum.NO_VALIDATION);

        assertThat(List.of(one.exitCode(), other.exitCode()))
                .as(() -> one.output() + other.output())
                .containsExactlyInAnyOrder(0, 4);
        forum.outcomes().assertComplete();
    }
}
