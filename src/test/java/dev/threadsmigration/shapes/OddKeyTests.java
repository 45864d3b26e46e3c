package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.MariaDbServer;
import dev.threadsmigration.support.PostgresServer;
import dev.threadsmigration.support.TargetRows;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keys whose order or equality is not that of their characters, and keys that nobody expects: each row is read once, in
 * pages of three and two key ranges, and validation finds it again, or it is said why not.
 */
class OddKeyTests {

    private static final String ADA = """
            CREATE TABLE users (id integer PRIMARY KEY, name varchar(50), created_at timestamp);
            INSERT INTO users VALUES (1, 'Ada', '2020-01-01')""";

    @TempDir
    Path folder;

    private String target;

    @BeforeEach
    void emptyTarget() {
        target = Shapes.database();
    }

    private String jobFile(String source, String username, String password, String more) {
        return """
                migration:
                  name: odd-keys
                  preset: raw-sql
                  id-namespace: %s
                  chunk-size: 3
                  partitions: 2
                  source: { url: "%s", username: "%s", password: "%s" }
                  target: { url: "%s", username: postgres, password: postgres, create-tables: true }
                %s""".formatted(TargetRows.NAMESPACE, source, username, password, target, more);
    }

    private JsonNode migrate(String jobFile) throws Exception {
        CommandRun run = CommandRun.onJobFile(folder, "migrate", jobFile, "--report=" + folder.resolve("report.json"));
        assertThat(run.exitCode()).as(run.all()).isZero();
        return JsonMapper.shared().readTree(Files.readString(folder.resolve("report.json")));
    }

    private void run(String jobFile, String command, String... options) {
        CommandRun run = CommandRun.onJobFile(folder, command, jobFile, options);
        assertThat(run.exitCode()).as(run.all()).isZero();
    }

    @Test
    void decimalsThatAreNoNumbersAndColumnsThatDifferInCaseAreKept() throws Exception {
        String source = Shapes.database();
        Shapes.execute(
                source,
                "CREATE TABLE users (id bigint PRIMARY KEY, name text, created_at timestamptz)",
                "INSERT INTO users VALUES (1, 'Ada', now())",
                "CREATE TABLE threads (id bigint PRIMARY KEY, \"Title\" text, title text, user_id bigint, price numeric,"
                        + " created_at timestamptz)",
                "INSERT INTO threads VALUES (1, 'Upper', 'lower', 1, 'NaN', now()), (2, 'Upper', 'lower', 1, 1.50, now())");

        migrate(jobFile(source, "postgres", "postgres", """
                  mapping:
                    threads: { fields: { title: { column: Title }, metadata: { columns: [title, price] } } }
                """));

        assertThat(Shapes.ask(
                        target,
                        "SELECT string_agg(concat_ws('|', title, metadata ->> 'title', metadata ->> 'price'), ' ' ORDER BY metadata ->> 'oldId')"
                                + " FROM threads"))
                .isEqualTo("Upper|lower|NaN Upper|lower|1.50");
    }

    private static void insert(Connection connection, String sql, List<String> keys) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (String key : keys) {
                insert.setString(1, key);
                insert.setString(2, key);
                insert.executeUpdate();
            }
        }
    }

    private List<String> targetIds(String table) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Connection connection = PostgresServer.shared().connect(target);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT id FROM " + table)) {
            while (result.next()) {
                ids.add(result.getString(1));
            }
        }
        return ids;
    }

    private static List<String> newIds(String kind, List<String> keys) {
        return keys.stream().map(key -> TargetRows.newId(kind, key).toString()).toList();
    }

    private static void assertOutcome(JsonNode report, String entity, int migrated, int rejected) {
        JsonNode counts = report.path("entities").path(entity);
        assertThat(List.of(
                        counts.path("total").intValue(),
                        counts.path("migrated").intValue(),
                        counts.path("rejected").intValue(),
                        counts.path("remaining").intValue()))
                .as(entity + " " + report)
                .containsExactly(migrated + rejected, migrated, rejected, 0);
    }

    private String onPostgres(String type, List<String> keys) throws SQLException {
        String source = Shapes.database();
        if (type.equals("citext")) {
            Shapes.execute(source, "CREATE EXTENSION citext");
        }
        if (type.equals("word")) {
            Shapes.execute(source, "CREATE TYPE word AS ENUM " + LIST);
        }
        Shapes.execute(source, """
                CREATE TABLE users (id %1$s PRIMARY KEY, name text NOT NULL, created_at timestamptz DEFAULT now());
                CREATE TABLE threads (id %1$s PRIMARY KEY, user_id %1$s REFERENCES users (id), title text,
                    created_at timestamptz DEFAULT now())""".formatted(type));
        try (Connection connection = PostgresServer.shared().connect(source)) {
            String cast = "CAST(? AS " + type + ")";
            insert(connection, "INSERT INTO users (id, name) VALUES (" + cast + ", ?)", keys);
            insert(connection, "INSERT INTO threads (id, user_id) VALUES (" + cast + ", " + cast + ")", keys);
        }
        return jobFile(source, "postgres", "postgres", "");
    }

    /** In the order of bytes all capitals would come before all small letters. */
    @Test
    void citextOfPostgreSql() throws Exception {
        List<String> keys =
                List.of("b", "A", "c", "D", "e", "F", "g", "H", "i", "J", "k", "L", "m", "N", "É1", "é2", "Z", "_");
        JsonNode report = migrate(onPostgres("citext", keys));

        assertOutcome(report, "users", keys.size(), 0);
        assertOutcome(report, "threads", keys.size(), 0);
        assertThat(targetIds("users")).containsExactlyInAnyOrderElementsOf(newIds("users", keys));
        assertThat(report.path("validation").path("compared").intValue()).isEqualTo(2 * keys.size());
    }

    private static List<String> uuids() {
        return IntStream.range(0, 20)
                .mapToObj(n -> new UUID(0x9e3779b97f4a4000L * (n + 1) & ~0xf000L | 0x4000L, 0x8000000000000000L | n))
                .map(uuid -> uuid.toString())
                .map(text -> text.hashCode() % 2 == 0 ? text : text.toUpperCase(java.util.Locale.ROOT))
                .toList();
    }

    @Test
    void uuidsInTextsOfPostgreSql() throws Exception {
        JsonNode report = migrate(onPostgres("char(36)", uuids()));

        assertOutcome(report, "threads", 20, 0);
        assertThat(targetIds("threads"))
                .containsExactlyInAnyOrderElementsOf(uuids().stream()
                        .map(id -> id.toLowerCase(java.util.Locale.ROOT))
                        .toList());
    }

    private String onMariaDb(String type, List<String> users, List<String> owners, String more) throws SQLException {
        MariaDbServer server = MariaDbServer.shared();
        String source = server.createDatabase();
        try (Connection connection = server.connect(source);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE users (id " + type + " PRIMARY KEY, name " + type
                    + " NOT NULL, created_at datetime DEFAULT now())");
            statement.execute("CREATE TABLE threads (id " + type + " PRIMARY KEY, user_id " + type
                    + " NOT NULL, title text, created_at datetime DEFAULT now(),"
                    + " FOREIGN KEY (user_id) REFERENCES users (id))");
            insert(connection, "INSERT INTO users (id, name) VALUES (?, ?)", users);
            insert(connection, "INSERT INTO threads (id, user_id) VALUES (?, ?)", owners);
        }
        return jobFile(source, server.username(), server.password(), more);
    }

    @Test
    void uuidsInTextsOfMariaDb() throws Exception {
        JsonNode report = migrate(onMariaDb("char(36)", uuids(), uuids(), ""));

        assertOutcome(report, "threads", 20, 0);
        assertThat(targetIds("threads"))
                .containsExactlyInAnyOrderElementsOf(uuids().stream()
                        .map(id -> id.toLowerCase(java.util.Locale.ROOT))
                        .toList());
    }

    @Test
    void latin1OfMariaDb() throws Exception {
        List<String> keys = List.of(
                "a", "ä", "b", "ç", "d", "é", "f", "ñ", "ö", "ß", "ü", "z", "Ærø", "café 1", "CAFÉ 2", "Ÿ", "½", "€5");
        JsonNode report = migrate(onMariaDb("varchar(50) CHARACTER SET latin1", keys, keys, ""));

        assertOutcome(report, "users", keys.size(), 0);
        assertOutcome(report, "threads", keys.size(), 0);
        assertThat(targetIds("threads")).containsExactlyInAnyOrderElementsOf(newIds("threads", keys));
        assertThat(Shapes.ask(target, "SELECT string_agg(name, '|' ORDER BY name COLLATE \"C\") FROM users"))
                .isEqualTo("CAFÉ 2|a|b|café 1|d|f|z|½|Ærø|ß|ä|ç|é|ñ|ö|ü|Ÿ|€5");
    }

    /** Their order is not that of the alphabet. */
    private static final List<String> WORDS = List.of("z", "k", "a", "m", "b", "y", "c");

    private static final String LIST =
            WORDS.stream().map(word -> "'" + word + "'").collect(Collectors.joining(",", "(", ")"));

    private void assertArrive(List<String> words, String jobFile) throws Exception {
        JsonNode report = migrate(jobFile);

        assertOutcome(report, "users", words.size(), 0);
        assertOutcome(report, "threads", words.size(), 0);
        assertThat(targetIds("threads")).containsExactlyInAnyOrderElementsOf(newIds("threads", words));
    }

    @ParameterizedTest
    @ValueSource(strings = {"enum", "set"})
    void wordsOfAListOfMariaDb(String type) throws Exception {
        assertArrive(WORDS, onMariaDb(type + LIST, WORDS, WORDS, ""));
    }

    @Test
    void wordsOfAListThatTellsCasesApart() throws Exception {
        List<String> words = List.of("b", "A", "a", "B", "d", "D", "C", "c");
        assertArrive(words, onMariaDb("enum('b','A','a','B','d','D','C','c') COLLATE utf8mb4_bin", words, words, ""));
    }

    @Test
    void wordsOfAnEnumOfPostgres() throws Exception {
        assertArrive(WORDS, onPostgres("word", WORDS));
    }

    private static final List<String> PEOPLE =
            List.of("Ann", "Bob", "Élan", "Zoë", "carl", "dora", "Eve", "fred", "Gus", "Ida");
    private static final List<String> THEIRS =
            List.of("ann", "Bob", "elan", "ZOE", "carl", "dora", "Eve", "fred", "Gus", "Ida");

    /** To MariaDB 'elan' is 'Élan', and its foreign keys let one refer to the other. */
    @Test
    void referencesInOtherLettersAreRejectedAndNotGuessed() throws Exception {
        JsonNode report =
                migrate(onMariaDb("varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci", PEOPLE, THEIRS, ""));

        assertOutcome(report, "users", 10, 0);
        assertOutcome(report, "threads", 7, 3);
        assertThat(report.path("rejectedByCode").path("user_not_found").intValue())
                .isEqualTo(3);
    }

    @Test
    void aQueryMayReadReferencesInTheLettersOfTheirTable() throws Exception {
        JsonNode report =
                migrate(onMariaDb("varchar(50) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci", PEOPLE, THEIRS, """
                  mapping:
                    threads:
                      query: >
                        SELECT t.id, t.title, t.created_at, u.id AS user_id
                        FROM threads t JOIN users u ON u.id = t.user_id
                """));

        assertOutcome(report, "threads", 10, 0);
        assertThat(targetIds("threads")).containsExactlyInAnyOrderElementsOf(newIds("threads", THEIRS));
        assertThat(Shapes.ask(
                        target,
                        "SELECT u.name FROM threads t JOIN users u ON u.id = t.user_id WHERE t.id = '"
                                + TargetRows.newId("threads", "elan") + "'"))
                .isEqualTo("Élan");
    }

    private static void insertThreads(Connection connection, List<String> columns, Object[]... rows)
            throws SQLException {
        String sql = "INSERT INTO threads (" + String.join(", ", columns) + ", title, user_id, created_at) VALUES ("
                + "?, ".repeat(columns.size()) + "?, 1, '2020-01-01')";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    insert.setObject(i + 1, row[i]);
                }
                insert.executeUpdate();
            }
        }
    }

    /** What stands between the values of a key may stand in one of them, and so may what is put in its place. */
    @Test
    void keysOfTwoTextsAreTwoKeysWhateverIsInThem() throws Exception {
        String source = Shapes.database();
        Shapes.execute(source, ADA, """
                CREATE TABLE threads (a text, b text, title text, user_id integer, created_at timestamp,
                    PRIMARY KEY (a, b))""");
        try (Connection connection = PostgresServer.shared().connect(source)) {
            insertThreads(
                    connection,
                    List.of("a", "b"),
                    new Object[] {"x\u001fy", "z", "1"},
                    new Object[] {"x", "y\u001fz", "2"},
                    new Object[] {"x\u001e", "z", "3"},
                    new Object[] {"x\u001e1", "z", "4"},
                    new Object[] {"x", "", "5"},
                    new Object[] {"", "x", "6"},
                    new Object[] {"\u001f", "\u001f", "7"},
                    new Object[] {"\u001e", "\u001e", "8"});
        }
        String jobFile = jobFile(source, "postgres", "postgres", "  mapping: { threads: { key: [a, b] } }");
        JsonNode report = migrate(jobFile);

        assertOutcome(report, "threads", 8, 0);
        assertThat(Shapes.ask(target, "SELECT string_agg(DISTINCT title, '' ORDER BY title) FROM threads"))
                .isEqualTo("12345678");
        assertThat(report.path("validation").path("compared").intValue()).isEqualTo(9);
        Shapes.execute(target, "UPDATE threads SET title = 'new ' || title");
        run(jobFile, "rollback", "--yes", "--migration.rollback.on-conflict=take-target");
        assertThat(Shapes.ask(source, "SELECT string_agg(title, ', ' ORDER BY title) FROM threads"))
                .isEqualTo("new 1, new 2, new 3, new 4, new 5, new 6, new 7, new 8");
    }

    @Test
    void decimalKeysThatAreNoNumbersAreKeysLikeOthers() throws Exception {
        String source = Shapes.database();
        Shapes.execute(source, ADA, """
                CREATE TABLE threads (id numeric PRIMARY KEY, title text, user_id integer, created_at timestamp);
                INSERT INTO threads SELECT n, n, 1, '2020-01-01' FROM unnest(
                    '{-Infinity, -1.5, 0, 2, 1e30, Infinity, NaN}'::numeric[]) n;
                CREATE TABLE feedback (id integer PRIMARY KEY, thread_id numeric, user_id integer, type text,
                    created_at timestamp);
                INSERT INTO feedback VALUES (1, 'NaN', 1, 'rating', '2020-01-01')""");
        String jobFile = jobFile(source, "postgres", "postgres", "");
        JsonNode report = migrate(jobFile);

        assertOutcome(report, "threads", 7, 0);
        assertOutcome(report, "feedback", 1, 0);
        assertThat(targetIds("threads"))
                .containsExactlyInAnyOrderElementsOf(newIds(
                        "threads",
                        List.of("-Infinity", "-1.5", "0", "2", "1000000000000000000000000000000", "Infinity", "NaN")));
        Shapes.execute(target, "UPDATE threads SET title = 'new ' || title", "UPDATE feedback SET type = 'other'");
        run(jobFile, "rollback", "--yes", "--migration.rollback.on-conflict=take-target");
        assertThat(Shapes.ask(
                        source,
                        "SELECT count(*) || ' ' || min(id) || ' ' || max(id) FROM threads WHERE title LIKE 'new %'"))
                .isEqualTo("7 -Infinity NaN");
        assertThat(Shapes.ask(source, "SELECT type || ' ' || thread_id FROM feedback"))
                .isEqualTo("other NaN");
    }

    private static String random(int length) {
        return new Random(length)
                .ints(length, 'a', 'z' + 1)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void keysThatAreTooLongForTheLedgerAreRejectedAndCanBeMended() throws Exception {
        String source = Shapes.database();
        Shapes.execute(source, ADA, """
                CREATE TABLE threads (a numeric, b text, title text, user_id integer, created_at timestamp,
                    PRIMARY KEY (a, b))""");
        try (Connection connection = PostgresServer.shared().connect(source)) {
            insertThreads(
                    connection,
                    List.of("a", "b"),
                    new Object[] {new BigDecimal("1.50"), random(32), "1"},
                    new Object[] {new BigDecimal("1.50"), random(2495), "2"},
                    new Object[] {new BigDecimal("1.50"), random(2496), "3"},
                    new Object[] {new BigDecimal("1.50"), random(2680), "4"});
        }
        String jobFile = jobFile(source, "postgres", "postgres", "  mapping: { threads: { key: [a, b] } }");
        assertOutcome(migrate(jobFile), "threads", 2, 2);
        assertOutcome(migrate(jobFile), "threads", 2, 2);
        run(jobFile, "retry");
        assertOutcome(migrate(jobFile), "threads", 2, 2);
        assertThat(Shapes.ask(target, "SELECT string_agg(DISTINCT code, ' ') FROM threads_migration.rejected_record"))
                .isEqualTo("too_long");

        Shapes.execute(
                source, "UPDATE threads SET b = title WHERE title = '3'", "DELETE FROM threads WHERE title = '4'");
        run(jobFile, "retry");
        assertOutcome(migrate(jobFile), "threads", 3, 0);
        assertThat(Shapes.ask(target, "SELECT string_agg(title, ' ' ORDER BY title) FROM threads"))
                .isEqualTo("1 2 3");
    }

    /** A legacy database with Ada, and no threads yet. */
    private String sqlite() throws SQLException {
        String source = "jdbc:sqlite:" + folder.resolve("legacy.db");
        try (Connection connection = DriverManager.getConnection(source);
                Statement statement = connection.createStatement()) {
            for (String sql : ADA.split(";\n")) {
                statement.executeUpdate(sql);
            }
            statement.executeUpdate(
                    "CREATE TABLE threads (id TEXT PRIMARY KEY, title TEXT, user_id INTEGER, created_at TEXT)");
        }
        return source;
    }

    @Test
    void aKeyThatEndsInNulIsRejectedWhereverItStands() throws Exception {
        String source = sqlite();
        try (Connection connection = DriverManager.getConnection(source)) {
            Object[][] rows = IntStream.range(0, 200)
                    .mapToObj(n -> new Object[] {"key %03d%s".formatted(n, n % 2 == 0 ? "" : "\0"), "T" + n})
                    .toArray(Object[][]::new);
            insertThreads(connection, List.of("id"), rows);
        }
        JsonNode report = migrate(jobFile(source, "", "", ""));

        assertOutcome(report, "threads", 100, 100);
        assertThat(report.path("rejectedByCode").path("nul_character").intValue())
                .isEqualTo(100);
    }

    @Test
    void aKeyThatSpellsTheEscapeOfAnotherIsNotTakenForIt() throws Exception {
        String source = sqlite();
        try (Connection connection = DriverManager.getConnection(source)) {
            insertThreads(
                    connection,
                    List.of("id"),
                    new Object[] {"key\0", "T"},
                    new Object[] {"key\\u0000", "x".repeat(256)},
                    new Object[] {"key\\u005cu0000", "x".repeat(257)});
        }
        String jobFile = jobFile(source, "", "", "");
        assertOutcome(migrate(jobFile), "threads", 0, 3);

        try (Connection connection = DriverManager.getConnection(source);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE threads SET title = length(title)");
        }
        run(jobFile, "retry");

        assertThat(Shapes.ask(
                        target,
                        "SELECT string_agg((metadata ->> 'oldId') || ' ' || title, ', ' ORDER BY title) FROM threads"))
                .isEqualTo("key\\u0000 256, key\\u005cu0000 257");
        assertThat(Shapes.ask(target, "SELECT string_agg(code, ' ') FROM threads_migration.rejected_record"))
                .isEqualTo("nul_character");
    }

    /** Bytes where texts belong, and a text whose bytes are no UTF-8: neither is found again by what it is read as. */
    @Test
    void keysThatAreNotFoundAgainAreNamed() throws Exception {
        String source = sqlite();
        try (Connection connection = DriverManager.getConnection(source);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("""
                    INSERT INTO threads VALUES ('a', 'A', 1, '2020-01-01'), ('b', 'B', 1, '2020-01-01'),
                        (x'00ff', 'C', 1, '2020-01-01'), (x'00fe', 'D', 1, '2020-01-01'),
                        (CAST(x'ff' AS TEXT), 'E', 1, '2020-01-01'), (CAST(x'fe' AS TEXT), 'F', 1, '2020-01-01')""");
        }
        CommandRun refused = CommandRun.onJobFile(folder, "migrate", jobFile(source, "", "", ""));
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
        assertThat(refused.err()).contains("2 rows of", "bytes in id", "where: NOT (typeof(\"id\") = 'blob')");

        String texts = jobFile(source, "", "", "  mapping: { threads: { where: \"NOT (typeof(id) = 'blob')\" } }");
        CommandRun stopped = CommandRun.onJobFile(folder, "migrate", texts);
        assertThat(stopped.exitCode()).as(stopped.all()).isEqualTo(1);
        assertThat(stopped.all()).contains("the key '\ufffd' of", "is not found again");

        run(texts.replace("'blob'", "'blob' OR id > 'c'"), "migrate");
        assertThat(Shapes.ask(target, "SELECT string_agg(title, ' ' ORDER BY title) FROM threads"))
                .startsWith("A B");
    }

    /** A broken text that stands before what it is read as. */
    @Test
    void aKeyThatIsNotFoundAgainIsNotTakenForDeleted() throws Exception {
        String source = sqlite();
        try (Connection connection = DriverManager.getConnection(source);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("""
                    INSERT INTO threads VALUES ('a', 'A', 1, '2020-01-01'), ('b', 'B', 1, '2020-01-01'),
                        (CAST(x'80' AS TEXT), 'C', 1, '2020-01-01')""");
        }
        String jobFile = jobFile(source, "", "", "  on-deleted: remove");
        run(jobFile, "migrate");
        String titles = "SELECT string_agg(title, ' ' ORDER BY title) FROM threads";
        assertThat(Shapes.ask(target, titles)).isEqualTo("A B C");
        try (Connection connection = DriverManager.getConnection(source);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("DELETE FROM threads WHERE id = 'b'");
        }
        CommandRun followed = CommandRun.onJobFile(folder, "migrate", jobFile);

        assertThat(followed.exitCode()).as(followed.all()).isZero();
        assertThat(followed.all()).contains("Legacy has 1 key of threads still that were not found by their texts");
        assertThat(Shapes.ask(target, titles)).isEqualTo("A C");
    }

    @Test
    void bytesThatAreNoUuidAreNamed() throws Exception {
        String source = "jdbc:h2:file:" + folder.resolve("legacy");
        try (Connection connection = DriverManager.getConnection(source, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE users (id varbinary(16) PRIMARY KEY, name varchar(50), created_at timestamp)");
            statement.execute("INSERT INTO users VALUES (X'000102030405060708090a0b0c0d0e0f', 'Ada', now()),"
                    + " (X'0001', 'Bob', now())");
        }
        CommandRun refused = CommandRun.onJobFile(folder, "migrate", jobFile(source, "sa", "", ""));
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
        assertThat(refused.err()).contains("1 row of", "has bytes in ID");

        run(jobFile(source, "sa", "", "  mapping: { users: { where: OCTET_LENGTH(id) = 16 } }"), "migrate");
        assertThat(Shapes.ask(target, "SELECT string_agg(name, ' ') FROM users"))
                .isEqualTo("Ada");
    }

    /** A page that ended between them would lose the second for good. */
    @ParameterizedTest
    @CsvSource({
        "jdbc:sqlite:, text COLLATE NOCASE, a, A",
        "jdbc:sqlite:, text COLLATE RTRIM, a, 'a '",
        "jdbc:h2:file:, varchar_ignorecase(9), a, A",
        "jdbc:postgresql:, text COLLATE ignoring_case, a, A"
    })
    void keysThatLegacyTakesForTheSameAreRefused(String kind, String type, String one, String other) throws Exception {
        boolean postgres = kind.equals("jdbc:postgresql:");
        String source = postgres ? Shapes.database() : kind + folder.resolve("legacy");
        String user = postgres ? "postgres" : kind.equals("jdbc:h2:file:") ? "sa" : "";
        String password = postgres ? "postgres" : "";
        try (Connection connection = DriverManager.getConnection(source, user, password);
                Statement statement = connection.createStatement()) {
            if (postgres) {
                statement.execute(
                        "CREATE COLLATION ignoring_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)");
            }
            statement.executeUpdate(
                    "CREATE TABLE users (id %s, name varchar(9), created_at varchar(20))".formatted(type));
            statement.executeUpdate(
                    "INSERT INTO users VALUES ('%s', '1', '2020-01-01'), ('b', '2', '2020-01-01')".formatted(one));
        }
        String jobFile = jobFile(source, user, password, "").replace("chunk-size: 3", "chunk-size: 1");
        run(jobFile, "preflight");
        try (Connection connection = DriverManager.getConnection(source, user, password);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("INSERT INTO users VALUES ('%s', '3', '2020-01-01')".formatted(other));
        }

        CommandRun refused = CommandRun.onJobFile(folder, "migrate", jobFile);
        assertThat(refused.exitCode()).as(refused.all()).isEqualTo(2);
        assertThat(refused.err()).contains("may count 'a' and 'A' as the same");
    }
}
