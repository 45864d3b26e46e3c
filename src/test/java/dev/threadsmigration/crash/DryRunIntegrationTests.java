package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.crash.Fault.Point;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A dry run foretells what the real run reports, and leaves nothing behind. */
class DryRunIntegrationTests {

    @Test
    void dryRunForetellsTheReportAndChangesNothing() {
        ProcessForum forum = ProcessForum.untouched();
        List<String> before = everything(forum.target());

        List<String> foretold = report(forum, "--dry-run");

        assertThat(everything(forum.target())).isEqualTo(before);
        assertThat(report(forum)).isEqualTo(foretold);
        forum.outcomes().assertComplete();
    }

    @Test
    void dryRunThatIsKilledChangesNothing() {
        ProcessForum forum = ProcessForum.untouched();
        List<String> before = everything(forum.target());

        forum.killAt(Fault.at(Point.AFTER_READ, 12), "--dry-run");

        assertThat(everything(forum.target())).isEqualTo(before);
        forum.run("migrate");
        forum.outcomes().assertComplete();
    }

    @Test
    void dryRunOfHalfAMigrationForetellsItsEndAndChangesNothing() {
        ProcessForum forum = ProcessForum.untouched();
        forum.killAt(Fault.at(Point.AFTER_COMMIT, 12));
        List<String> before = everything(forum.target());

        List<String> foretold = report(forum, "--dry-run");

        assertThat(everything(forum.target())).isEqualTo(before);
        assertThat(report(forum)).isEqualTo(foretold);
        forum.outcomes().assertComplete();
    }

    /** A run's counts and codes, and what its error file says of every reject. */
    private static List<String> report(ProcessForum forum, String... options) {
        Path file = forum.folder().resolve("report.json");
        List<String> all = new ArrayList<>(List.of(options));
        all.addAll(List.of("--report", file.toString()));
        forum.run("migrate", all.toArray(String[]::new));
        JsonNode report = JsonMapper.shared().readTree(file);
        report.path("entities").forEach(entity -> ((ObjectNode) entity).remove("recordsPerSecond"));
        List<String> outcome = new ArrayList<>();
        List.of("status", "entities", "rejectedByCode")
                .forEach(key -> outcome.add(report.required(key).toString()));
        outcome.addAll(sortedLines(Path.of(report.path("errorFile").asString())));
        return outcome;
    }

    private static List<String> sortedLines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every schema, and every table with a hash of its rows. */
    private static List<String> everything(Database database) {
        List<String> found = database.list("SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' ORDER BY 1");
        String tables = "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables"
                + " WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1";
        for (String table : database.list(tables)) {
            found.add(table + " "
                    + database.value("SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM " + table + " t"));
        }
        return found;
    }
}
