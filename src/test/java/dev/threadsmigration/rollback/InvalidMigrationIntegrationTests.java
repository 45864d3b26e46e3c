package dev.threadsmigration.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import dev.threadsmigration.support.SampleForum;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What follows a migration that its validation calls invalid: here a trigger of the target writes other titles. */
class InvalidMigrationIntegrationTests {

    private static final String LEGACY = "SELECT * FROM legacy_threads ORDER BY id";

    @TempDir
    Path folder;

    private Forum forum;

    @BeforeEach
    void writeWrongly() {
        forum = SampleForum.in(Forum.onPostgres());
        forum.target("""
                CREATE FUNCTION shout() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN NEW.title = upper(NEW.title); RETURN NEW; END $$""", "CREATE TRIGGER shout BEFORE INSERT ON threads FOR EACH ROW EXECUTE FUNCTION shout()");
    }

    @Test
    void itIsRolledBackInTheSameProcessAndTheReportSaysBoth() {
        List<String> legacy = forum.ask(forum.legacyUrl(), LEGACY);

        ReportedRun run = ReportedRun.of(forum, folder, "migrate", "--migration.on-invalid=rollback")
                .endsWith(3);

        assertThat(run.report().path("status").asString()).isEqualTo("INVALID");
        assertThat(run.number("/validation/different")).isEqualTo(24);
        assertThat(run.number("/rollback/removed")).isEqualTo(36);
        assertThat(run.number("/rollback/restored")).isZero();
        assertThat(run.number("/rollback/legacyKept")).isEqualTo(24);
        String again = "java -jar threads-migration.jar migrate";
        assertThat(run.run().out())
                .contains("INVALID", "36 removed from the target", "mend what made them", "Migrate again: " + again);
        assertThat(folder.resolve("reports/" + forum.name() + "/1/report.html"))
                .content()
                .contains("the migration is taken back", again, "not what was migrated; legacy was left as it is")
                .doesNotContain("threads-migration.jar rollback", "threads-migration.jar validate", "both sides");
        assertThat(forum.ask("SELECT id FROM users UNION ALL SELECT id FROM threads UNION ALL SELECT id FROM feedback"))
                .isEmpty();
        assertThat(forum.ask(forum.legacyUrl(), LEGACY))
                .as("what was written wrongly does not go to legacy")
                .isEqualTo(legacy);

        forum.target("DROP TRIGGER shout ON threads");
        ReportedRun.of(forum, folder, "migrate", "--migration.on-invalid=rollback")
                .endsWith(0);
        assertThat(forum.ask("SELECT count(*) FROM threads WHERE title LIKE 'Subject%'"))
                .containsExactly("24");
    }

    @Test
    void whatWasFinishedBeforeIsNotTakenBackSincePeopleChangeItMeanwhile() {
        forum.target("DROP TRIGGER shout ON threads");
        ReportedRun.of(forum, folder, "migrate", "--migration.on-invalid=rollback")
                .endsWith(0);
        String edited = SampleForum.thread(1).toString();
        forum.target("UPDATE threads SET title = 'Edited' WHERE id = '%s'".formatted(edited));
        forum.legacy("INSERT INTO legacy_users (id, full_name, created_date) VALUES"
                + " ('5b1d2f3c-0000-4000-8000-00000000beef', 'Came later', '2026-01-01')");

        ReportedRun run = ReportedRun.of(forum, folder, "migrate", "--migration.on-invalid=rollback")
                .endsWith(3);

        assertThat(run.rollback().isNull()).isTrue();
        assertThat(run.run().all()).contains("the migration stays as it is: it was finished before");
        assertThat(forum.ask("SELECT title FROM threads WHERE id = '%s'".formatted(edited)))
                .containsExactly("Edited");
        assertThat(forum.ask("SELECT count(*) FROM threads")).containsExactly("24");
    }

    @Test
    void itIsSaidAgainUntilAValidationFindsNothing() {
        ReportedRun first = ReportedRun.of(forum, folder, "migrate").endsWith(3);
        assertThat(first.validation().path("earlierRun").isNull()).isTrue();
        ReportedRun second = ReportedRun.of(forum, folder, "migrate").endsWith(3);
        assertThat(second.run().out())
                .contains("is finished", "found differences", "validate")
                .containsPattern("Validation \\(full\\) of run 1, which ended 20\\S+Z: INVALID");
        assertThat(second.number("/validation/earlierRun/runId")).isEqualTo(1);
        assertThat(Instant.parse(second.validation().at("/earlierRun/endedAt").asString()))
                .isEqualTo(ended(1))
                .isNotEqualTo(ended(2));
        assertThat(Path.of(second.report().path("errorFile").asString()).resolveSibling("report.html"))
                .content()
                .contains("The validation of run 1 (", "compared with legacy, field by field, by run 1 (");

        forum.target("UPDATE threads SET title = 'Subject ' || substring(title from '[0-9]+') || ' of the sample'");
        ReportedRun dry = ReportedRun.of(forum, folder, "validate", "--dry-run").endsWith(0);
        assertThat(dry.number("/validation/compared")).isEqualTo(36);
        ReportedRun.of(forum, folder, "migrate").endsWith(3);
        assertThat(ReportedRun.of(forum, folder, "validate", "--sample=5")
                        .endsWith(0)
                        .validation()
                        .path("mode")
                        .asString())
                .isEqualTo("sample");
        assertThat(ReportedRun.of(forum, folder, "migrate").endsWith(3).number("/validation/different"))
                .as("a sample proves less than the comparison of every record that found them")
                .isEqualTo(24);
        ReportedRun.of(forum, folder, "validate").endsWith(0);
        ReportedRun last = ReportedRun.of(forum, folder, "migrate").endsWith(0);
        assertThat(last.number("/validation/earlierRun/runId"))
                .as("the number of the validate before it")
                .isEqualTo(Long.parseLong(last.report().path("runId").asString()) - 1);
    }

    private Instant ended(int run) {
        return Instant.parse(forum.ask(
                        "SELECT to_char(ended_at AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"') FROM threads_migration.audit_log WHERE run_id = "
                                + run)
                .get(0));
    }

    @Test
    void itStaysWhereNothingElseIsSaid() {
        ReportedRun run = ReportedRun.of(forum, folder, "migrate").endsWith(3);
        assertThat(run.rollback().isNull()).isTrue();
        assertThat(forum.ask("SELECT count(*) FROM threads")).containsExactly("24");
    }
}
