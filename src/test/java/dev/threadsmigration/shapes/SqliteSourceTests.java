package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.LogicalRecords;
import dev.threadsmigration.support.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** SQLite: everything is a number or a text; dates are milliseconds or ISO texts, booleans 0 and 1. */
class SqliteSourceTests extends LegacySourceContract {

    @Override
    String createDatabase(Path folder) {
        return "jdbc:sqlite:" + folder.resolve("legacy.db");
    }

    @Override
    Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url);
    }

    @Override
    String username() {
        return "";
    }

    @Override
    String password() {
        return "";
    }

    @Override
    String mapping() {
        return """
                  mapping:
                    threads:
                      fields:
                        createdAt: { type: epoch-millis }
                        updatedAt: { type: epoch-millis }
                """;
    }

    @Override
    List<String> tables() {
        return List.of(
                "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL, created_at DATETIME NOT NULL)",
                """
                CREATE TABLE threads (
                    id INTEGER PRIMARY KEY,
                    title TEXT,
                    user_id INTEGER NOT NULL,
                    organization_id TEXT,
                    tenant_id VARCHAR(255),
                    metadata JSON,
                    created_at INTEGER NOT NULL,
                    updated_at INTEGER)""",
                """
                CREATE TABLE feedback (
                    id UUID PRIMARY KEY,
                    thread_id INTEGER NOT NULL,
                    user_id INTEGER NOT NULL,
                    type TEXT NOT NULL,
                    comment TEXT,
                    helpful BOOLEAN,
                    rating INTEGER,
                    created_at TEXT NOT NULL)""");
    }

    /** Their type is that of each value: a number that came back as a text would be another value. */
    @Test
    void valuesOfColumnsWithoutATypeGoBackAsWhatTheyWere() throws SQLException {
        String source = createDatabase(folder);
        String target = PostgresServer.shared().createDatabase();
        execute(
                source,
                "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, created_at TEXT)",
                "INSERT INTO users VALUES (1, 'Ada', '2020-01-02 03:04:05')",
                "CREATE TABLE threads (id INTEGER PRIMARY KEY, title, user_id INTEGER, open, votes, word, bytes BLOB,"
                        + " created_at)",
                "INSERT INTO threads VALUES (1, 'First', 1, 1, 5, '7', x'00FF', '2020-01-02T03:04:05Z'),"
                        + " (2, 'Second', 1, 1, 5, '7', 'no bytes', '2020-01-02T03:04:05Z')",
                "CREATE TABLE feedback (id INTEGER PRIMARY KEY, thread_id INTEGER, user_id INTEGER, type, helpful, rating,"
                        + " created_at)",
                "INSERT INTO feedback VALUES (1, 2, 1, 'rating', 1, 4, '2020-01-02T03:04:05Z')");
        String jobFile = """
                migration:
                  name: untyped
                  preset: raw-sql
                  source: { url: "%s" }
                  target: { url: "%s", username: postgres, password: postgres, create-tables: true }
                  mapping:
                    threads:
                      fields:
                        metadata: { columns: [open, votes, word, bytes], types: { open: boolean } }
                """.formatted(source, target);
        CommandRun migrated = CommandRun.onJobFile(folder, "migrate", jobFile);
        assertThat(migrated.exitCode()).as(migrated.all()).isZero();
        execute(source, "DELETE FROM threads WHERE id = 1", "DELETE FROM feedback");
        Shapes.execute(
                target,
                "UPDATE threads SET metadata = metadata || '{\"open\": false, \"votes\": 6}' WHERE title = 'Second'");

        CommandRun rolledBack = CommandRun.onJobFile(folder, "rollback", jobFile, "--yes");

        assertThat(rolledBack.exitCode()).as(rolledBack.all()).isZero();
        try (Connection legacy = connect(source);
                Statement statement = legacy.createStatement();
                ResultSet result = statement.executeQuery("""
                        SELECT group_concat(line, '; ') FROM (
                            SELECT quote(title) || ' ' || quote(open) || ' ' || quote(votes) || ' ' || quote(word)
                                || ' ' || quote(bytes) AS line
                            FROM (SELECT * FROM threads ORDER BY id)
                            UNION ALL SELECT quote(type) || ' ' || quote(helpful) || ' ' || quote(rating) FROM feedback)""")) {
            assertThat(result.getString(1))
                    .isEqualTo("'First' 1 5 '7' X'00FF'; 'Second' 0 6 '7' 'no bytes'; 'rating' 1 4");
        }
    }

    @Test
    void whatLegacyRefusesStaysInTheTargetAndWhatItComputesIsNotWritten() throws SQLException {
        String source = createDatabase(folder);
        String target = PostgresServer.shared().createDatabase();
        execute(
                source,
                "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT CHECK (name <> 'Eve'), created_at TEXT)",
                "INSERT INTO users VALUES (1, 'Ada', '2020-01-02T03:04:05Z'), (2, 'Bob', '2020-01-02T03:04:05Z')",
                "CREATE TABLE threads (id INTEGER PRIMARY KEY, title TEXT, user_id INTEGER, created_at TEXT,"
                        + " shout TEXT GENERATED ALWAYS AS (upper(title)) VIRTUAL)",
                "INSERT INTO threads VALUES (1, 'a', 1, '2020-01-02T03:04:05Z'), (2, 'b', 1, '2020-01-02T03:04:05Z')");
        String jobFile = Shapes.jobFile("raw-sql", source, target, """
                  mapping: { threads: { fields: { metadata: { columns: [shout] } } } }
                """)
                .replaceFirst(", username: postgres, password: postgres", "");
        run(0, "migrate", jobFile);
        execute(source, "DELETE FROM threads WHERE id = 1");
        Shapes.execute(target, "UPDATE users SET name = 'Eve' WHERE name = 'Bob'");

        run(0, "rollback", jobFile, "--yes");

        assertThat(ask(source, "SELECT group_concat(title || shout, ' ') FROM (SELECT * FROM threads ORDER BY id)"))
                .isEqualTo("aA bB");
        assertThat(ask(source, "SELECT group_concat(name, ' ') FROM (SELECT * FROM users ORDER BY id)"))
                .isEqualTo("Ada Bob");
        assertThat(Shapes.ask(target, "SELECT string_agg(name, ' ') FROM users"))
                .isEqualTo("Eve");
    }

    /** A text would be another value, which no query for the number finds. */
    @Test
    void keysAndReferencesWithoutATypeGoBackAsNumbers() throws SQLException {
        String source = createDatabase(folder);
        String target = PostgresServer.shared().createDatabase();
        execute(
                source,
                "CREATE TABLE users (id, name TEXT, created_at TEXT)",
                "INSERT INTO users VALUES (10, 'Ada', '2020-01-02'), ('x', 'Bob', '2020-01-02'), ('007', 'James', '2020-01-02')",
                "CREATE TABLE threads (id, title TEXT, user_id, created_at TEXT)",
                "INSERT INTO threads VALUES (-3, 'a', 10, '2020-01-02'), (0, 'b', 'x', '2020-01-02')");
        String jobFile = Shapes.jobFile("raw-sql", source, target, "")
                .replaceFirst(", username: postgres, password: postgres", "");
        run(0, "migrate", jobFile);
        execute(source, "DELETE FROM threads", "DELETE FROM users");

        run(0, "rollback", jobFile, "--yes");

        assertThat(ask(source, """
                        SELECT group_concat(line, '; ') FROM (SELECT * FROM (
                            SELECT quote(id) AS line FROM users ORDER BY name)
                            UNION ALL SELECT quote(id) || ' ' || quote(user_id) FROM threads)""")).isEqualTo("10; 'x'; '007'; -3 10; 0 'x'");
    }

    /** Its dates are texts, which come back in another spelling, as preflight says. */
    @Override
    String restored(String text) {
        return Pattern.compile("(\\d+-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:[\\d.]+)")
                .matcher(text)
                .replaceAll("$1T$2Z");
    }

    @Override
    Object[] row(Object logical) {
        if (logical instanceof LogicalRecords.User user) {
            return new Object[] {user.id(), user.name(), user.createdAt().toString()};
        }
        if (logical instanceof LogicalRecords.Thread thread) {
            return new @Nullable Object[] {
                thread.id(),
                thread.title(),
                thread.userId(),
                thread.organizationId(),
                thread.tenantId(),
                thread.metadata(),
                thread.createdAt().toEpochMilli(),
                millis(thread.updatedAt())
            };
        }
        LogicalRecords.Feedback feedback = (LogicalRecords.Feedback) logical;
        return new @Nullable Object[] {
            feedback.id().toString(),
            feedback.threadId(),
            feedback.userId(),
            feedback.type(),
            feedback.comment(),
            feedback.helpful() == null ? null : feedback.helpful() ? 1 : 0,
            feedback.rating(),
            feedback.createdAt().toString().replace('T', ' ').replace("Z", "")
        };
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }
}
