package dev.threadsmigration.report.html;

import static dev.threadsmigration.report.html.ReportJson.aReport;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The page in a real browser. Its pictures lie in {@code target/report-pages}. */
class ReportPageIntegrationTests {

    static final Path PICTURES = Path.of("target", "report-pages");

    private static Browser browser;

    /** Reports of every kind. */
    enum Kind {
        READY(aReport()
                .run(7, "COMPLETED", null, true)
                .run(6, "KILLED", null, false)
                .run(5, "STOPPED", null, false)),
        DIFFERENT(aHundredDifferences()),
        REJECTED(aReport().rejects("too_long", 100_000, 100, "title has 300 characters, 255 are allowed")),
        FAILED(aReport().ended("FAILED", "The disk of the target is full").entity("threads", 1_000_000, 0, 420_000)),
        ROLLED_BACK(aReport().command("rollback").withoutValidation().rollback("100 threads got new messages since"));

        private final ReportJson report;

        Kind(ReportJson report) {
            this.report = report;
        }

        private static ReportJson aHundredDifferences() {
            ReportJson report = aReport().ended("INVALID", null).validation("full", 1, 99);
            report.difference("t-0", null, null, null);
            for (int i = 1; i < 100; i++) {
                report.difference(
                        "t-" + i,
                        i % 3 == 0 ? "metadata.sla.hours" : "title",
                        i % 3 == 0 ? "24" : "How do I reset my password on a phone? " + ReportJson.SCRIPT,
                        i % 7 == 0
                                ? null
                                : i % 3 == 0 ? "48" : "How do I reset my passwort on a phone? " + ReportJson.SCRIPT);
            }
            return report.query(
                            "findByUser",
                            0.42,
                            1.31,
                            "Index Scan using threads_user_id on threads\n  Index Cond: (user_id = $1)",
                            null)
                    .query("recentThreads", 1.2, 4.8, "Index Scan Backward using threads_created_at on threads", null)
                    .query(
                            "search",
                            182.4,
                            913,
                            "Seq Scan on threads  (cost=0.00..28841.00 rows=8 width=310)\n  Filter: (title ~~* '%refund%')",
                            "CREATE INDEX ON threads USING gin (title gin_trgm_ops)");
        }
    }

    @BeforeAll
    static void open() throws IOException {
        browser = Browser.open();
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    @DisplayName("axe finds nothing, in light and dark, on a desk and on a phone")
    void everybodyCanUseIt(Kind kind) throws IOException {
        Path page = Files.createDirectories(PICTURES).resolve(kind + ".html");
        Files.writeString(page, kind.report.page());
        for (String scheme : new String[] {"light", "dark"}) {
            for (int width : new int[] {1200, 390}) {
                browser.prefer(scheme);
                browser.resize(width, 900);
                browser.show(page);
                browser.photograph(PICTURES.resolve("%s-%s-%d.png".formatted(kind, scheme, width)));

                assertThat(browser.ask("document.documentElement.scrollWidth <= window.innerWidth"))
                        .as("fits into %d pixels", width)
                        .isEqualTo(true);
                assertThat(browser.accessibilityProblems()).isEmpty();
                assertThat(browser.title()).endsWith("forum-2026, run 7");
            }
        }
        browser.print(PICTURES.resolve(kind + ".pdf"));
        assertThat(PICTURES.resolve(kind + ".pdf")).isNotEmptyFile();
    }

    @Test
    void axeWouldSayIfSomethingWereWrong() throws IOException {
        Path page = Files.createDirectories(PICTURES).resolve("broken.html");
        Files.writeString(page, aReport().page().replace("<main>", "<main><img src=\"data:\">"));
        browser.show(page);

        assertThat(browser.accessibilityProblems()).anyMatch(problem -> problem.startsWith("image-alt"));
    }
}
