package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.LogicalRecords;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void instantsBytesAndComputedColumnsInMetadataGoThereAndBack() throws SQLException {
        String source = createDatabase(folder);
        execute(
                source,
                "CREATE TABLE users (id bigint PRIMARY KEY, name varchar(50), created_at timestamp)",
                "INSERT INTO users VALUES (1, 'Ada', '2020-01-01')",
                "CREATE TABLE threads (id bigint PRIMARY KEY, title varchar(50), user_id bigint, seen timestamp with time zone,"
                        + " mark varbinary(20), file blob, shout varchar(50) AS UPPER(title), created_at timestamp)",
                "INSERT INTO threads (id, title, user_id, seen, mark, file, created_at) VALUES"
                        + " (7, 'a', 1, '2020-01-01 00:00:00.5+09:00', X'00ff', X'0102', '2020-01-01'),"
                        + " (8, 'b', 1, '2020-01-01 00:00:00+09:00', X'', NULL, '2020-01-01')");
        String target = Shapes.database();
        String jobFile = Shapes.jobFile("raw-sql", source, target, """
                  mapping: { threads: { fields: { metadata: { columns: [seen, mark, file, shout] } } } }
                """)
                .replaceFirst("username: postgres, password: postgres", "username: sa, password: ''");

        run(0, "migrate", jobFile);

        assertThat(Shapes.ask(
                        target,
                        "SELECT string_agg(concat_ws(' ', metadata ->> 'SEEN', metadata ->> 'MARK', metadata ->> 'FILE', metadata ->> 'SHOUT'), ', '"
                                + " ORDER BY title) FROM threads"))
                .isEqualTo("2019-12-31T15:00:00.500Z AP8= AQI= A, 2019-12-31T15:00:00Z  B");
        execute(source, "DELETE FROM threads WHERE id = 7");
        Shapes.execute(
                target,
                "UPDATE threads SET title = 'c', metadata = metadata || '{\"SHOUT\": \"C\"}' WHERE title = 'b'");
        run(0, "rollback", jobFile, "--yes");
        assertThat(ask(
                        source,
                        "SELECT LISTAGG(CONCAT_WS(' ', title, EXTRACT(EPOCH FROM seen), RAWTOHEX(mark), RAWTOHEX(file), shout), ', ')"
                                + " WITHIN GROUP (ORDER BY id) FROM threads"))
                .isEqualTo("a 1577804400.5 00ff 0102 A, c 1577804400  C");
    }

    /** Oracle knows no LIMIT; a session's zone would be a second one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "MODE=Oracle",
                "MODE=MSSQLServer",
                "MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                "TIME ZONE=Asia/Tokyo"
            })
    void whateverServerItImitates(String option) throws SQLException {
        String source = createDatabase(folder) + ";" + option;
        execute(
                source,
                "CREATE TABLE users (id varchar(10) PRIMARY KEY, name varchar(50), created_at timestamp with time zone)");
        for (int n = 1; n <= 9; n++) {
            execute(
                    source,
                    "INSERT INTO users VALUES ('%1$d', 'User %1$d', '2020-01-0%1$d 00:00:00+09:00')".formatted(n));
        }
        String target = Shapes.database();
        String jobFile = Shapes.jobFile("raw-sql", source, target, "  chunk-size: 2\n")
                .replaceFirst("username: postgres, password: postgres", "username: sa, password: ''");

        run(0, "migrate", jobFile, "--migration.partitions=2");

        assertThat(Shapes.ask(target, "SELECT count(DISTINCT name) || ' ' || max(created_at) FROM users"))
                .isEqualTo("9 2020-01-08 15:00:00");
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
