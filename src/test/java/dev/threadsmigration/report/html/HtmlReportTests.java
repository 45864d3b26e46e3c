package dev.threadsmigration.report.html;

import static dev.threadsmigration.report.html.ReportJson.aReport;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlReportTests {

    private static final int TWO_MEGABYTES = 2_000_000;

    @Test
    void aRunWithoutAnOpenPointIsReadyToGoLive() {
        assertThat(aReport().page())
                .contains("Ready to go live")
                .contains("All 1,350,000 records compared field by field: no difference")
                .contains("1,000,000");
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, Not yet: the run failed",
        "STOPPED, Not yet: the run was stopped",
        "INVALID, No: the two sides differ"
    })
    void everyEndHasItsVerdict(String status, String headline) {
        assertThat(aReport().ended(status, null).page()).contains(headline);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ERROR: permission denied", "ERROR: permission denied."})
    void aProblemEndsWithOneFullStop(String problem) {
        assertThat(aReport().ended("FAILED", problem).page())
                .contains("What it had done is safe. ERROR: permission denied.")
                .doesNotContain("denied..");
    }

    @Test
    void whatToDoNextStandsBesideTheVerdict() {
        assertThat(aReport()
                        .next("Mend <them>", null)
                        .next("Run them again", "java -jar threads-migration.jar retry")
                        .page())
                .contains("<li><span>Mend &lt;them&gt;</span></li>")
                .contains("<span>Run them again</span><code>java -jar threads-migration.jar retry</code>");
        assertThat(aReport().page()).doesNotContain("What next");
    }

    @Test
    void whatWasTakenBackByItselfIsSaidToBe() {
        String page = aReport()
                .ended("INVALID", null)
                .validation("full", 0, 24)
                .rollback("rows refer to it")
                .page();

        assertThat(page).contains("No: the two sides differed, so the migration is taken back");
    }

    @Test
    void rejectsAndAMissingProofAreOpenPoints() {
        String page = aReport()
                .rejects("user_not_found", 3, 3, "no user 'u-17'")
                .withoutValidation()
                .page();

        assertThat(page)
                .contains("Almost: 2 points are open")
                .contains("3 records were rejected and are not in the target")
                .contains("Add the user to legacy or to the target, or correct the reference, then retry.");
    }

    @Test
    void aSampleIsNoProof() {
        assertThat(aReport().validation("sample", 0, 0).page()).contains("Almost: one point is open");
    }

    @Test
    void aDryRunIsARehearsal() {
        assertThat(aReport().dryRun().page()).contains("A rehearsal: nothing was changed");
    }

    @Test
    void textOfLegacyDataIsText() {
        String page = aReport()
                .validation("full", 0, 1)
                .difference("1\"><img src=x>", "title", ReportJson.SCRIPT, "a\u0000b \u202e evil")
                .rejects("wrong_type", 1, 1, "title is '" + ReportJson.SCRIPT + "'")
                .query("search", 1, 2, ReportJson.SCRIPT, null)
                .rollback(ReportJson.SCRIPT)
                .run(7, "FAILED", ReportJson.SCRIPT, true)
                .page();

        assertThat(page)
                .doesNotContain("<script")
                .doesNotContain("<img")
                .doesNotContain("\u0000")
                .contains("&lt;script&gt;");
    }

    @Test
    void nothingIsFetchedAndNoScriptRuns() {
        assertThat(aReport().page())
                .contains("default-src 'none'")
                .doesNotContain("http:")
                .doesNotContain("https:")
                .doesNotContain("url(");
    }

    @Test
    void aHundredThousandRejectsAndAHundredDifferencesStayUnderTwoMegabytes() {
        String longest = "é".repeat(100_000);
        ReportJson report = aReport().validation("full", 0, 100).rejects("too_long", 100_000, 100, longest);
        for (int i = 0; i < 100; i++) {
            report.difference("t-" + i, "metadata.note", longest, longest + i);
        }
        report.query("search", 1, 2, longest, longest);

        assertThat(report.page().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(TWO_MEGABYTES);
    }

    @Test
    void queriesAndRollbackShowWhereTheReportHasThem() {
        String plain = aReport().page();
        String full = aReport()
                .query("findByUser", 0.42, 1.3, "Index Scan", "CREATE INDEX ON threads (user_id)")
                .rollback("3 threads were changed by others")
                .page();

        assertThat(plain).doesNotContain("id=\"queries\"").doesNotContain("id=\"rollback\"");
        assertThat(full)
                .contains("0.42 ms")
                .contains("CREATE INDEX ON threads (user_id)")
                .contains("One query wants an index that is missing")
                .contains("3 threads were changed by others")
                .contains("1,349,900");
    }

    @Test
    void historyTellsOfKillsAndResumes() {
        assertThat(aReport()
                        .run(7, "COMPLETED", null, true)
                        .run(6, "KILLED", null, false)
                        .page())
                .contains("Resumed after run 6.")
                .contains("Killed, or its machine was lost.");
    }

    @Test
    void whatNeverHappenedIsLeftOut() {
        assertThat(aReport().withoutValidation().tooShortForAChart().page())
                .doesNotContain("id=\"validation\"")
                .doesNotContain("id=\"pace\"")
                .contains("None.");
    }
}
