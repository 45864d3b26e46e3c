package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.TargetRows;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each preset fits the tables that its own tools create. */
class PresetTests {

    private static final String FAMILY = """
            SELECT count(*) || ' ' || min(u.name) || ' ' || min(t.title) || ' ' || min(f.rating)
            FROM users u JOIN threads t ON t.user_id = u.id JOIN feedback f ON f.thread_id = t.id AND f.user_id = u.id""";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"legacy-v1", "raw-sql", "prisma", "typeorm"})
    void fitsItsTables(String preset) throws SQLException {
        String target = Shapes.database();

        CommandRun run =
                CommandRun.onJobFile(folder, "migrate", Shapes.jobFile(preset, Shapes.database(preset), target, ""));

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(Shapes.ask(target, FAMILY)).isEqualTo("1 Ada Hello 5");
    }

    @Test
    void cuidsAndSerialIdsBecomeNameBasedUuidsAndReferencesFollow() throws SQLException {
        String target = Shapes.database();

        CommandRun.onJobFile(folder, "migrate", Shapes.jobFile("prisma", Shapes.database("prisma"), target, ""));

        assertThat(Shapes.ask(target, "SELECT user_id FROM threads"))
                .isEqualTo(TargetRows.newId("users", "ckv1user0000").toString());
        assertThat(Shapes.ask(target, "SELECT organization_id FROM threads"))
                .isEqualTo(TargetRows.newId("organizations", "org1").toString());
    }

    @Test
    void everyFieldCanBeOverridden() throws SQLException {
        String source = Shapes.database("raw-sql");
        Shapes.execute(source, "ALTER TABLE threads RENAME title TO topic");
        String target = Shapes.database();

        CommandRun run = CommandRun.onJobFile(folder, "migrate", Shapes.jobFile("raw-sql", source, target, """
                          mapping: { threads: { fields: { title: { column: topic } } } }
                        """));

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(Shapes.ask(target, "SELECT title FROM threads")).isEqualTo("Hello");
    }
}
