package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.MySqlServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** MySQL takes the tables of MariaDB, but has a JSON type of its own. */
@EnabledIf(value = "isThere", disabledReason = "no Docker engine answers, and TEST_MYSQL names no server")
class MySqlSourceTests extends MariaDbSourceTests {

    static boolean isThere() {
        return MySqlServer.isThere();
    }

    @Override
    String createDatabase(Path folder) {
        return MySqlServer.shared().createDatabase();
    }

    @Override
    Connection connect(String url) throws SQLException {
        return MySqlServer.shared().connect(url);
    }

    @Override
    String username() {
        return MySqlServer.shared().username();
    }

    @Override
    String password() {
        return MySqlServer.shared().password();
    }

    /** Its JSON keeps a number as a double, so that the twentieth digit is gone before anybody reads it. */
    @Override
    List<String> tables() {
        return super.tables().stream()
                .map(table -> table.replace("metadata JSON", "metadata LONGTEXT"))
                .toList();
    }

    @Override
    String statementLimit() {
        return "max_execution_time=100";
    }

    @Test
    void aTypeThatTheDriverDoesNotKnowIsLeftOutByAQuery() throws SQLException {
        String source = createDatabase(folder);
        try (Connection connection = connect(source);
                Statement statement = connection.createStatement()) {
            Assumptions.assumeTrue(connection.getMetaData().getDatabaseMajorVersion() >= 9, "no VECTOR before MySQL 9");
            statement.execute(
                    "CREATE TABLE users (id BIGINT PRIMARY KEY, name TEXT, created_at DATETIME, v VECTOR(3))");
            statement.execute("INSERT INTO users VALUES (1, 'Ada', '2024-01-01', STRING_TO_VECTOR('[1,2,3]'))");
        }
        String jobFile =
                readByRoot(source, Shapes.database()).replaceFirst("(?m)^( *)preset:.*", "$0\n$1entities: [users]");

        CommandRun refused = CommandRun.onJobFile(folder, "migrate", jobFile);

        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
        assertThat(refused.err()).contains("legacy users", "MySQL's VECTOR", "migration.mapping.<entity>.query");
        run(
                0,
                "migrate",
                jobFile + "  mapping: { users: { query: 'SELECT id, name, created_at FROM users', key: id } }");
    }

    @Test
    void itsOwnJsonArrivesAsItKeepsIt() throws SQLException {
        String source = createDatabase(folder);
        try (Connection connection = connect(source);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE users (id BIGINT PRIMARY KEY, name TEXT, created_at DATETIME)");
            statement.execute("INSERT INTO users VALUES (1, 'Ada', '2024-01-01 00:00:00')");
            statement.execute(
                    "CREATE TABLE threads (id BIGINT PRIMARY KEY, user_id BIGINT, metadata JSON, created_at DATETIME)");
            statement.execute("""
                    INSERT INTO threads VALUES (6, 1, '{"z": [1, 2.50, true, null], "a": {"é": "🧵"},
                        "n": 12345678901234567890.5}', '2024-01-01 00:00:00')""");
        }
        String target = Shapes.database();

        CommandRun run = CommandRun.onJobFile(folder, "migrate", readByRoot(source, target));

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(Shapes.ask(
                        target, "SELECT metadata - 'migrated' - 'oldId' - 'oldSystem' - 'migratedAt' FROM threads"))
                .isEqualTo("{\"a\": {\"é\": \"🧵\"}, \"n\": 12345678901234567000, \"z\": [1, 2.5, true, null]}");
    }
}
