package dev.threadsmigration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.ledger.RunLock;
import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.PostgresServer;
import dev.threadsmigration.support.SampleForum;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code status} for people and for scripts. */
class StatusIntegrationTests {

    @TempDir
    private Path folder;

    @Test
    void scriptsReadTheStatusAsOneLineOfJson() {
        assertThat(json().get("state").asString()).isEqualTo("not-started");

        run("migrate");

        JsonNode status = json();
        assertThat(status.get("state").asString()).isEqualTo("completed");
        assertThat(status.get("running").booleanValue()).isFalse();
        assertThat(status.at("/entities/threads/migrated").longValue()).isEqualTo(10_012);
        assertThat(status.at("/entities/threads/remaining").longValue()).isZero();
        assertThat(status.at("/runs/0/command").asString()).isEqualTo("migrate");
    }

    @Test
    void watchingEndsWhereNothingRuns() {
        run("migrate");

        assertThat(run("status", "--watch").out()).containsOnlyOnce("not running, last completed");
    }

    @Test
    void aRunThatWasKilledIsToldFromOneThatRuns() throws SQLException {
        Forum forum = SampleForum.in(Forum.onPostgres());
        forum.run(folder, "migrate");
        forum.target("UPDATE threads_migration.audit_log SET status = 'RUNNING', ended_at = NULL, exit_code = NULL");

        assertThat(forum.run(folder, "status", "--json").out())
                .contains("\"state\":\"killed\"", "\"status\":\"KILLED\"")
                .doesNotContain("RUNNING");
        assertThat(forum.run(folder, "status").out())
                .contains("not running, the last run was killed", "migrate   KILLED")
                .contains("To resume, run the same command again: java -jar threads-migration.jar migrate " + folder)
                .doesNotContain("RUNNING");

        PostgresServer server = PostgresServer.shared();
        DriverManagerDataSource target =
                new DriverManagerDataSource(forum.targetUrl(), server.username(), server.password());
        try (RunLock lock = new RunLock(target, TargetDialect.of(forum.targetUrl()), forum.name())) {
            assertThat(lock.tryAcquire()).isTrue();
            assertThat(forum.run(folder, "status", "--json").out()).contains("\"state\":\"running\"");
            assertThat(forum.run(folder, "status").out())
                    .contains("running now", "migrate   RUNNING")
                    .doesNotContain("To resume");
        }
    }

    @Test
    void aMigrationThatIsForgottenSaysSo() {
        Forum forum = SampleForum.in(Forum.onH2());
        forum.run(folder, "migrate");
        assertThat(forum.run(folder, "rollback", "--purge", "--yes").exitCode()).isZero();

        assertThat(forum.run(folder, "status").out())
                .contains("'" + forum.name() + "': forgotten by rollback --purge;")
                .doesNotContain("last completed");

        forum.run(folder, "migrate");
        assertThat(forum.run(folder, "status").out()).contains("not running, last completed");
    }

    @Test
    void whatIsCompleteBesideRecordsWithoutAnOutcomeSaysSo() {
        Forum forum = SampleForum.in(Forum.onH2());
        forum.run(folder, "migrate", "--migration.entities=users");

        assertThat(forum.run(folder, "retry").out()).contains("retry is complete", "30 records have no outcome yet.");
        assertThat(forum.run(folder, "status").out()).contains("last completed; 30 records have no outcome yet");
        forum.run(folder, "migrate");
        assertThat(forum.run(folder, "status").out()).contains("last completed").doesNotContain("no outcome yet");
    }

    @Test
    void aTargetThatCannotBeReachedIsNamedAsPreflightNamesIt() {
        Forum forum = Forum.onH2();
        String nowhere = "jdbc:postgresql://127.0.0.1:1/app";

        for (String form : List.of("--yes", "--json", "--watch")) {
            CommandRun status = forum.run(folder, "status", form, "--migration.target.url=" + nowhere);

            assertThat(status.exitCode()).as(status.all()).isEqualTo(ExitCode.USAGE);
            assertThat(status.err())
                    .contains("FAILED  target database: " + nowhere + " cannot be used: nothing answers there")
                    .contains("Start the server, or correct host and port", "preflight " + folder);
        }
    }

    @Test
    void whatRefusedToBeginIsNotToBeResumed() {
        Forum forum = SampleForum.in(Forum.onH2());
        forum.run(folder, "migrate");
        assertThat(forum.run(folder, "rollback", "--undo", "--yes").exitCode()).isEqualTo(ExitCode.USAGE);

        assertThat(forum.run(folder, "status").out()).contains("last failed").doesNotContain("To resume");
    }

    private JsonNode json() {
        CommandRun run = run("status", "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        return JsonMapper.shared().readTree(run.out());
    }

    private CommandRun run(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.add("--migration.source.url=jdbc:h2:file:" + folder.resolve("legacy"));
        all.add("--migration.target.url=jdbc:h2:file:" + folder.resolve("app"));
        all.add("--migration.reports=" + folder.resolve("reports"));
        return CommandRun.of(all);
    }
}
