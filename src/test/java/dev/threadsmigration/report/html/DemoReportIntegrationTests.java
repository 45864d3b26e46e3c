package dev.threadsmigration.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages of real runs of the demo, in a real browser where there is one. */
class DemoReportIntegrationTests {

    private static final int VALID = 0;
    private static final int INVALID = 3;
    private static final int TWO_MEGABYTES = 2_000_000;

    @TempDir
    private Path folder;

    @Test
    void everyCommandMakesAPageThatAxeFindsNothingIn() throws IOException {
        assertThat(run("migrate")).isEqualTo(VALID);
        assertThat(run("validate")).isEqualTo(VALID);
        assertThat(run("retry")).isEqualTo(VALID);
        assertThat(run("rollback", "--yes")).isEqualTo(VALID);

        assertThat(page(1)).contains("Almost: one point is open", "46 records were rejected");
        assertThat(page(3)).contains("id=\"history\"").contains("This run compared nothing");
        assertThat(page(4)).contains("Yes: the migration is taken back");
        inBrowser(1, "demo");
        inBrowser(4, "demo-rollback");
    }

    @Test
    void aScriptInASubjectStaysText() throws IOException, SQLException {
        run("preflight");
        legacy("""
                INSERT INTO legacy_threads (id, subject, owner_id, created_date)
                SELECT RANDOM_UUID(), '<script>document.title = ''owned''</script>', owner_id, created_date
                FROM legacy_threads WHERE owner_id IS NOT NULL AND LENGTH(owner_id) = 36 LIMIT 100""");
        run("migrate");
        target("UPDATE threads SET title = 'edited' WHERE title LIKE '<script>%'");

        assertThat(run("validate")).isEqualTo(INVALID);
        assertThat(page(2)).contains("No: the two sides differ").doesNotContain("<script>");
        inBrowser(2, "script");
    }

    @Test
    void tensOfThousandsOfRejectsFitIntoTwoMegabytes() throws IOException, SQLException {
        run("preflight");
        legacy("""
                INSERT INTO legacy_threads (id, subject, owner_id, created_date)
                SELECT RANDOM_UUID(), 'Nobody''s', 'u-nobody-' || X, CURRENT_TIMESTAMP FROM SYSTEM_RANGE(1, 30000)""");

        assertThat(run("migrate", "--migration.validation.enabled=false")).isEqualTo(VALID);
        assertThat(Files.size(file(1, "report.html"))).isLessThan(TWO_MEGABYTES);
        assertThat(Files.lines(file(1, "errors.jsonl"))).hasSizeGreaterThan(30_000);
        assertThat(page(1)).contains("The first 100 of 30,046");
    }

    @Test
    void redactedReportsHoldNothingThatPeopleWrote() throws IOException, SQLException {
        run("preflight");
        legacy("UPDATE legacy_threads SET subject = 'Secret wedding of Zacharias'");
        legacy("UPDATE legacy_threads SET custom_fields = '{\"place\":\"Zanzibar\"' WHERE custom_fields LIKE '{%s'");
        run("migrate", "--migration.report.redact=true");
        target("UPDATE threads SET title = 'Zoe knows'");
        run("validate", "--migration.report.redact=true");

        for (int run = 1; run <= 2; run++) {
            for (String name : List.of("report.html", "report.json", "errors.jsonl")) {
                assertThat(Files.readString(file(run, name)))
                        .as("%s of run %d", name, run)
                        .doesNotContain("Zacharias", "Zanzibar", "Zoe");
            }
        }
        assertThat(page(2)).contains("[27 characters, sha256 ").contains("[9 characters, sha256 ");
    }

    private void inBrowser(int run, String picture) throws IOException {
        try (Browser browser = Browser.open()) {
            browser.show(file(run, "report.html"));
            browser.photograph(ReportPageIntegrationTests.PICTURES.resolve(picture + ".png"));
            assertThat(browser.ask("document.scripts.length")).isEqualTo(0L);
            assertThat(browser.title()).doesNotContain("owned");
            assertThat(browser.accessibilityProblems()).isEmpty();
        }
    }

    private int run(String command, String... properties) {
        List<String> words = new ArrayList<>(List.of(
                command,
                "--migration.source.url=" + url("legacy"),
                "--migration.target.url=" + url("app"),
                "--migration.reports=" + folder.resolve("reports")));
        words.addAll(Arrays.asList(properties));
        return CommandRun.of(words).exitCode();
    }

    private String page(int run) throws IOException {
        return Files.readString(file(run, "report.html"));
    }

    private Path file(int run, String name) {
        return folder.resolve("reports")
                .resolve("demo")
                .resolve(String.valueOf(run))
                .resolve(name);
    }

    private String url(String database) {
        return "jdbc:h2:file:" + folder.resolve(database) + ";AUTO_SERVER=FALSE";
    }

    private void legacy(String sql) throws SQLException {
        execute("legacy", sql);
    }

    private void target(String sql) throws SQLException {
        execute("app", sql);
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(database), "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
