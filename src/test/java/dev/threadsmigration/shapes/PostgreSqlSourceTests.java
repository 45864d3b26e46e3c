package dev.threadsmigration.shapes;

import dev.threadsmigration.support.LogicalRecords;
import dev.threadsmigration.support.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PostgreSQL: serial keys, jsonb, dates with and without a zone, an enum, citext, native UUIDs. */
class PostgreSqlSourceTests extends LegacySourceContract {

    @Override
    String createDatabase(Path folder) {
        return PostgresServer.shared().createDatabase();
    }

    @Override
    Connection connect(String url) throws SQLException {
        // Texts become the columns' own types (enum, jsonb), as in the text form of a dump.
        return PostgresServer.shared().connect(url + "?stringtype=unspecified");
    }

    @Override
    String username() {
        return PostgresServer.shared().username();
    }

    @Override
    String password() {
        return PostgresServer.shared().password();
    }

    @Override
    List<String> tables() {
        return List.of(
                "CREATE EXTENSION citext",
                "CREATE TYPE feedback_type AS ENUM ('thumb_up', 'thumb_down', 'comment')",
                """
                CREATE TABLE users (id serial PRIMARY KEY, name citext NOT NULL, created_at timestamptz NOT NULL)""",
                """
                CREATE TABLE threads (
                    id bigserial PRIMARY KEY,
                    title text,
                    user_id integer NOT NULL,
                    organization_id text,
                    tenant_id varchar(255),
                    metadata jsonb,
                    created_at timestamp(3) NOT NULL,
                    updated_at timestamp)""",
                """
                CREATE TABLE feedback (
                    id uuid PRIMARY KEY,
                    thread_id bigint NOT NULL,
                    user_id integer NOT NULL,
                    type feedback_type NOT NULL,
                    comment text,
                    helpful boolean,
                    rating smallint,
                    created_at timestamp NOT NULL)""");
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
