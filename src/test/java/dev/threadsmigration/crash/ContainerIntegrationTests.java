package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.ContainerCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The command line of the container, from the packaged jar: the entry point of the image and the CronJob's arguments. */
class ContainerIntegrationTests {

    private static final Path JAR = Path.of("target/threads-migration.jar").toAbsolutePath();

    @Test
    void containerIsKilledStartedAgainAndKeepsItsTwinAway() throws Exception {
        Forum forum = Forum.untouched();
        prepare(forum);

        MigrationProcess first = start(forum, "--migration.chunk-size=20", "--migration.partitions=1");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> settled(forum) > 0 || !first.isAlive());
        MigrationProcess twin = start(forum);
        twin.assertExitCode(4);
        assertThat(first.isAlive()).as(first::output).isTrue();
        first.kill();
        forum.outcomes().assertEquation();

        start(forum).assertExitCode(0);
        forum.outcomes().assertComplete();

        MigrationProcess again = start(forum);
        again.assertExitCode(0);
        assertThat(again.output()).contains("is finished");
    }

    private static void prepare(Forum forum) throws IOException {
        Path secrets = Files.createDirectories(forum.folder().resolve("secrets"));
        Files.writeString(secrets.resolve("legacy-db-username"), forum.legacy().username());
        Files.writeString(secrets.resolve("legacy-db-password"), forum.legacy().password());
        Files.writeString(secrets.resolve("app-db-username"), forum.target().username());
        Files.writeString(secrets.resolve("app-db-password"), forum.target().password());
        Files.createDirectories(forum.folder().resolve("jobs"));
        Files.copy(Path.of("jobs/kubernetes/migration.yml"), forum.folder().resolve("jobs/migration.yml"));
    }

    private static MigrationProcess start(Forum forum, String... more) throws IOException {
        ContainerCommand container = ContainerCommand.ofCronJob();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(container.jvmArguments());
        command.addAll(List.of("-cp", JAR.toString(), ContainerCommand.MAIN_CLASS));
        command.addAll(container.programArguments(Map.of(
                "/migration/jobs", forum.folder().resolve("jobs"),
                "/run/secrets/threads-migration", forum.folder().resolve("secrets"))));
        command.addAll(List.of(
                "--migration.name=forum",
                "--migration.id-namespace=" + Forum.ID_NAMESPACE,
                "--migration.source.url=" + forum.legacy().url(),
                "--migration.target.url=" + forum.target().url()));
        command.addAll(List.of(more));
        return MigrationProcess.start(command, forum.folder());
    }

    private static long settled(Forum forum) {
        try (var connection = DriverManager.getConnection(
                        forum.target().url(),
                        forum.target().username(),
                        forum.target().password());
                var result = connection
                        .createStatement()
                        .executeQuery("SELECT count(*) FROM threads_migration.migration_mapping")) {
            return result.next() ? result.getLong(1) : 0;
        } catch (SQLException e) {
            return 0; // the schema is not there yet
        }
    }
}
