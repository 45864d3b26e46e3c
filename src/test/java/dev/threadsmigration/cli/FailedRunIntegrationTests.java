package dev.threadsmigration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.SampleForum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an operator reads when a run does not end well. */
class FailedRunIntegrationTests {

    private static final int RUNS = 6;

    @TempDir
    Path folder;

    /** Its target breaks down at the third user. */
    private static Forum failing() {
        return Forum.onPostgres()
                .withLegacyTables()
                .withTargetTables()
                .user("u-1", "One")
                .user("u-2", "Two")
                .user("u-3", "Three")
                .target(
                        """
                        CREATE FUNCTION break_down() RETURNS trigger LANGUAGE plpgsql AS $$
                        BEGIN
                            IF NEW.name = 'Three' THEN RAISE 'out of order' USING ERRCODE = '58000'; END IF;
                            RETURN NEW;
                        END $$""",
                        "CREATE TRIGGER users_break_down BEFORE INSERT ON users FOR EACH ROW EXECUTE FUNCTION break_down()");
    }

    @Test
    void theCauseIsNamedEveryTime() {
        Forum forum = failing();
        for (int i = 0; i < RUNS; i++) {
            CommandRun run = forum.run(folder, "migrate", "--migration.entities=users");
            assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.FAILED);
            assertThat(run.out()).contains("out of order").doesNotContain("Partition handler");
        }
    }

    @Test
    void aDryRunSpeaksOfNoServerThatWasLostAndOfNoOtherProcess() {
        Forum forum = failing();
        CommandRun run = forum.run(folder, "migrate", "--dry-run", "--migration.entities=users");
        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.FAILED);
        assertThat(run.all()).contains("out of order").doesNotContain("lost").doesNotContain("Another process");
    }

    @Test
    void aDatabaseThatFailsBeforeTheJobBeginsIsNoSurprise() {
        Forum forum = SampleForum.in(Forum.onPostgres());
        assertThat(forum.run(folder, "migrate").exitCode()).isZero();
        forum.target("DROP TABLE threads_migration.audit_log");

        CommandRun run = forum.run(folder, "migrate");

        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .startsWith("A database failed, or was lost; run the same command again to resume. ")
                .contains("audit_log");
    }

    @Test
    void noTextOfARecordSteersTheTerminal() {
        Forum forum = SampleForum.in(Forum.onH2());
        assertThat(forum.run(folder, "migrate").exitCode()).isZero();
        forum.target("UPDATE threads SET title = CHAR(27) || '[2J' || CHAR(155) || '1A'");

        CommandRun run = forum.run(folder, "validate");

        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.INVALID);
        assertThat(run.out()).contains("but is ␛[2J\ufffd1A").doesNotContain("\u001b", "\u009b");
    }

    @Test
    void aLinkUnderWhichTheReportIsWantedStaysALink() throws IOException {
        Forum forum = Forum.onH2().withLegacyTables().withTargetTables().user("u-1", "Ada");
        Path file = Files.writeString(folder.resolve("file.json"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link.json"), file);

        CommandRun run = forum.run(folder, "migrate", "--report=" + link);

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(link).isSymbolicLink();
        assertThat(file).content().contains("\"command\"");
    }

    @Test
    void aReportThatIsAFolderIsRefusedBeforeAnythingIsTouched() {
        Forum forum = SampleForum.in(Forum.onH2());
        CommandRun run = forum.run(folder, "migrate", "--report=" + folder);
        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("--report " + folder + " is a folder", folder.resolve("report.json") + "");
        assertThat(forum.hasLedger()).isFalse();
    }

    @Test
    void aRunWhoseReportCannotBeWrittenHasEnded() throws IOException {
        Forum forum = SampleForum.in(Forum.onH2());
        Path file = Files.createFile(folder.resolve("taken"));
        CommandRun run = forum.run(folder, "migrate", "--migration.reports=" + file);
        assertThat(run.exitCode()).as(run.all()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("migrate is complete").doesNotContain("report.html");
        assertThat(run.err()).contains("its report cannot be written: " + file, "correct migration.reports");
        assertThat(forum.ask("SELECT status, exit_code FROM threads_migration.audit_log"))
                .containsExactly("COMPLETED|1");
        assertThat(forum.run(folder, "status").all()).doesNotContain("killed");
    }

    static List<Forum> forums() {
        return List.of(Forum.onPostgres(), Forum.onH2());
    }

    @ParameterizedTest
    @MethodSource("forums")
    void aRunWhoseLedgerCountsFromTheStartAgainLeavesEarlierReportsAsTheyAre(Forum forum) throws IOException {
        SampleForum.in(forum);
        assertThat(forum.run(folder, "migrate").exitCode()).isZero();
        assertThat(forum.run(folder, "validate").exitCode()).isZero();
        Path reports = folder.resolve("reports").resolve(forum.name());
        String first = Files.readString(reports.resolve("1/report.json"));
        String second = Files.readString(reports.resolve("2/report.json"));
        forum.target("DROP SCHEMA threads_migration CASCADE");

        CommandRun run = forum.run(folder, "migrate");

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(run.out()).contains(reports.resolve("3/report.html").toString());
        assertThat(reports.resolve("1/report.json")).hasContent(first);
        assertThat(reports.resolve("2/report.json")).hasContent(second);
        assertThat(reports.resolve("3/report.json"))
                .content()
                .contains("\"runId\" : \"3\"", "\"command\" : \"migrate\"");
        assertThat(forum.ask("SELECT run_id, command, status FROM threads_migration.audit_log"))
                .containsExactly("3|migrate|COMPLETED");
        assertThat(forum.ask("SELECT DISTINCT run_id FROM threads_migration.migration_mapping"))
                .containsExactly("3");
    }
}
