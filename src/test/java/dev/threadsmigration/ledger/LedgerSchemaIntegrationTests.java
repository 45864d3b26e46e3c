package dev.threadsmigration.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.SampleForum;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A ledger whose table of versions is gone, and what a killed dry run leaves, which looks much the same. */
class LedgerSchemaIntegrationTests {

    private static final String HISTORY = "ALTER TABLE threads_migration.flyway_schema_history RENAME TO set_aside";

    @TempDir
    Path folder;

    static Stream<Forum> forums() {
        return Stream.of(SampleForum.in(Forum.onPostgres()), SampleForum.in(Forum.onH2()));
    }

    @ParameterizedTest
    @MethodSource("forums")
    void aLedgerWithoutItsVersionsIsRefusedAndKept(Forum forum) {
        assertThat(forum.run(folder, "migrate").exitCode()).isZero();
        forum.target(HISTORY);
        List<String> outcomes = forum.outcomes();

        for (List<String> words : List.of(
                List.of("migrate"), List.of("migrate", "--dry-run"), List.of("rollback", "--yes"), List.of("retry"))) {
            CommandRun run = forum.run(
                    folder, words.get(0), words.subList(1, words.size()).toArray(String[]::new));
            assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
            assertThat(run.err())
                    .contains("threads_migration holds a ledger", "flyway_schema_history", "rename", "DROP SCHEMA")
                    .contains("Nothing was touched");
        }
        assertThat(forum.outcomes()).hasSize(36).isEqualTo(outcomes);
        assertThat(forum.ask("SELECT status FROM threads_migration.audit_log")).containsExactly("COMPLETED");

        forum.target("ALTER TABLE threads_migration.set_aside RENAME TO flyway_schema_history");
        assertThat(forum.run(folder, "rollback", "--yes").exitCode()).isZero();
        assertThat(forum.ask("SELECT count(*) FROM threads")).containsExactly("0");
    }

    @ParameterizedTest
    @MethodSource("forums")
    void aRollbackOfWhatAnEarlierVersionMovedCanBeRehearsed(Forum forum) {
        assertThat(forum.run(folder, "migrate").exitCode()).isZero();
        String migrated = forum.ask("SELECT count(*) FROM threads").get(0);
        forum.target("ALTER TABLE threads_migration.rollback_item DROP COLUMN legacy_hash");
        forum.target("DELETE FROM threads_migration.flyway_schema_history WHERE \"version\" = '3'");
        forum.target("UPDATE threads SET title = 'Changed in the new system' WHERE title LIKE 'Subject%'");

        CommandRun rehearsed = forum.run(folder, "rollback", "--dry-run");
        assertThat(rehearsed.exitCode()).as(rehearsed.all()).isZero();
        assertThat(forum.ask("SELECT count(*) FROM threads")).containsExactly(migrated);

        CommandRun run = forum.run(folder, "rollback", "--yes");
        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(forum.ask("SELECT count(*) FROM threads")).containsExactly("0");
    }

    @ParameterizedTest
    @MethodSource("forums")
    void aLedgerOfAnotherBuildIsRefused(Forum forum) {
        assertThat(forum.run(folder, "migrate").exitCode()).isZero();
        forum.target("UPDATE threads_migration.flyway_schema_history SET \"checksum\" = 1 WHERE \"version\" = '1'");

        for (String command : List.of("preflight", "migrate", "migrate --dry-run", "validate", "rollback --yes")) {
            String[] words = command.split(" ");
            CommandRun run = forum.run(folder, words[0], Arrays.copyOfRange(words, 1, words.length));
            assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
            assertThat(run.all())
                    .contains("was made by another build of this tool", "No record was touched")
                    .contains("the jar that made it", "DROP SCHEMA threads_migration CASCADE");
        }
        assertThat(forum.outcomes()).hasSize(36);
    }

    @Test
    void whatAKilledDryRunLeftIsNotInTheWay() throws SQLException {
        Forum forum = SampleForum.in(Forum.onH2());
        DriverManagerDataSource target = new DriverManagerDataSource(forum.targetUrl(), "sa", "");
        try (Connection connection = target.getConnection()) {
            new LedgerSchema(target, TargetDialect.of(forum.targetUrl())).createForDryRun(connection);
        }

        CommandRun run = forum.run(folder, "migrate");

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(forum.outcomes()).hasSize(36);
    }
}
