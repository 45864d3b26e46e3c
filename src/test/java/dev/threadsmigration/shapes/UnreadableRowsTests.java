package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that the legacy database, or its driver, fails to give: each is a reject of its own, and the others arrive. */
class UnreadableRowsTests {

    private static final String USERS = """
            CREATE TABLE users (id integer PRIMARY KEY, name text, created_at timestamptz DEFAULT '2020-01-01');
            INSERT INTO users VALUES (1, 'Ada')""";

    private static final String SMALL = """
              entities: [users, threads]
              chunk-size: 4
            """;

    @TempDir
    Path folder;

    private final String target = Shapes.database();

    private CommandRun run(String command, String jobFile, String... options) {
        CommandRun run = CommandRun.onJobFile(folder, command, jobFile, options);
        assertThat(run.exitCode()).as(run.all()).isZero();
        return run;
    }

    private String rejects() throws SQLException {
        return Shapes.ask(target, """
                SELECT string_agg(concat_ws(' ', entity, legacy_id, occurrence, code, message), E'\\n'
                                  ORDER BY entity, legacy_id, occurrence)
                FROM threads_migration.rejected_record""");
    }

    private String moved() throws SQLException {
        return Shapes.ask(target, "SELECT string_agg(metadata ->> 'oldId', ' ' ORDER BY title) FROM threads");
    }

    /** A database of SQL_ASCII takes all bytes, and does not give those away that are no text of the client's encoding. */
    @Test
    void bytesThatAreNoTextAreRejectsUntilTheyAreMended() throws SQLException {
        String source = PostgresServer.shared().createDatabase(" TEMPLATE template0 LOCALE 'C' ENCODING 'SQL_ASCII'");
        Shapes.execute(source, USERS, """
                INSERT INTO users VALUES (2, convert_from('\\x4dfc', 'SQL_ASCII'));
                CREATE TABLE threads (id integer, title text, user_id integer, tenant_id text,
                    created_at timestamptz DEFAULT '2020-01-01');
                INSERT INTO threads SELECT n, 'T' || 100 + n, 1 FROM generate_series(1, 12) n;
                INSERT INTO threads VALUES (9, convert_from('\\xe9', 'SQL_ASCII'), 1);
                UPDATE threads SET title = convert_from('\\xe9', 'SQL_ASCII') WHERE id IN (3, 4, 11);
                UPDATE threads SET tenant_id = convert_from('\\xc3', 'SQL_ASCII') WHERE id = 4;
                UPDATE threads SET user_id = 2 WHERE id = 7""");
        String jobFile = Shapes.jobFile("raw-sql", source, target, SMALL);

        run("migrate", jobFile);

        assertThat(rejects()).isEqualTo("""
                threads 11 1 unreadable title cannot be read: ERROR: invalid byte sequence for encoding "UTF8": 0xe9
                threads 3 1 unreadable title cannot be read: ERROR: invalid byte sequence for encoding "UTF8": 0xe9
                threads 4 1 unreadable title cannot be read: ERROR: invalid byte sequence for encoding "UTF8": 0xe9
                threads 7 1 user_rejected the user 53304bb0-d4f0-5ddc-939f-d0fd6348f37d was rejected itself: it is legacy's 2
                threads 9 1 unreadable the row cannot be read: ERROR: invalid byte sequence for encoding "UTF8": 0xe9
                threads 9 2 unreadable the row cannot be read: ERROR: invalid byte sequence for encoding "UTF8": 0xe9
                users 2 1 unreadable name cannot be read: ERROR: invalid byte sequence for encoding "UTF8": 0xfc""");
        assertThat(moved()).isEqualTo("1 2 5 6 8 10 12");
        assertThat(Shapes.ask(target, "SELECT record FROM threads_migration.rejected_record WHERE legacy_id = '4'"))
                .isEqualTo("""
                        {"id":4,"title":null,"user_id":1,"tenant_id":null,"created_at":"2020-01-01T00:00Z"}""");
        run("validate", jobFile);
        run("validate", jobFile, "--sample", "100");
        run("preflight", jobFile);

        Shapes.execute(source, """
                INSERT INTO threads VALUES (13, convert_from('\\xe9', 'SQL_ASCII'), 1), (14, 'T114', 1);
                UPDATE threads SET title = 'T103' WHERE id = 3""");
        run("migrate", jobFile);
        run("retry", jobFile);
        assertThat(moved()).isEqualTo("1 2 3 5 6 8 10 12 14");
        assertThat(rejects().lines()).hasSize(7);

        Shapes.execute(source, "DELETE FROM threads WHERE id = 9 AND title <> 'T109'");
        String query = """
                  mapping:
                    users: { query: "SELECT id, %s AS name, created_at FROM users" }
                    threads: { query: "SELECT id, %s AS title, user_id, created_at FROM threads" }
                """.formatted(latin("name"), latin("title"));
        run("retry", Shapes.jobFile("raw-sql", source, target, SMALL + query));
        assertThat(rejects()).isEqualTo("null");
        assertThat(Shapes.ask(target, "SELECT name FROM users WHERE name LIKE 'M%'"))
                .isEqualTo("Mü");
    }

    private static String latin(String column) {
        return "convert_from(convert(convert_to(%s, 'SQL_ASCII'), 'LATIN1', 'UTF8'), 'SQL_ASCII')".formatted(column);
    }

    @Test
    void rowsForWhichAQueryHasNoValueAreRejects() throws SQLException {
        String source = Shapes.database();
        Shapes.execute(source, USERS, """
                CREATE TABLE threads (id integer, title text, user_id text, created_at timestamptz DEFAULT '2020-01-01');
                INSERT INTO threads SELECT n, 'T' || 100 + n, CASE WHEN n IN (2, 5) THEN 'Ada' ELSE '1' END
                FROM generate_series(1, 9) n;
                """);
        String jobFile = Shapes.jobFile("raw-sql", source, target, SMALL + """
                  mapping:
                    threads:
                      query: SELECT id, title, CAST(user_id AS integer) AS user_id, created_at FROM threads
                """);

        run("migrate", jobFile);

        String why = "ERROR: invalid input syntax for type integer: ";
        assertThat(rejects()).isEqualTo("""
                threads 2 1 unreadable user_id cannot be read: %1$s"Ada"
                threads 5 1 unreadable user_id cannot be read: %1$s"Ada\"""".formatted(why));
        assertThat(moved()).isEqualTo("1 3 4 6 7 8 9");
    }

    /** More rows than a statement of PostgreSQL may have parameters. */
    @Test
    void oneOfVeryManyRowsIsFoundByItsKey() throws SQLException {
        String source = Shapes.database();
        Shapes.execute(source, """
                CREATE TABLE users (id integer PRIMARY KEY, name text, created_at timestamptz DEFAULT '2020-01-01');
                INSERT INTO users SELECT n, CASE WHEN n = 69999 THEN '0' ELSE '1' END FROM generate_series(1, 70000) n""");
        String jobFile = Shapes.jobFile("raw-sql", source, target, """
                  entities: [users]
                  chunk-size: 100000
                  retry-for: 1s
                  validation: { enabled: false }
                  mapping:
                    users:
                      query: SELECT id, (1 / CAST(name AS integer))::text AS name, created_at FROM users
                """);

        run("migrate", jobFile);

        assertThat(rejects()).isEqualTo("users 69999 1 unreadable name cannot be read: ERROR: division by zero");
        assertThat(Shapes.ask(target, "SELECT count(*) FROM users")).isEqualTo("69999");
    }

    @Test
    void keysThatCannotBeReadEndTheRunAndAreNamed() throws SQLException {
        String source = PostgresServer.shared().createDatabase(" TEMPLATE template0 LOCALE 'C' ENCODING 'SQL_ASCII'");
        Shapes.execute(source, USERS, """
                CREATE TABLE threads (id text PRIMARY KEY, title text, user_id integer,
                    created_at timestamptz DEFAULT '2020-01-01');
                INSERT INTO threads VALUES ('a', 'A', 1), (convert_from('\\x62e9', 'SQL_ASCII'), 'B', 1), ('c', 'C', 1)""");
        String jobFile = Shapes.jobFile("raw-sql", source, target, SMALL);

        CommandRun stopped = CommandRun.onJobFile(folder, "migrate", jobFile);

        assertThat(stopped.exitCode()).as(stopped.all()).isEqualTo(1);
        assertThat(stopped.all()).contains("not even the keys of \"public\".\"threads\" can be read", "0xe9");
    }

    /** H2 gives a number that is none away, and its driver makes no number of it. */
    @Test
    void aValueThatTheDriverCannotConvertIsAReject() throws SQLException {
        String source = "jdbc:h2:mem:unreadable;DB_CLOSE_DELAY=-1";
        try (Connection connection = DriverManager.getConnection(source, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    CREATE TABLE users (id integer PRIMARY KEY, name varchar, created_at timestamp DEFAULT DATE '2020-01-01');
                    INSERT INTO users (id, name) VALUES (1, 'Ada');
                    CREATE TABLE threads (id integer PRIMARY KEY, title varchar, user_id integer, odd decfloat,
                        created_at timestamp DEFAULT DATE '2020-01-01');
                    INSERT INTO threads (id, title, user_id, odd)
                    VALUES (1, 'T1', 1, 1.5), (2, 'T2', 1, CAST('NaN' AS decfloat)), (3, 'T3', 1, NULL)""");
        }
        String jobFile = Shapes.jobFile("raw-sql", source, target, SMALL + """
                  mapping: { threads: { fields: { metadata: { columns: [odd] } } } }
                """)
                .replace("username: postgres, password: postgres }\n  target", "username: sa }\n  target");

        run("migrate", jobFile);

        assertThat(rejects()).startsWith("threads 2 1 unreadable ODD cannot be read: ");
        assertThat(moved()).isEqualTo("1 3");
    }
}
