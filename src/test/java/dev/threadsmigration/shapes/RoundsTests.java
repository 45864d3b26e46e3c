package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finished migration that is run again and again, while legacy lives on. */
class RoundsTests {

    private static final int ROUNDS = 6;

    @TempDir
    Path folder;

    @Test
    void eachRoundMovesTheRowsThatCameSince() throws SQLException {
        String source = Shapes.database("raw-sql");
        String target = Shapes.database();
        String jobFile = Shapes.jobFile("raw-sql", source, target, "");

        for (int round = 1; round <= ROUNDS; round++) {
            CommandRun run = CommandRun.onJobFile(folder, "migrate", jobFile);

            assertThat(run.exitCode()).as("round %d: %s", round, run.all()).isZero();
            assertThat(Shapes.ask(target, "SELECT count(*) FROM users")).isEqualTo(String.valueOf(round));
            Shapes.execute(
                    source,
                    "INSERT INTO users (id, name, created_at) VALUES (%d, 'New', now())".formatted(100 + round));
        }
    }
}
