package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.ThreadsMigrationApplication;
import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.LogicalRecords;
import dev.threadsmigration.support.PostgresServer;
import dev.threadsmigration.support.TargetRows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What must be true of every legacy database: the same records, stored its way, arrive as the same target rows. */
abstract class LegacySourceContract {

    private static final int ALL = LogicalRecords.USERS + LogicalRecords.THREADS + LogicalRecords.FEEDBACK;

    @TempDir
    Path folder;

    /** An empty database of the kind; where it is. */
    abstract String createDatabase(Path folder) throws SQLException;

    abstract Connection connect(String url) throws SQLException;

    abstract String username();

    abstract String password();

    /** Creates users, threads and feedback with this database's own types. */
    abstract List<String> tables();

    /** The values of a row of one of them, in the order of its columns, as this database stores them. */
    abstract Object[] row(Object logical);

    void execute(String source, String... statements) throws SQLException {
        try (Connection connection = connect(source);
                Statement statement = connection.createStatement()) {
            for (String sql : String.join(";\n", statements).split(";\n")) {
                statement.execute(sql);
            }
        }
    }

    String ask(String source, String sql) throws SQLException {
        try (Connection connection = connect(source);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    void run(int exitCode, String command, String jobFile, String... more) {
        CommandRun run = CommandRun.onJobFile(folder, command, jobFile, more);
        assertThat(run.exitCode()).as(run.all()).isEqualTo(exitCode);
    }

    /** What the job file says beyond the preset. */
    String mapping() {
        return "";
    }

    /** How a text that was deleted is spelt where a rollback has restored it. */
    String restored(String text) {
        return text;
    }

    private String fill() throws SQLException {
        String url = createDatabase(folder);
        try (Connection connection = connect(url)) {
            try (Statement statement = connection.createStatement()) {
                for (String table : tables()) {
                    statement.execute(table);
                }
            }
            connection.setAutoCommit(false);
            insert(connection, "users", LogicalRecords.users());
            insert(connection, "threads", LogicalRecords.threads());
            insert(connection, "feedback", LogicalRecords.feedback());
            connection.commit();
        }
        return url;
    }

    private void insert(Connection connection, String table, List<?> records) throws SQLException {
        String marks = "?, ".repeat(row(records.get(0)).length - 1) + "?";
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO " + table + " VALUES (" + marks + ")")) {
            for (Object logical : records) {
                @Nullable Object[] values = row(logical);
                for (int i = 0; i < values.length; i++) {
                    insert.setObject(i + 1, values[i]);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private String jobFile(String source, String target) {
        return """
                migration:
                  name: contract
                  preset: raw-sql
                  id-namespace: %s
                  chunk-size: 100
                  partitions: 2
                  source: { url: "%s", username: "%s", password: "%s" }
                  target: { url: "%s", username: postgres, password: postgres, create-tables: true }
                %s""".formatted(TargetRows.NAMESPACE, source, username(), password(), target, mapping());
    }

    private static void assertAllArrived(String target) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect(target)) {
            assertThat(TargetRows.users(connection)).containsExactlyInAnyOrderElementsOf(TargetRows.expectedUsers());
            assertThat(TargetRows.threads(connection))
                    .containsExactlyInAnyOrderElementsOf(TargetRows.expectedThreads("raw-sql"));
            assertThat(TargetRows.feedback(connection))
                    .containsExactlyInAnyOrderElementsOf(TargetRows.expectedFeedback());
        }
    }

    @Test
    void theSameRecordsArriveAsTheSameRows() throws SQLException {
        String target = PostgresServer.shared().createDatabase();

        CommandRun run = CommandRun.onJobFile(folder, "migrate", jobFile(fill(), target));

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertAllArrived(target);
    }

    @Test
    void aKilledRunIsTakenUpWhereItWas() throws Exception {
        String target = PostgresServer.shared().createDatabase();
        Path jobFile = Files.writeString(folder.resolve("job.yml"), jobFile(fill(), target));
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ThreadsMigrationApplication.class.getName(),
                        "migrate",
                        jobFile.toString(),
                        "--migration.chunk-size=5",
                        "--migration.reports=" + folder.resolve("reports"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("killed.log").toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofMinutes(3))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> settled(target) > LogicalRecords.USERS);
        process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        assertThat(settled(target)).isLessThan(ALL);

        CommandRun run = CommandRun.onJobFile(folder, "migrate", Files.readString(jobFile));

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertAllArrived(target);
    }

    @Test
    void whatWasDeletedIsRestoredByARollbackAsItWas() throws SQLException {
        String source = fill();
        String jobFile = jobFile(source, PostgresServer.shared().createDatabase());
        assertThat(CommandRun.onJobFile(folder, "migrate", jobFile).exitCode()).isZero();
        List<String> before = feedback(source);
        try (Connection connection = connect(source);
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM feedback WHERE type <> 'comment'");
        }
        assertThat(feedback(source)).hasSizeLessThan(before.size());

        CommandRun run = CommandRun.onJobFile(folder, "rollback", jobFile, "--yes");

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(feedback(source))
                .containsExactlyInAnyOrderElementsOf(before.stream()
                        .map(row -> row.contains("| comment |") ? row : restored(row))
                        .toList());
    }

    private List<String> feedback(String source) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = connect(source);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT * FROM feedback")) {
            int width = result.getMetaData().getColumnCount();
            while (result.next()) {
                StringJoiner row = new StringJoiner(" | ");
                for (int i = 1; i <= width; i++) {
                    row.add(
                            result.getObject(i) instanceof byte[] bytes
                                    ? HexFormat.of().formatHex(bytes)
                                    : result.getString(i));
                }
                rows.add(row.toString());
            }
        }
        return rows;
    }

    private static long settled(String target) {
        try (Connection connection = PostgresServer.shared().connect(target);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT count(*) FROM threads_migration.migration_mapping")) {
            result.next();
            return result.getLong(1);
        } catch (SQLException e) {
            return 0;
        }
    }
}
