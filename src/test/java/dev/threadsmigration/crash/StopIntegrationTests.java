package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** SIGTERM, as Kubernetes sends it to a pod, and SIGINT, as Ctrl-C does. */
class StopIntegrationTests {

    private static final int SIGINT = 2;

    /** A shell starts what it runs in the background without SIGINT, and children keep to that. */
    private static boolean isSignalIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        return Files.isReadable(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) >> SIGINT - 1 & 1) == 1);
    }

    @Test
    void ctrlCStopsAfterTheChunkInHandAndSaysHowToResume() throws InterruptedException, IOException {
        assumeFalse(isSignalIgnored(), "started where SIGINT is ignored, so no process of ours would ever see it");
        ProcessForum forum = ProcessForum.untouched();
        MigrationProcess process = forum.start(Fault.slowCommits(300), "migrate");
        process.awaitOutput(Fault.CHUNK_COMMITTED, 4);

        process.interrupt();

        assertThat(process.waitFor(5, TimeUnit.SECONDS)).as(process::output).isTrue();
        process.assertExitCode(130);
        assertThat(process.output()).contains("Stopping after the chunk in hand", "it goes on where this run ended:");
        forum.assertResumes(ProcessForum.NO_VALIDATION);
    }

    @Test
    void stoppedMigrationCommitsTheChunkInHandReportsAndResumes() throws InterruptedException {
        ProcessForum forum = ProcessForum.untouched();
        MigrationProcess process = forum.start(
                Fault.slowCommits(300),
                "migrate",
                "--report",
                forum.folder().resolve("stopped.json").toString());
        process.awaitOutput(Fault.CHUNK_COMMITTED, 4);

        process.terminate();

        assertThat(process.waitFor(5, TimeUnit.SECONDS)).as(process::output).isTrue();
        process.assertExitCode(143);
        assertThat(process.output()).contains("it goes on where this run ended:");
        assertThat(forum.folder().resolve("stopped.json")).content().contains("\"STOPPED\"");
        assertThat(forum.target().list("SELECT status || ' ' || exit_code FROM threads_migration.audit_log"))
                .containsExactly("STOPPED 143");
        forum.assertResumes(ProcessForum.NO_VALIDATION);
    }

    /** The report is held up, so that the signal comes when all is put back and before that was said. */
    @Test
    void anUndoThatIsStoppedWhenItIsDoneSaysWhatItDidWhenItIsRunAgain() throws SQLException, IOException {
        ProcessForum forum = ProcessForum.untouched();
        forum.run("migrate", ProcessForum.NO_VALIDATION);
        forum.run("rollback", "--yes");
        MigrationProcess process;
        try (Connection connection = forum.target().connect();
                Statement statement = connection.createStatement()) {
            process = forum.start(Fault.slowCommits(300), "rollback", "--undo", "--yes");
            process.awaitOutput(Fault.CHUNK_COMMITTED, 1);
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE threads_migration.deferred_definition");
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() -> forum.target()
                            .value("SELECT count(*) FROM pg_locks WHERE NOT granted AND database ="
                                    + " (SELECT oid FROM pg_database WHERE datname = current_database())")
                            .equals("1"));
            process.terminate();
            process.awaitOutput("Stopping after the chunk in hand");
        }

        process.assertExitCode(143);
        assertThat(forum.target()
                        .value("SELECT command || ' ' || status || ' ' || exit_code FROM threads_migration.audit_log"
                                + " ORDER BY run_id DESC LIMIT 1"))
                .isEqualTo("rollback --undo COMPLETED 143");
        Path report = forum.folder().resolve("again.json");
        forum.run("rollback", "--undo", "--yes", "--report", report.toString());
        assertThat(report)
                .content()
                .containsPattern(
                        "\"removed\" *: *-"
                                + forum.target()
                                        .value(
                                                "SELECT count(*) FROM threads_migration.migration_mapping WHERE outcome = 'migrated'"));
        forum.run("validate");
        forum.run(2, "rollback", "--undo", "--yes");
    }
}
