package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.LogicalRecords;
import dev.threadsmigration.support.MariaDbServer;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

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

    @Test
    void whatIsNoDateIsRejectedByName() throws SQLException {
        String source = createDatabase(folder);
        try (Connection connection = connect(source);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE users (id BIGINT PRIMARY KEY, name TEXT, created_at DATETIME)");
            statement.execute("""
                    INSERT INTO users VALUES (1, 'zero', '0000-00-00 00:00:00'), (2, 'no month', '2024-00-15 00:00:00'),
                        (3, 'first', '0001-01-01 00:00:00'), (4, 'last', '9999-12-31 23:59:59'), (5, 'none', NULL)""");
            statement.execute(
                    "CREATE TABLE threads (id BIGINT PRIMARY KEY, user_id BIGINT, metadata LONGTEXT, created_at TIMESTAMP NULL)");
            statement.execute("INSERT INTO threads VALUES (6, 3, CONCAT('{\"a\":\"', REPEAT('x', 16 << 20), '\"}'),"
                    + " '2038-01-19 03:14:07'), (7, 3, NULL, '0000-00-00 00:00:00')");
        }
        String target = Shapes.database();

        CommandRun run = CommandRun.onJobFile(folder, "migrate", readByRoot(source, target));

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(Shapes.ask(
                        target,
                        "SELECT string_agg(code || ' ' || coalesce(field, '-'), ', ' ORDER BY legacy_id)"
                                + " FROM threads_migration.rejected_record"))
                .isEqualTo("date_zero createdAt, date_zero createdAt, required_missing createdAt, date_zero createdAt");
        assertThat(Shapes.ask(target, "SELECT string_agg(created_at::text, ' ' ORDER BY created_at) FROM users"))
                .isEqualTo("0001-01-01 00:00:00 9999-12-31 23:59:59");
        // The server's zone is half an hour off, so that a TIMESTAMP that is read as a local time would show.
        assertThat(Shapes.ask(target, "SELECT created_at || ' ' || length(metadata ->> 'a') FROM threads"))
                .isEqualTo("2038-01-18 21:44:07 16777216");
    }

    @Test
    void anInstantAndALocalDateGoBackAsTheyWereInAnyZone() throws SQLException {
        String source = createDatabase(folder);
        String all = "SELECT CONCAT_WS(' ', id, UNIX_TIMESTAMP(created_at), updated_at) FROM threads ORDER BY id";
        try (Connection connection = connect(source);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE users (id BIGINT PRIMARY KEY, name TEXT, created_at DATETIME)");
            statement.execute("INSERT INTO users VALUES (1, 'Ada', '2024-01-01 00:00:00')");
            statement.execute("CREATE TABLE threads (id BIGINT PRIMARY KEY, title TEXT, user_id BIGINT,"
                    + " created_at TIMESTAMP(3) NULL, updated_at DATETIME(6))");
            statement.execute("INSERT INTO threads VALUES (6, 'a', 1, FROM_UNIXTIME(1711846799.25),"
                    + " '2024-07-01 12:30:00.000001'), (7, 'b', 1, FROM_UNIXTIME(1), '2024-01-01 00:00:00')");
        }
        String target = Shapes.database();
        String jobFile = readByRoot(source, target);
        String berlin = "--migration.source.time-zone=Europe/Berlin";

        CommandRun run = CommandRun.onJobFile(folder, "migrate", jobFile, berlin);

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.all()).doesNotContain("would not come back");
        assertThat(Shapes.ask(target, "SELECT created_at || ' ' || updated_at FROM threads WHERE title = 'a'"))
                .isEqualTo("2024-03-31 00:59:59.25 2024-07-01 10:30:00.000001");
        try (Connection connection = connect(source);
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM threads WHERE id = 6");
        }
        Shapes.execute(
                target,
                "UPDATE threads SET created_at = '2024-03-31 01:00:00', updated_at = '2024-12-01 00:00:00' WHERE title = 'b'");
        CommandRun back = CommandRun.onJobFile(folder, "rollback", jobFile, berlin, "--yes");

        assertThat(back.exitCode()).as(back.all()).isZero();
        try (Connection connection = connect(source);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(all)) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("6 1711846799.250 2024-07-01 12:30:00.000001");
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("7 1711846800.000 2024-12-01 01:00:00.000000");
        }
    }

    private static final String ADA = """
            CREATE TABLE users (id BIGINT PRIMARY KEY, name TEXT, created_at DATETIME);
            INSERT INTO users VALUES (1, 'Ada', '2024-01-01 00:00:00')""";

    /**
     * The zone of an instant and of a local time, characters, numbers and the rows that a slow condition finds would all be
     * others by what a URL may say; the last of it would be heeded after a session's variables.
     */
    @Test
    void aUrlWithParametersOfItsOwnChangesNoValue() throws SQLException {
        String source = createDatabase(folder);
        execute(
                source,
                ADA,
                "CREATE TABLE threads (id BIGINT PRIMARY KEY, title TEXT, user_id BIGINT, y YEAR, t TINYINT(1),"
                        + " created_at TIMESTAMP NULL, updated_at DATETIME)",
                "INSERT INTO threads VALUES (6, 'Grüße', 1, 1901, 5, FROM_UNIXTIME(1711846799), '2024-12-01 01:00:00')");
        String target = Shapes.database();
        String jobFile = readByRoot(
                with(
                        source,
                        "sessionVariables=wait_timeout=600,time_zone='-03:00',character_set_results=latin1&initSql=SET "
                                + statementLimit() + ",time_zone='-03:00'&TinyInt1isBit=true&yearIsDateType=true"
                                + "&preserveInstants=true&pureLocalDateTime=false&connectionTimeZone=America/New_York"
                                + "&forceConnectionTimeZoneToSession=true"),
                target);

        run(
                0,
                "migrate",
                jobFile
                        + "  mapping: { threads: { where: 'SLEEP(0.2) = 0', fields: { metadata: { columns: [y, t] } } } }");

        assertThat(Shapes.ask(target, """
                        SELECT concat_ws(' ', title, created_at, updated_at, metadata -> 'y', metadata -> 't') FROM threads""")).isEqualTo("Grüße 2024-03-31 00:59:59 2024-12-01 01:00:00 1901 5");
    }

    /** A variable by which the server gives up on a SELECT after 0.1 seconds. */
    String statementLimit() {
        return "max_statement_time=0.1";
    }

    private static String with(String url, String parameters) {
        return url + (url.indexOf('?') < 0 ? '?' : '&') + parameters;
    }

    @Test
    void numbersBytesAndZeroDatesInMetadataAreWhatLegacyHolds() throws SQLException {
        String source = createDatabase(folder);
        execute(
                source,
                ADA,
                "CREATE TABLE threads (id BIGINT PRIMARY KEY, title TEXT, user_id BIGINT, f FLOAT, b1 BIT(1), b8 BIT(8), b64 BIT(64),"
                        + " u BIGINT UNSIGNED, v VARBINARY(20), c BLOB, z DATETIME, created_at DATETIME)",
                "INSERT INTO threads VALUES (6, 'a', 1, 16777217, b'1', b'10000001', 0x8000000000000001, 18446744073709551615,"
                        + " 0x00ff, 0x01, '0000-00-00', '2024-01-01'), (7, 'b', 1, 3.14159274, b'0', b'0', 0, 0, '', NULL, '2024-02-29 23:59:59', '2024-01-01')");
        String target = Shapes.database();
        String jobFile = readByRoot(source, target) + inMetadata("f, b1, b8, b64, u, v, c, z");

        run(0, "migrate", jobFile);

        assertThat(Shapes.ask(target, """
                        SELECT string_agg(concat_ws(' ', metadata -> 'f', metadata -> 'b1', metadata -> 'b8', metadata -> 'b64',
                            metadata -> 'u', metadata -> 'v', metadata -> 'c', metadata -> 'z'), '; ' ORDER BY title) FROM threads"""))
                .isEqualTo(
                        "16777216 true 129 9223372036854775809 18446744073709551615 \"AP8=\" \"AQ==\" \"0000-00-00 00:00:00\";"
                                + " 3.1415927 false 0 0 0 \"\" \"2024-02-29T23:59:59\"");
        String all =
                "SELECT GROUP_CONCAT(CONCAT_WS(' ', f + 0e0, b1 + 0, b8 + 0, b64 + 0, u, HEX(v), HEX(c), z) ORDER BY id) FROM threads";
        String before = ask(source, all);
        execute(source, "DELETE FROM threads");
        run(0, "rollback", jobFile, "--yes");
        assertThat(ask(source, all)).isEqualTo(before);
    }

    private static String inMetadata(String columns) {
        return "  mapping: { threads: { fields: { metadata: { columns: [" + columns + "] } } } }";
    }

    /** Legacy would set the date of the change itself, computes one column, and refuses a word that it does not know. */
    @Test
    void changesGoBackWhateverLegacyDoesByItself() throws SQLException {
        String source = createDatabase(folder);
        execute(
                source,
                ADA,
                "CREATE TABLE threads (id BIGINT PRIMARY KEY, title VARCHAR(50), user_id BIGINT, kind ENUM('a', 'b'),"
                        + " seen TIMESTAMP(3) NULL, letters INT AS (CHAR_LENGTH(title)) STORED, created_at DATETIME,"
                        + " updated_at TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP)",
                "INSERT INTO threads (id, title, user_id, kind, seen, created_at, updated_at) VALUES"
                        + " (6, 'deleted', 1, 'a', FROM_UNIXTIME(1711846799.05), '2024-01-01', FROM_UNIXTIME(1711846800)),"
                        + " (7, 'changed', 1, 'a', NULL, '2024-01-01', FROM_UNIXTIME(1711846800)),"
                        + " (8, 'refused', 1, 'a', NULL, '2024-01-01', FROM_UNIXTIME(1711846800))");
        String target = Shapes.database();
        String jobFile = readByRoot(with(source, "sessionVariables=sql_mode='STRICT_ALL_TABLES'"), target)
                + inMetadata("kind, seen, letters");
        run(0, "migrate", jobFile);
        execute(source, "DELETE FROM threads WHERE id = 6");
        Shapes.execute(target, """
                UPDATE threads SET title = 'renamed', metadata = metadata || '{"letters": 7}' WHERE title = 'changed';
                UPDATE threads SET metadata = metadata || '{"kind": "c"}' WHERE title = 'refused'""");

        run(0, "rollback", jobFile, "--yes");

        assertThat(ask(
                        source,
                        "SELECT GROUP_CONCAT(CONCAT_WS(' ', title, kind, UNIX_TIMESTAMP(seen), letters, UNIX_TIMESTAMP(updated_at))"
                                + " ORDER BY id) FROM threads"))
                .isEqualTo("deleted a 1711846799.050 7 1711846800,renamed a 7 1711846800,refused a 7 1711846800");
        assertThat(Shapes.ask(target, "SELECT string_agg(title, ' ') FROM threads"))
                .isEqualTo("refused");
    }

    static String readByRoot(String source, String target) {
        return Shapes.jobFile("raw-sql", source, target, "")
                .replaceFirst("username: postgres, password: postgres", "username: root, password: ''");
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
