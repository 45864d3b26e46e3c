package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A run that must spare the target. */
class ThrottleIntegrationTests {

    @Test
    void aRunIsNotFasterThanItMayBe() {
        ProcessForum forum = ProcessForum.untouched();
        long threads = Long.parseLong(forum.legacy().value("SELECT count(*) FROM legacy_threads"));
        forum.run("migrate", "--migration.max-records-per-second=2000", ProcessForum.NO_VALIDATION);

        double seconds = Double.parseDouble(forum.target().value("""
                SELECT EXTRACT(EPOCH FROM end_time - start_time) FROM threads_migration.batch_step_execution
                WHERE step_name = 'threads'"""));
        // What is read last need not be waited for, in neither of the two ranges.
        assertThat(seconds).isGreaterThan((threads - 2 * 250) / 2000.0);
        forum.outcomes().assertComplete();
    }

    @Test
    void thePaceIsChangedWhileARunGoesOn() {
        ProcessForum forum = ProcessForum.untouched();
        forum.set("max-records-per-second: 20");
        RunningCommand process = forum.begin(null, "migrate", ProcessForum.NO_VALIDATION);
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> done(forum) > 0);
        forum.set("max-records-per-second: nonsense");
        process.awaitOutput("the pace stays as it was");
        forum.set("max-records-per-second: 0");
        process.awaitOutput("must be above 0, but is 0");
        assertThat(done(forum)).isLessThan(1000);

        forum.set("max-records-per-second: 1000000");
        process.awaitOutput("Records a second: 1000000");
        process.assertExitCode(0);
        forum.outcomes().assertComplete();
    }

    private static long done(ProcessForum forum) {
        String done = forum.target().value("SELECT to_regclass('threads_migration.migration_mapping')") == null
                ? "0"
                : forum.target().value("SELECT count(*) FROM threads_migration.migration_mapping");
        return Long.parseLong(done);
    }

    /** Through the packaged jar, whose logging is not that of the tests. */
    @Test
    void whereTheLogIsStructuredEveryLineIsJsonToTheEnd(@TempDir Path folder) throws IOException {
        MigrationProcess process = MigrationProcess.start(
                List.of(
                        MigrationProcess.java(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        Path.of("target/threads-migration.jar").toAbsolutePath().toString(),
                        "migrate",
                        "--logging.structured.format.console=ecs",
                        "--migration.max-records-per-second=2000",
                        ProcessForum.NO_VALIDATION),
                folder);
        process.assertExitCode(0);

        List<JsonNode> lines = process.output()
                .lines()
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        assertThat(lines)
                .filteredOn(line -> line.toString().contains("threadsmigration.progress"))
                .isNotEmpty()
                .allMatch(line -> line.has("percent") && line.has("recordsPerSecond") && line.has("rejected"));
        assertThat(lines.get(lines.size() - 1).get("message").asString())
                .startsWith("Migration 'demo': migrate is complete")
                .contains("10,012");
    }

    @Test
    void aRunIsWatchedFromAnotherProcessUntilItEnds() {
        ProcessForum forum = ProcessForum.untouched();
        RunningCommand process =
                forum.begin(null, "migrate", "--migration.max-records-per-second=1000", ProcessForum.NO_VALIDATION);
        Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> done(forum) > 0);
        MigrationProcess watch = forum.start("status", "--watch", "--json");
        watch.assertExitCode(0);
        process.assertExitCode(0);

        List<JsonNode> looks = watch.output()
                .lines()
                .filter(line -> line.startsWith("{"))
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        assertThat(looks).hasSizeGreaterThan(2);
        assertThat(looks.subList(0, looks.size() - 1))
                .allMatch(look -> look.get("running").booleanValue());
        assertThat(looks.get(looks.size() - 1).get("state").asString()).isEqualTo("completed");
        assertThat(looks)
                .extracting(look -> look.at("/entities/threads/remaining").longValue())
                .isSortedAccordingTo(Comparator.reverseOrder())
                .endsWith(0L);
    }

    @Test
    void aRunStandsStillWhileTooManySessionsAreAtWork() throws SQLException, InterruptedException {
        ProcessForum forum = ProcessForum.untouched();
        List<Connection> busy = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Connection connection = forum.target().connect();
            busy.add(connection);
            new Thread(() -> sleepIn(connection)).start();
        }
        RunningCommand process = forum.begin(
                null,
                "migrate",
                "--migration.pause-when.active-sessions=1",
                "--migration.pause-when.replication-lag=10s",
                ProcessForum.NO_VALIDATION);
        process.awaitOutput("Paused: 2 sessions are at work in the target, 1 are allowed");
        long before = done(forum);
        Thread.sleep(1000);
        assertThat(done(forum)).isEqualTo(before);

        forum.target()
                .execute("SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%'");
        for (Connection connection : busy) {
            connection.close();
        }
        process.awaitOutput("Going on.");
        process.assertExitCode(0);
        forum.outcomes().assertComplete();
    }

    private static void sleepIn(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SELECT pg_sleep(120)");
        } catch (SQLException e) {
            // Cancelled, as it was meant to be.
        }
    }
}
