package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.crash.Fault.Point;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers that go away under a run. */
class LostServerIntegrationTests {

    private static final Fault SLOW = Fault.slowCommits(100);
    private static StoppableServer server;

    @BeforeAll
    static void start() {
        server = new StoppableServer();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @Test
    void migrationGoesOnByItselfAfterTheTargetServerWasRestarted() {
        ProcessForum forum = ProcessForum.withTarget(server.createDatabase());
        MigrationProcess process = forum.start(SLOW, "migrate", ProcessForum.NO_VALIDATION);
        process.awaitOutput(Fault.CHUNK_COMMITTED, 6);

        server.crash();
        process.awaitOutput("A server was lost");
        server.comeBack();

        process.assertExitCode(0);
        forum.outcomes().assertComplete();
    }

    @Test
    void migrationGivesUpAfterRetryForAndResumesOnceTheTargetServerIsBack() {
        ProcessForum forum = ProcessForum.withTarget(server.createDatabase());
        MigrationProcess process = forum.start(SLOW, "migrate", ProcessForum.NO_VALIDATION, "--migration.retry-for=5s");
        process.awaitOutput(Fault.CHUNK_COMMITTED, 6);

        server.crash();
        process.assertExitCode(1);
        server.comeBack();

        assertThat(process.output()).contains("stayed away longer than migration.retry-for (5 s)");
        forum.assertResumes(ProcessForum.NO_VALIDATION);
    }

    @Test
    void migrationThatWaitsForItsServerStopsAtOnceWhenItIsTold() throws InterruptedException {
        ProcessForum forum = ProcessForum.withTarget(server.createDatabase());
        MigrationProcess process = forum.start(SLOW, "migrate", ProcessForum.NO_VALIDATION);
        process.awaitOutput(Fault.CHUNK_COMMITTED, 6);
        server.crash();
        process.awaitOutput("A server was lost");

        process.terminate();

        boolean ended = process.waitFor(10, TimeUnit.SECONDS);
        server.comeBack();
        assertThat(ended).as(process::output).isTrue();
        process.assertExitCode(143);
        forum.assertResumes(ProcessForum.NO_VALIDATION);
    }

    @Test
    void migrationGoesOnByItselfAfterTheLegacyServerWasRestarted() {
        ProcessForum forum = ProcessForum.withLegacy(server.createDatabase());
        MigrationProcess process = forum.start(SLOW, "migrate", ProcessForum.NO_VALIDATION);
        process.awaitOutput(Fault.CHUNK_COMMITTED, 6);

        server.crash();
        process.awaitOutput("A server was lost");
        server.comeBack();

        process.assertExitCode(0);
        forum.outcomes().assertComplete();
    }

    @ParameterizedTest
    @EnumSource(
            value = Point.class,
            names = {"COMMIT_FAILS", "COMMIT_UNANSWERED"})
    void chunkWhoseCommitIsInDoubtIsNeitherLostNorWrittenTwice(Point point) {
        ProcessForum forum = ProcessForum.untouched();
        MigrationProcess process = forum.start(Fault.at(point, 7), "migrate", ProcessForum.NO_VALIDATION);

        process.assertExitCode(0);
        assertThat(process.output()).contains(Fault.REACHED, "A server was lost");
        forum.outcomes().assertComplete();
    }

    @Test
    void migrationGoesOnByItselfAfterEveryConnectionWasCut() {
        ProcessForum forum = ProcessForum.untouched();
        MigrationProcess process = forum.start(SLOW, "migrate", ProcessForum.NO_VALIDATION);
        process.awaitOutput(Fault.CHUNK_COMMITTED, 6);

        forum.target().list("""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()""");

        process.assertExitCode(0);
        forum.outcomes().assertComplete();
    }
}
