package dev.threadsmigration.shapes;

import dev.threadsmigration.support.LogicalRecords;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** H2: UUID, JSON as a text, dates without a zone. */
class H2SourceTests extends LegacySourceContract {

    @Override
    String createDatabase(Path folder) {
        return "jdbc:h2:file:" + folder.resolve("legacy") + ";DB_CLOSE_DELAY=0";
    }

    @Override
    Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, "sa", "");
    }

    @Override
    String username() {
        return "sa";
    }

    @Override
    String password() {
        return "";
    }

    @Override
    List<String> tables() {
        return List.of("""
                CREATE TABLE users (id serial PRIMARY KEY, name varchar_ignorecase NOT NULL, created_at timestamp(3) with time zone NOT NULL)""", """
                CREATE TABLE threads (
                    id bigserial PRIMARY KEY,
                    title varchar,
                    user_id integer NOT NULL,
                    organization_id text,
                    tenant_id varchar(255),
                    metadata clob,
                    created_at timestamp(3) NOT NULL,
                    updated_at timestamp(3))""", """
                CREATE TABLE feedback (
                    id uuid PRIMARY KEY,
                    thread_id bigint NOT NULL,
                    user_id integer NOT NULL,
                    type varchar(50) NOT NULL,
                    comment text,
                    helpful boolean,
                    rating smallint,
                    created_at timestamp(3) NOT NULL)""");
    }

    @Override
    Object[] row(Object logical) {
        if (logical instanceof LogicalRecords.User user) {
            return new Object[] {user.id(), user.name(), user.createdAt().atOffset(ZoneOffset.UTC)};
        }
        if (logical instanceof LogicalRecords.Thread thread) {
            return new @Nullable Object[] {
                thread.id(),
                thread.title(),
                thread.userId(),
                thread.organizationId(),
                thread.tenantId(),
                thread.metadata(),
                LocalDateTime.ofInstant(thread.createdAt(), ZoneOffset.UTC),
                thread.updatedAt() == null ? null : LocalDateTime.ofInstant(thread.updatedAt(), ZoneOffset.UTC)
            };
        }
        LogicalRecords.Feedback feedback = (LogicalRecords.Feedback) logical;
        return new @Nullable Object[] {
            feedback.id(),
            feedback.threadId(),
            feedback.userId(),
            feedback.type(),
            feedback.comment(),
            feedback.helpful(),
            feedback.rating(),
            LocalDateTime.ofInstant(feedback.createdAt(), ZoneOffset.UTC)
        };
    }
}
