package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is rejected because of another record says so, and comes through with it. */
class CompositionTests {

    @TempDir
    Path folder;

    @Test
    void retryBringsTheWholeFamilyThrough() throws SQLException {
        String source = Shapes.database("raw-sql");
        Shapes.execute(source, "ALTER TABLE users ALTER created_at DROP NOT NULL; UPDATE users SET created_at = NULL");
        String target = Shapes.database();
        String jobFile = Shapes.jobFile("raw-sql", source, target, "");

        CommandRun.onJobFile(folder, "migrate", jobFile);
        String codes = Shapes.ask(
                target, "SELECT string_agg(code, ' ' ORDER BY legacy_id::int) FROM threads_migration.rejected_record");
        String why = Shapes.ask(
                target,
                "SELECT string_agg(message, ' | ' ORDER BY code DESC) FROM threads_migration.rejected_record"
                        + " WHERE code LIKE '%_rejected'");
        String ids = Shapes.ask(source, "SELECT u.id || ' ' || t.id FROM users u, threads t");
        Shapes.execute(source, "UPDATE users SET created_at = now()");
        CommandRun retry = CommandRun.onJobFile(folder, "retry", jobFile);

        assertThat(codes).isEqualTo("required_missing user_rejected thread_rejected");
        assertThat(why)
                .as("which user, then which thread")
                .containsPattern("the user .* it is legacy's " + ids.split(" ")[0] + " ")
                .containsPattern("the thread .* it is legacy's " + ids.split(" ")[1] + "$");
        assertThat(retry.exitCode()).as(retry.all()).isZero();
        assertThat(Shapes.ask(target, "SELECT count(*) FROM feedback")).isEqualTo("1");
    }
}
