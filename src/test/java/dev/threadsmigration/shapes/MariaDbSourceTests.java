package dev.threadsmigration.shapes;

import dev.threadsmigration.support.LogicalRecords;
import dev.threadsmigration.support.MariaDbServer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** MariaDB: unsigned keys, JSON that is a LONGTEXT, datetimes without a zone, tinyint(1), enum, binary(16). */
class MariaDbSourceTests extends LegacySourceContract {

    @Override
    String createDatabase(Path folder) {
        return MariaDbServer.shared().createDatabase();
    }

    @Override
    Connection connect(String url) throws SQLException {
        return MariaDbServer.shared().connect(url);
    }

    @Override
    String username() {
        return MariaDbServer.shared().username();
    }

    @Override
    String password() {
        return MariaDbServer.shared().password();
    }

    @Override
    List<String> tables() {
        return List.of("""
                CREATE TABLE users (
                    id BIGINT UNSIGNED PRIMARY KEY,
                    name VARCHAR(255) NOT NULL,
                    created_at DATETIME(6) NOT NULL)""", """
                CREATE TABLE threads (
                    id BIGINT UNSIGNED PRIMARY KEY,
                    title VARCHAR(255),
                    user_id BIGINT UNSIGNED NOT NULL,
                    organization_id CHAR(36),
                    tenant_id VARCHAR(255) CHARACTER SET latin1,
                    metadata JSON,
                    created_at DATETIME(6) NOT NULL,
                    updated_at DATETIME(3))""", """
                CREATE TABLE feedback (
                    id BINARY(16) PRIMARY KEY,
                    thread_id BIGINT UNSIGNED NOT NULL,
                    user_id BIGINT UNSIGNED NOT NULL,
                    type ENUM('thumb_up', 'thumb_down', 'comment') NOT NULL,
                    comment TEXT,
                    helpful TINYINT(1),
                    rating TINYINT UNSIGNED,
                    created_at DATETIME(6) NOT NULL)""");
    }

    @Override
    Object[] row(Object logical) {
        if (logical instanceof LogicalRecords.User user) {
            return new Object[] {user.id(), user.name(), utc(user.createdAt())};
        }
        if (logical instanceof LogicalRecords.Thread thread) {
            return new @Nullable Object[] {
                thread.id(),
                thread.title(),
                thread.userId(),
                thread.organizationId(),
                thread.tenantId(),
                thread.metadata(),
                utc(thread.createdAt()),
                thread.updatedAt() == null ? null : utc(thread.updatedAt())
            };
        }
        LogicalRecords.Feedback feedback = (LogicalRecords.Feedback) logical;
        return new @Nullable Object[] {
            bytes(feedback.id()),
            feedback.threadId(),
            feedback.userId(),
            feedback.type(),
            feedback.comment(),
            feedback.helpful(),
            feedback.rating(),
            utc(feedback.createdAt())
        };
    }

    private static String utc(Instant instant) {
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).toString().replace('T', ' ');
    }

    private static byte[] bytes(UUID id) {
        return ByteBuffer.allocate(16)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
