package dev.threadsmigration.crash;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.threadsmigration.support.CommandRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
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

    /** The second is held up between its look at those before it and its own beginning. */
    @Test
    void ofTwoNamesThatStartAtOnceTheSecondIsRefused() throws SQLException {
        ProcessForum forum = ProcessForum.untouched();
        forum.run("migrate", ProcessForum.NO_VALIDATION);
        List<String> threads = forum.target().list("SELECT id FROM threads ORDER BY id");
        forum.target().execute("CREATE TABLE begun AS SELECT * FROM threads_migration.migration");
        forum.target().execute("DELETE FROM threads_migration.migration");
        try (Connection first = forum.target().connect();
                Statement statement = first.createStatement()) {
            first.setAutoCommit(false);
            statement.execute("LOCK TABLE threads_migration.migration IN SHARE ROW EXCLUSIVE MODE");
            MigrationProcess second = forum.start("migrate", "--migration.name=second");
            await().atMost(ofMinutes(1))
                    .until(() -> !forum.target()
                            .list("SELECT pid FROM pg_locks WHERE NOT granted"
                                    + " AND relation = 'threads_migration.migration'::regclass")
                            .isEmpty());
            statement.execute("INSERT INTO threads_migration.migration SELECT * FROM begun");
            first.commit();

            second.assertExitCode(2);
            assertThat(second.output()).contains("migration 'forum' has moved this legacy database into this target");
        }
        assertThat(forum.target().list("SELECT name FROM threads_migration.migration"))
                .containsExactly("forum");
        assertThat(forum.target().list("SELECT id FROM threads ORDER BY id")).isEqualTo(threads);
    }
}
