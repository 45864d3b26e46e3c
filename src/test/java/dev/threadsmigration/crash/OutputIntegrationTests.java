package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.ThreadsMigrationApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a process prints, and where. */
class OutputIntegrationTests {

    @TempDir
    Path folder;

    /** Of a URL that it cannot parse the driver gives all to its log. */
    @Test
    void noDriverTellsThePasswordOfAUrl() throws IOException {
        String url = "jdbc:postgresql://localhost:1?user=u&password=s3cret";
        Path jobFile = Files.writeString(folder.resolve("job.yml"), """
                migration:
                  name: output
                  source: { url: "%s" }
                  target: { url: "%s" }
                """.formatted(url, url));
        MigrationProcess preflight = MigrationProcess.start(List.of("preflight", jobFile.toString()));
        MigrationProcess init = MigrationProcess.start(List.of("init", "--url", url));

        preflight.assertExitCode(2);
        assertThat(preflight.output()).contains("cannot be understood").doesNotContain("s3cret");
        init.assertExitCode(2);
        assertThat(init.output()).contains("Unable to parse URL").doesNotContain("s3cret");
    }

    @Test
    void aJobFileThatCannotBeWrittenIsNoSuccess() throws IOException, SQLException {
        String url = "jdbc:sqlite:" + folder.resolve("legacy.db");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, created_at TEXT)");
        }
        List<String> command =
                new ArrayList<>(List.of("sh", "-c", "exec \"$@\" > /dev/full", "sh", MigrationProcess.java()));
        command.addAll(ParsedClasses.jvmArguments());
        command.addAll(List.of(ThreadsMigrationApplication.class.getName(), "init", "--url", url));
        MigrationProcess init = MigrationProcess.start(command, Path.of("").toAbsolutePath());

        init.assertExitCode(1);
        assertThat(init.output()).contains("Standard output could not be written");
    }
}
