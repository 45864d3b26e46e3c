package dev.threadsmigration.shapes;

import dev.threadsmigration.support.LogicalRecords;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
