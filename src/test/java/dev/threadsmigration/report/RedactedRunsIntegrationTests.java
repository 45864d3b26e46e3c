package dev.threadsmigration.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With {@code report.redact} a run that does not end well tells nothing that people wrote. */
class RedactedRunsIntegrationTests {

    private static final String DATE = "TIMESTAMP WITH TIME ZONE '2020-01-02 03:04:05+00'";
    private static final String PRIVATE = "(Zoe's \"wedding\") in";
    private static final String QUOTED = "'" + PRIVATE.replace("'", "''") + "'";

    @TempDir
    Path folder;

    private final Forum forum = Forum.onPostgres().withTargetTables();

    @Test
    void aRollbackDoesNotQuoteTheValuesThatLegacyCannotHold() throws IOException {
        forum.legacy(
                "CREATE TABLE legacy_users (id varchar(64) PRIMARY KEY, full_name varchar(100), created_date timestamptz)",
                "INSERT INTO legacy_users VALUES ('u1', 'A', " + DATE + ")",
                """
                CREATE TABLE legacy_threads (id varchar(64) PRIMARY KEY, subject varchar(100), owner_id varchar(64),
                    closed varchar(40), stars integer, created_date timestamptz)""",
                "INSERT INTO legacy_threads SELECT 't' || n, 'Bug', 'u1', '1500000000', 4, " + DATE
                        + " FROM generate_series(1, 3) n");
        String[] settings = {
            "--yes",
            "--migration.entities=users,threads",
            "--migration.mapping.threads.fields.title.values.Bug=Mistake",
            "--migration.mapping.threads.fields.metadata.columns=closed,stars",
            "--migration.mapping.threads.fields.metadata.types.closed=epoch-seconds",
            "--migration.report.redact=true"
        };
        ReportedRun.of(forum, folder, "migrate", Stream.of(settings).skip(1).toArray(String[]::new))
                .endsWith(0);
        String threads = forum.ask("SELECT string_agg(id::text, ',' ORDER BY id) FROM threads")
                .get(0);
        String[] ids = threads.split(",");
        forum.target(
                "UPDATE threads SET metadata = jsonb_set(metadata, '{closed}', to_jsonb(%s::text)) WHERE id = '%s'"
                        .formatted(QUOTED, ids[0]),
                "UPDATE threads SET metadata = jsonb_set(metadata, '{stars}', to_jsonb(%s::text)) WHERE id = '%s'"
                        .formatted(QUOTED, ids[1]),
                "UPDATE threads SET title = %s WHERE id = '%s'".formatted(QUOTED, ids[2]));

        ReportedRun run = ReportedRun.of(forum, folder, "rollback", settings).endsWith(2);

        assertThat(run.report().path("problem").asString())
                .contains(
                        "3 records cannot be taken back without a decision",
                        "its metadata.closed is no date",
                        "does not fit the legacy column stars (int4)",
                        "its title is a value for which legacy has no word: it has Bug");
        assertNothingTold(run);
    }

    @Test
    void whatAServerQuotesOfAValueIsNotRepeatedNotEvenOfAnEarlierRun() throws IOException {
        forum.legacy(
                "CREATE TABLE legacy_users (id varchar(64) PRIMARY KEY, full_name varchar(100), created_date timestamptz)",
                "INSERT INTO legacy_users VALUES ('u1', '7', " + DATE + "), ('u2', " + QUOTED + ", " + DATE + ")");
        forum.target(
                """
                CREATE FUNCTION break_down() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN
                    IF NEW.name <> '7' THEN RAISE 'out of order: "%"', NEW.name USING ERRCODE = '58000'; END IF;
                    RETURN NEW;
                END $$""", "CREATE TRIGGER break_down BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION break_down()");
        List<String> settings = List.of("--migration.entities=users", "--migration.retry-for=1s");

        ReportedRun.of(forum, folder, "migrate", settings.toArray(String[]::new))
                .endsWith(1);
        forum.target("UPDATE threads_migration.audit_log SET message = 'invalid input syntax for type integer: ' || "
                + "quote_ident(" + QUOTED + ")");
        delete(folder.resolve("reports"));

        ReportedRun run = ReportedRun.of(
                        forum, folder, "migrate", settings.get(0), settings.get(1), "--migration.report.redact=true")
                .endsWith(1);

        assertThat(run.report().at("/history/1/message").asString()).contains("type integer: …");
        assertNothingTold(run);
    }

    /** Neither on the terminal nor in any file, in whatever way it is escaped there. */
    private void assertNothingTold(ReportedRun run) throws IOException {
        assertThat(run.report().path("redacted").booleanValue()).isTrue();
        assertThat(run.run().all()).doesNotContain("Zoe", "wedding");
        try (Stream<Path> files = Files.walk(folder.resolve("reports"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain("Zoe", "wedding");
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted((one, other) -> other.compareTo(one)).toList()) {
                Files.delete(file);
            }
        }
    }
}
