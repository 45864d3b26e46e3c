package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What init writes about a database of this kind can be migrated by, unchanged. */
abstract class InitContract {

    @TempDir
    Path folder;

    /** An empty database of the kind; where it is. */
    abstract String createDatabase(Path folder) throws SQLException;

    abstract Connection connect(String url) throws SQLException;

    /** The folder of the shapes' DDL; the same for URLs. */
    abstract String kind();

    /** Empty: none. */
    abstract String username();

    @ParameterizedTest
    @ValueSource(strings = {"legacy-v1", "raw-sql", "prisma", "typeorm"})
    void thePresetIsRecognisedAndItsJobFileMigrates(String preset) throws SQLException, IOException {
        String source = createDatabase(folder);
        try (Connection connection = connect(source);
                Statement statement = connection.createStatement()) {
            for (String sql : Shapes.resource(kind() + "/" + preset + ".sql").split(";\n")) {
                statement.execute(sql);
            }
        }
        String target = Shapes.database();
        List<String> words = new ArrayList<>(List.of("init", "--url", source, "--target-url", target, "--password="));
        if (!username().isEmpty()) {
            words.addAll(List.of("--username", username()));
        }

        CommandRun init = CommandRun.of(words.toArray(String[]::new));
        CommandRun run = CommandRun.onJobFile(
                folder,
                "migrate",
                init.out(),
                "--migration.source.password=",
                "--migration.target.username=postgres",
                "--migration.target.password=postgres");

        assertThat(init.exitCode()).as(init.all()).isZero();
        assertThat(init.all()).contains("preset: " + preset + "\n");
        assertThat(run.exitCode()).as(run.all() + init.all()).isZero();
        assertThat(Shapes.ask(target, """
                        SELECT concat_ws(' ', u.name, t.title, t.created_at, f.type, f.rating, t.metadata ->> 'oldSystem')
                        FROM feedback f JOIN threads t ON t.id = f.thread_id JOIN users u ON u.id = t.user_id"""))
                .as(run.all() + init.all())
                .isEqualTo("Ada Hello 2024-01-01 11:00:00.5 rating 5 " + preset);
    }
}
