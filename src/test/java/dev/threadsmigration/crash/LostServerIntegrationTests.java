package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.crash.Fault.Point;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        RunningCommand process = forum.begin(SLOW, "migrate", ProcessForum.NO_VALIDATION);
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
        RunningCommand process = forum.begin(SLOW, "migrate", ProcessForum.NO_VALIDATION, "--migration.retry-for=5s");
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
        RunningCommand process = forum.begin(SLOW, "migrate", ProcessForum.NO_VALIDATION);
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
        RunningCommand process = forum.begin(Fault.at(point, 7), "migrate", ProcessForum.NO_VALIDATION);

        process.assertExitCode(0);
        assertThat(process.output()).contains(Fault.REACHED, "A server was lost");
        forum.outcomes().assertComplete();
    }

    @Test
    void migrationGoesOnByItselfAfterEveryConnectionWasCut() {
        ProcessForum forum = ProcessForum.untouched();
        RunningCommand process = forum.begin(SLOW, "migrate", ProcessForum.NO_VALIDATION);
        process.awaitOutput(Fault.CHUNK_COMMITTED, 6);

        cutOff(forum);

        process.assertExitCode(0);
        forum.outcomes().assertComplete();
    }

    @Test
    void migrationThatAnotherProcessFinishedWhileItWasSuspendedEndsWell() {
        ProcessForum forum = ProcessForum.untouched();
        MigrationProcess suspended = suspendedAndCutOff(forum);
        forum.run("migrate", ProcessForum.NO_VALIDATION);

        suspended.goOn();

        suspended.assertExitCode(0);
        forum.outcomes().assertComplete();
    }

    @Test
    void migrationThatAnotherProcessTookBackWhileItWasSuspendedStaysTakenBack() {
        ProcessForum forum = ProcessForum.untouched();
        MigrationProcess suspended = suspendedAndCutOff(forum);
        forum.run("migrate", ProcessForum.NO_VALIDATION);
        forum.run("rollback", "--yes");
        List<String> left = arrived(forum);

        suspended.goOn();

        suspended.assertExitCode(4);
        assertThat(suspended.output()).contains("Another process took this migration over");
        assertThat(arrived(forum)).isEqualTo(left);
    }

    private static MigrationProcess suspendedAndCutOff(ProcessForum forum) {
        MigrationProcess process = forum.start(SLOW, "migrate", ProcessForum.NO_VALIDATION);
        process.awaitOutput(Fault.CHUNK_COMMITTED, 6);
        process.suspend();
        cutOff(forum);
        return process;
    }

    private static void cutOff(ProcessForum forum) {
        forum.target().list("""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()""");
    }

    private static List<String> arrived(ProcessForum forum) {
        return forum.target().list("""
                SELECT id::text FROM threads UNION ALL SELECT id::text FROM users UNION ALL SELECT id::text FROM feedback
                UNION ALL SELECT entity || legacy_id FROM threads_migration.migration_mapping ORDER BY 1""");
    }

    /** The server keeps its sessions, with all that they have locked. */
    @Test
    void migrationGoesOnByItselfAfterItsLineToTheTargetFellSilent() throws IOException {
        ProcessForum forum = ProcessForum.untouched();
        try (SilentLine line = new SilentLine(forum.target().url())) {
            RunningCommand process =
                    forum.begin(SLOW, "migrate", ProcessForum.NO_VALIDATION, "--migration.target.url=" + line.url());
            process.awaitOutput(Fault.CHUNK_COMMITTED, 6);

            line.fallSilent();

            process.awaitOutput("A server was lost");
            process.assertExitCode(0);
        }
        forum.outcomes().assertComplete();
    }

    /** Its transaction is idle while it waits for legacy, where somebody else has locked what it writes. */
    @Test
    void rollbackGoesOnByItselfAfterTheServerEndedASessionThatWasIdleForTooLong() throws SQLException {
        ProcessForum forum = ProcessForum.ofItsOwn();
        forum.run("migrate", ProcessForum.NO_VALIDATION);
        forum.target().execute("UPDATE threads SET title = 'Changed' WHERE metadata ->> 'oldId' LIKE '%7'");
        String changed = forum.target().value("SELECT count(*) FROM threads WHERE title = 'Changed'");
        set(forum.target(), "idle_in_transaction_session_timeout = 1000");
        RunningCommand process;
        try (Connection others = forum.legacy().connect();
                Statement statement = others.createStatement()) {
            others.setAutoCommit(false);
            statement.execute("LOCK TABLE legacy_threads IN SHARE ROW EXCLUSIVE MODE");
            process = forum.begin(null, "rollback", "--yes");
            await(forum.legacy(), "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted");
            await(forum.target(), """
                    SELECT count(*) = 0 FROM pg_stat_activity
                    WHERE datname = current_database() AND state = 'idle in transaction'""");
            others.rollback();
        }

        process.assertExitCode(0);
        assertThat(process.output()).contains("A server was lost");
        assertThat(forum.legacy().value("SELECT count(*) FROM legacy_threads WHERE subject = 'Changed'"))
                .isEqualTo(changed)
                .isNotEqualTo("0");
        assertThat(forum.target()
                        .value("SELECT count(*) FROM threads_migration.migration_mapping WHERE outcome = 'migrated'"))
                .isEqualTo("0");
    }

    @Test
    void migrationGoesOnByItselfAfterATableWasLockedForLongerThanItsRoleWaits() throws SQLException {
        ProcessForum forum = ProcessForum.untouched();
        set(forum.target(), "lock_timeout = 200");
        RunningCommand process;
        try (Connection others = forum.target().connect();
                Statement statement = others.createStatement()) {
            others.setAutoCommit(false);
            statement.execute("LOCK TABLE threads IN EXCLUSIVE MODE");
            process = forum.begin(null, "migrate", ProcessForum.NO_VALIDATION);
            process.awaitOutput(
                    "A server refused what it was asked for (ERROR: canceling statement due to lock timeout");
            others.rollback();
        }

        process.assertExitCode(0);
        forum.outcomes().assertComplete();
    }

    @Test
    void aFullDiskIsCalledOneAndTheRunResumesOnceThereIsSpace() {
        ProcessForum forum = ProcessForum.untouched();
        forum.target().execute("""
                CREATE FUNCTION fill() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    RAISE EXCEPTION 'could not extend file "base/1/2": No space left' USING ERRCODE = 'disk_full'; END $$""");
        forum.target().execute("""
                CREATE TRIGGER fill BEFORE INSERT ON threads FOR EACH STATEMENT EXECUTE FUNCTION fill()""");

        RunningCommand process = forum.begin(null, "migrate", ProcessForum.NO_VALIDATION, "--migration.retry-for=5s");

        process.assertExitCode(1);
        assertThat(process.output())
                .contains("A server refused what it was asked for (ERROR: could not extend file")
                .contains("A server refused for longer than migration.retry-for (5 s): ERROR: could not extend file")
                .contains("The disk of the server is full: free space there")
                .doesNotContain("was lost", "stayed away");
        forum.target().execute("DROP TRIGGER fill ON threads");
        forum.assertResumes(ProcessForum.NO_VALIDATION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"statement_timeout", "transaction_timeout"})
    void aLimitOfTheApplicationDoesNotEndAMigration(String limit) {
        ProcessForum forum = ProcessForum.untouched();
        forum.target().execute("""
                CREATE FUNCTION wait_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                    IF NOT EXISTS (SELECT FROM threads_migration.migration_mapping WHERE entity = 'threads')
                    THEN PERFORM pg_sleep(3); END IF; RETURN NULL; END $$""");
        forum.target().execute("""
                CREATE TRIGGER wait_once BEFORE INSERT ON threads FOR EACH STATEMENT EXECUTE FUNCTION wait_once()""");
        set(forum.target(), limit + " = 2000");

        forum.run("migrate", ProcessForum.NO_VALIDATION);

        forum.outcomes().assertComplete();
    }

    /** For the sessions that begin from now on. */
    private static void set(Database database, String setting) {
        database.execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET {}', current_database()); END $$"
                .replace("{}", setting));
    }

    private static void await(Database database, String condition) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .until(() -> database.value(condition).equals("t"));
    }
}
