package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.ContainerCommand;
import dev.threadsmigration.ThreadsMigrationApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the image does, without one: its commands that install the packaged jar, its entry point and the CronJob's
 * arguments.
 */
class ContainerIntegrationTests {

    private static final Path HERE = Path.of("").toAbsolutePath();

    @TempDir
    static Path image;

    @BeforeAll
    static void install() throws IOException {
        run("-Djarmode");
        run("-Xshare:dump");
    }

    private static void run(String holding) throws IOException {
        String javaFirst =
                "PATH=%s:$PATH; ".formatted(Path.of(MigrationProcess.java()).getParent());
        MigrationProcess.start(List.of("sh", "-c", javaFirst + ContainerCommand.run(holding, paths())), HERE)
                .assertExitCode(0);
    }

    private static Map<String, Path> paths() {
        return Map.of("/app", image.resolve("app"), "/tmp/demo", image.resolve("demo"));
    }

    @Test
    void startsFromClassesThatAreParsedAlready() throws IOException {
        Path classes = image.resolve("classes.log");
        List<String> command = new ArrayList<>(List.of(MigrationProcess.java(), "-Xlog:class+load:file=" + classes));
        command.addAll(ContainerCommand.ofCronJob().jvmArguments(paths()));
        command.addAll(
                List.of("-jar", image.resolve("app/threads-migration.jar").toString(), "--help"));
        MigrationProcess.start(command, image).assertExitCode(0);

        assertThat(Files.readAllLines(classes))
                .filteredOn(line -> line.contains(" " + ThreadsMigrationApplication.class.getName() + " "))
                .singleElement()
                .asString()
                .contains("source: shared objects file");
        assertThat(image.resolve("demo")).doesNotExist();
    }

    @Test
    void containerIsKilledStartedAgainAndKeepsItsTwinAway() throws Exception {
        ProcessForum forum = ProcessForum.untouched();
        prepare(forum);

        MigrationProcess first = start(forum, "--migration.chunk-size=20", "--migration.partitions=1");
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
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

    private static void prepare(ProcessForum forum) throws IOException {
        Path secrets = Files.createDirectories(forum.folder().resolve("secrets"));
        Files.writeString(secrets.resolve("LEGACY_DB_USER"), forum.legacy().username());
        Files.writeString(secrets.resolve("LEGACY_DB_PASSWORD"), forum.legacy().password());
        Files.writeString(secrets.resolve("APP_DB_USER"), forum.target().username());
        Files.writeString(secrets.resolve("APP_DB_PASSWORD"), forum.target().password());
        Files.createDirectories(forum.folder().resolve("jobs"));
        Files.copy(Path.of("jobs/kubernetes/migration.yml"), forum.folder().resolve("jobs/migration.yml"));
    }

    private static MigrationProcess start(ProcessForum forum, String... more) throws IOException {
        Map<String, Path> paths = new HashMap<>(paths());
        paths.put("/migration/jobs", forum.folder().resolve("jobs"));
        paths.put("/run/secrets/threads-migration", forum.folder().resolve("secrets"));
        List<String> command = new ArrayList<>(List.of(MigrationProcess.java()));
        command.addAll(ContainerCommand.ofCronJob().arguments(paths));
        command.addAll(List.of(
                "--migration.name=forum",
                "--migration.id-namespace=" + ProcessForum.ID_NAMESPACE,
                "--migration.source.url=" + forum.legacy().url(),
                "--migration.target.url=" + forum.target().url()));
        command.addAll(List.of(more));
        return MigrationProcess.start(command, forum.folder());
    }

    private static long settled(ProcessForum forum) {
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
