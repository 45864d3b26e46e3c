package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.ToolRun;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What init writes about a database can be migrated by, unchanged. */
class InitTests {

    @TempDir
    Path folder;

    private static ToolRun init(String source, String target) {
        return ToolRun.of(
                "init", "--url", source, "--username", "postgres", "--password=postgres", "--target-url", target);
    }

    private ToolRun migrate(String jobFile) {
        return ToolRun.onJobFile(
                folder,
                "migrate",
                jobFile,
                "--migration.source.password=postgres",
                "--migration.target.username=postgres",
                "--migration.target.password=postgres");
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy-v1", "raw-sql", "prisma", "typeorm"})
    void thePresetIsRecognisedAndItsJobFileMigrates(String preset) throws SQLException {
        String target = Shapes.database();

        ToolRun init = init(Shapes.database(preset), target);
        ToolRun run = migrate(init.output());

        assertThat(init.exitCode()).as(init.output()).isZero();
        assertThat(init.output()).contains("preset: " + preset + "\n").doesNotContain("password: postgres");
        assertThat(run.exitCode()).as(run.output()).isZero();
        assertThat(Shapes.ask(target, "SELECT count(*) FROM feedback f JOIN threads t ON t.id = f.thread_id"))
                .isEqualTo("1");
    }

    @Test
    void otherNamesAreGuessedByWordsAndForeignKeys() throws SQLException {
        String source = Shapes.database();
        Shapes.execute(source, """
                CREATE TABLE accounts (id serial PRIMARY KEY, display_name text, created bigint);
                CREATE TABLE conversations (conversation_id serial PRIMARY KEY, topic text,
                    opened_by integer REFERENCES accounts (id), created bigint, mood text);
                INSERT INTO accounts VALUES (1, 'Ada', 1700000000000);
                INSERT INTO conversations VALUES (1, 'Hello', 1, 1700000000000, 'merry')""");
        String target = Shapes.database();

        ToolRun init = init(source, target);
        ToolRun run = migrate(init.output());

        assertThat(init.output())
                .contains("guessed:", "userId from opened_by", "mood", "# feedback: no table was found");
        assertThat(run.exitCode()).as(run.output() + init.output()).isZero();
        assertThat(Shapes.ask(target, "SELECT title || ' ' || created_at FROM threads"))
                .isEqualTo("Hello 2023-11-14 22:13:20");
    }
}
