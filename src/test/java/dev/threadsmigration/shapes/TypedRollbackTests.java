package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the rules made of legacy values goes back into legacy values: changed by the new system, or deleted in legacy. */
class TypedRollbackTests {

    private static final String LEGACY = """
            CREATE TABLE people (region int, number int, name text, PRIMARY KEY (region, number), since bigint);
            INSERT INTO people VALUES (7, 1, 'Ada', 1577934245), (7, 2, 'Bob', 1577934246);
            CREATE TABLE talks (id int PRIMARY KEY, topic text, region int, number int, tenant char(3), tags text,
                open int, extra text, day date, at time, changed bigint, ref text);
            INSERT INTO talks VALUES
                (1, 'First', 7, 1, 'eu ', 'a,b', 1, '{"n":1.50}', '2020-03-29', '02:30:00.25', 1585449000250, 'A-1'),
                (2, 'Second', 7, 2, 'us ', NULL, 0, '[1, 2]', '2021-01-01', '00:00:00', 1609459200000, NULL);""";

    private static final String MAPPING = """
            mapping:
              users:
                table: people
                key: [region, number]
                fields:
                  createdAt: { column: since, type: epoch-seconds }
              threads:
                table: talks
                fields:
                  title: { column: topic, type: trimmed }
                  userId: { columns: [region, number] }
                  tenantId: { column: tenant, values: { eu: Europe, us: America } }
                  metadata:
                    columns: [tags, open, extra]
                    types: { tags: list, open: boolean, extra: json }
                  createdAt: { columns: [day, at], type: date-and-time }
                  updatedAt: { column: changed, type: epoch-millis }
                  oldId: { column: ref }
            """;

    private static final String TALKS = "SELECT string_agg(t::text, E'\\n' ORDER BY id) FROM talks t";

    @TempDir
    Path folder;

    private String source;
    private String target;
    private String jobFile;

    private void migrate() throws SQLException {
        source = Shapes.database();
        Shapes.execute(source, LEGACY);
        target = Shapes.database();
        jobFile = Shapes.jobFile("raw-sql", source, target, "  entities: [users, threads]\n" + MAPPING.indent(2));
        CommandRun run = CommandRun.onJobFile(folder, "migrate", jobFile);
        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(Shapes.ask(
                        target,
                        "SELECT string_agg(title || ' ' || tenant_id || ' ' || created_at || ' ' || updated_at"
                                + " || ' ' || (metadata ->> 'tags') || ' ' || (metadata ->> 'open'), '; ') FROM threads"
                                + " WHERE title = 'First'"))
                .as(run.all())
                .isEqualTo("First Europe 2020-03-29 02:30:00.25 2020-03-29 02:30:00.25 [\"a\", \"b\"] true");
    }

    private void rollback() {
        CommandRun run = CommandRun.onJobFile(folder, "rollback", jobFile, "--yes");
        assertThat(run.exitCode()).as(run.all()).isZero();
    }

    @Test
    void aChangeIsWrittenInLegacysWay() throws SQLException {
        migrate();
        Shapes.execute(target, """
                UPDATE threads SET title = 'Renamed', tenant_id = 'America',
                    user_id = (SELECT id FROM users WHERE name = 'Bob'),
                    metadata = metadata || '{"tags": ["x", "y", "z"], "open": false, "extra": {"m": 2.00}}',
                    created_at = '2022-07-01 12:00:00.5', updated_at = '2022-07-02 00:00:00.001'
                WHERE title = 'First'""");
        rollback();

        assertThat(Shapes.ask(source, TALKS)).isEqualTo("""
                (1,Renamed,7,2,"us ","x,y,z",0,"{""m"":2.00}",2022-07-01,12:00:00.5,1656720000001,A-1)
                (2,Second,7,2,"us ",,0,"[1, 2]",2021-01-01,00:00:00,1609459200000,)""");
    }

    @Test
    void aRowThatWasDeletedIsRestored() throws SQLException {
        migrate();
        String before = Shapes.ask(source, TALKS);
        Shapes.execute(source, "DELETE FROM talks");
        rollback();

        assertThat(Shapes.ask(source, TALKS)).isEqualTo(before.replace("\"[1, 2]\"", "\"[1,2]\""));
    }

    /** One title has blanks around it, one after it, and one is NULL; one date of change is NULL. */
    @Test
    void validationCountsWhatWouldNotComeBack() throws Exception {
        migrate();
        Shapes.execute(source, "INSERT INTO people VALUES (8, 1, 'Cleo', 1577934247)");
        Shapes.execute(source, """
                INSERT INTO talks VALUES (3, '  Blanks around ', 8, 1, 'eu ', '["not", "a list', 1, NULL, '2021-01-01',
                    '00:00:00', 1609459200000), (4, NULL, 8, 1, NULL, NULL, NULL, NULL, '2021-01-01', '00:00:00', NULL),
                    (5, 'Blanks after  ', 8, 1, 'us ', NULL, NULL, NULL, '2021-01-01', '00:00:00', 1609459200000)""");
        assertThat(CommandRun.onJobFile(folder, "migrate", jobFile).exitCode()).isZero();

        JsonNode validation = JsonMapper.shared()
                .readTree(folder.resolve("reports/shapes/2/report.json"))
                .get("validation");
        assertThat(validation.get("roundTrip").toString()).isEqualTo("{\"threads.title\":3,\"threads.updatedAt\":1}");
        assertThat(validation.get("notReversible").toString())
                .contains(
                        "threads.title: blanks around the text are not kept",
                        "threads.updatedAt: NULL becomes createdAt");
    }

    @Test
    void wholeNumbersInAColumnOfFloatingPointComeBack() throws Exception {
        source = Shapes.database("raw-sql");
        Shapes.execute(source, "ALTER TABLE feedback ADD score double precision DEFAULT 4");
        jobFile = Shapes.jobFile(
                "raw-sql",
                source,
                Shapes.database(),
                "  mapping: { feedback: { fields: { rating: { column: score } } } }");

        CommandRun run = CommandRun.onJobFile(folder, "migrate", jobFile);

        assertThat(run.exitCode()).as(run.all()).isZero();
        JsonNode validation = JsonMapper.shared()
                .readTree(folder.resolve("reports/shapes/1/report.json"))
                .get("validation");
        assertThat(validation.get("roundTrip").toString()).doesNotContain("feedback.rating");
    }

    @Test
    void aWordThatLegacyDoesNotHaveIsSaidBeforeAnythingIsTouched() throws SQLException {
        migrate();
        Shapes.execute(target, "UPDATE threads SET tenant_id = 'Africa' WHERE title = 'First'");
        CommandRun run = CommandRun.onJobFile(folder, "rollback", jobFile, "--yes");

        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.all()).contains("tenantId", "no word", "eu, us").doesNotContain("Africa");
        assertThat(Shapes.ask(target, "SELECT count(*) FROM threads")).isEqualTo("2");
    }
}
