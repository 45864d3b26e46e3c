package dev.threadsmigration.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.PostgresServer;
import dev.threadsmigration.support.SampleForum;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

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
    @ValueSource(strings = {"h2", "postgresql"})
    void theNewestVersionIsTheLastThatThereIs(String folder) throws IOException {
        assertThat(new PathMatchingResourcePatternResolver().getResources("classpath:db/" + folder + "/V*.sql"))
                .extracting(script -> Integer.valueOf(script.getFilename().replaceAll("V(\\d+)__.*", "$1")))
                .hasSize(LedgerSchema.NEWEST)
                .contains(LedgerSchema.NEWEST);
    }

    @ParameterizedTest
    @MethodSource("forums")
    void aRollbackOfWhatAnEarlierVersionMovedCanBeRehearsed(Forum forum) {
        assertThat(forum.run(folder, "migrate").exitCode()).isZero();
        String migrated = forum.ask("SELECT count(*) FROM threads").get(0);
        forum.target("ALTER TABLE threads_migration.rollback_item DROP COLUMN legacy_hash");
        for (String table :
                List.of("followed_change", "removed_record", "queued_write", "carried_write", "adopted_id")) {
            forum.target("DROP TABLE threads_migration." + table);
        }
        forum.target(
                "DELETE FROM threads_migration.flyway_schema_history WHERE \"version\" IN ('3', '4', '5', '6', '7', '8')");
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

    /** As a kill does, a commit is the last that the server hears of. */
    @Test
    void whicheverCommitAKillFollowsWhileTheTablesAreMadeTheNextRunMakesTheRest() throws SQLException {
        boolean killed = true;
        for (int commits = 1; killed; commits++) {
            String url = Forum.onPostgres().targetUrl();
            PostgresServer server = PostgresServer.shared();
            DataSource target = new DriverManagerDataSource(url, server.username(), server.password());
            killed = isKilledAfter(commits, target);

            try (Connection connection = target.getConnection()) {
                new LedgerSchema(new SingleConnectionDataSource(connection, true), TargetDialect.of(url)).migrate();

                String searchPath =
                        "SELECT current_setting('search_path'), to_regclass('threads_migration.batch_job_instance')";
                try (ResultSet found = connection.createStatement().executeQuery(searchPath)) {
                    found.next();
                    assertThat(found.getString(1)).isEqualTo("\"$user\", public");
                    assertThat(found.getString(2)).isNotNull();
                }
            }
        }
    }

    /** What nobody handles. */
    private static final class Killed extends Error {}

    private static boolean isKilledAfter(int commits, DataSource target) throws SQLException {
        AtomicInteger left = new AtomicInteger(commits);
        List<Connection> opened = new ArrayList<>();
        DataSource dying = new DelegatingDataSource(target) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection real = super.getConnection();
                opened.add(real);
                return dying(real, left);
            }
        };
        try {
            new LedgerSchema(dying, TargetDialect.of("jdbc:postgresql:")).migrate();
        } catch (Killed e) {
            return true;
        } finally {
            for (Connection connection : opened) {
                connection.abort(Runnable::run);
            }
        }
        return false;
    }

    private static Connection dying(Connection real, AtomicInteger commitsLeft) {
        return (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (commitsLeft.get() <= 0) {
                        throw new Killed();
                    }
                    try {
                        return method.invoke(real, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    } finally {
                        if (method.getName().equals("commit")) {
                            commitsLeft.decrementAndGet();
                        }
                    }
                });
    }
}
