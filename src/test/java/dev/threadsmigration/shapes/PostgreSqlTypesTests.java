package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What PostgreSQL's less usual types hold becomes custom fields, and their columns' values again. */
class PostgreSqlTypesTests {

    private record Value(String sql, String json) {}

    private static final Map<String, Value> VALUES = new TreeMap<>(Map.ofEntries(
            Map.entry("text[]", new Value("'{a,b}'", "\"{a,b}\"")),
            Map.entry("integer[]", new Value("'{1,2}'", "\"{1,2}\"")),
            Map.entry("float8[]", new Value("'{1,2.5}'", "\"{1,2.5}\"")),
            Map.entry("timetz", new Value("'11:59:59.5+02'", "\"11:59:59.5+02\"")),
            Map.entry("time", new Value("'24:00:00'", "\"24:00:00\"")),
            Map.entry("point", new Value("'(1,2)'", "\"(1,2)\"")),
            Map.entry("box", new Value("'(1,1),(0,0)'", "\"(1,1),(0,0)\"")),
            Map.entry("interval", new Value("'1 day 2 hours'", "\"1 day 02:00:00\"")),
            Map.entry("int4range", new Value("'[1,3)'", "\"[1,3)\"")),
            Map.entry("bit(12)", new Value("b'101010101010'", "\"101010101010\"")),
            Map.entry("bit(1)", new Value("b'1'", "true")),
            Map.entry("varbit", new Value("b'1'", "\"1\"")),
            Map.entry("real", new Value("0.1", "0.1")),
            Map.entry("float8", new Value("'-Infinity'", "\"-Infinity\"")),
            Map.entry("money", new Value("'92233720368547758.07'", "92233720368547758.07")),
            Map.entry("numeric", new Value("'NaN'", "\"NaN\"")),
            // More than a double can be.
            Map.entry("numeric(400)", new Value("1e310", "1" + "0".repeat(310))),
            Map.entry("numeric(30,20)", new Value("1e-20", "0.00000000000000000001")),
            Map.entry("date", new Value("'infinity'", "\"infinity\"")),
            Map.entry("date ", new Value("'0044-03-15 BC'", "\"-0043-03-15\"")),
            Map.entry("timestamp", new Value("'-infinity'", "\"-infinity\"")),
            Map.entry("timestamptz", new Value("'infinity'", "\"infinity\"")),
            Map.entry("timestamptz ", new Value("'0044-03-15 BC'", "\"-0043-03-15T00:00:00Z\""))));

    @TempDir
    Path folder;

    private String source;
    private String target;
    private String jobFile;

    private void migrate(Map<String, Value> values) throws SQLException {
        source = Shapes.database();
        target = Shapes.database();
        StringBuilder columns = new StringBuilder();
        int n = 0;
        for (String type : values.keySet()) {
            columns.append(", c").append(n++).append(' ').append(type);
        }
        Shapes.execute(source, """
                CREATE TABLE users (id integer PRIMARY KEY, name text, created_at timestamptz);
                INSERT INTO users VALUES (1, 'Ada', '2020-01-01');
                CREATE TABLE threads (id integer PRIMARY KEY, title text, user_id integer, created_at timestamp%s);
                INSERT INTO threads SELECT n, 'T', 1, '2020-01-01', %s FROM generate_series(1, 60) n""".formatted(
                        columns, values.values().stream().map(Value::sql).collect(Collectors.joining(", "))));
        jobFile = Shapes.jobFile(
                "raw-sql", source, target, """
                  entities: [users, threads]
                  chunk-size: 5
                  mapping: { threads: { fields: { metadata: { columns: [%s] } } } }""".formatted(names(n, "c%d")).indent(2));
        run("migrate");
    }

    private static String names(int columns, String form) {
        return IntStream.range(0, columns).mapToObj(form::formatted).collect(Collectors.joining(", "));
    }

    private void run(String command, String... options) {
        CommandRun run = CommandRun.onJobFile(folder, command, jobFile, options);
        assertThat(run.exitCode()).as(run.all()).isZero();
    }

    /** The driver turns from texts to the binary form once it has run a statement five times. */
    @Test
    void valuesAreReadAlikeFromTheFirstPageToTheLastAndComeBack() throws SQLException {
        migrate(VALUES);

        assertThat(Shapes.ask(
                        target,
                        "SELECT string_agg(DISTINCT concat_ws('; ', %s), ' and ') FROM threads"
                                .formatted(names(VALUES.size(), "metadata -> 'c%d'"))))
                .isEqualTo(VALUES.values().stream().map(Value::json).collect(Collectors.joining("; ")));
        String rows = "SELECT string_agg(t::text, E'\\n' ORDER BY id) FROM threads t";
        String before = Shapes.ask(source, rows);
        Shapes.execute(source, "DELETE FROM threads");
        run("rollback", "--yes");
        assertThat(Shapes.ask(source, rows)).isEqualTo(before);
    }

    /** The new system may write what a legacy column cannot hold; the others are taken back all the same. */
    @Test
    void aCustomFieldThatBecameNoDateIsKept() throws SQLException {
        migrate(new TreeMap<>(Map.of(
                "timestamp", new Value("'2024-01-01'", ""), "timestamptz", new Value("'2024-01-01 00:00:00Z'", ""))));
        Shapes.execute(target, """
                UPDATE threads SET metadata = metadata || '{"c0": "0000-00-00"}' WHERE metadata ->> 'oldId' = '6';
                UPDATE threads SET metadata = metadata || '{"c1": "soon"}' WHERE metadata ->> 'oldId' = '7'""");

        run("rollback", "--yes");

        assertThat(Shapes.ask(
                        target,
                        "SELECT string_agg(metadata ->> 'oldId', ' ' ORDER BY metadata ->> 'oldId') FROM threads"))
                .isEqualTo("6 7");
    }
}
