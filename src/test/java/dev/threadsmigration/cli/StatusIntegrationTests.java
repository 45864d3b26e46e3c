package dev.threadsmigration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code status} for people and for scripts. */
class StatusIntegrationTests {

    @TempDir
    private Path folder;

    @Test
    void scriptsReadTheStatusAsOneLineOfJson() {
        assertThat(json().get("state").asString()).isEqualTo("not-started");

        run("migrate");

        JsonNode status = json();
        assertThat(status.get("state").asString()).isEqualTo("completed");
        assertThat(status.get("running").booleanValue()).isFalse();
        assertThat(status.at("/entities/threads/migrated").longValue()).isEqualTo(10_012);
        assertThat(status.at("/entities/threads/remaining").longValue()).isZero();
        assertThat(status.at("/runs/0/command").asString()).isEqualTo("migrate");
    }

    @Test
    void watchingEndsWhereNothingRuns() {
        run("migrate");

        assertThat(run("status", "--watch").out()).containsOnlyOnce("not running, last completed");
    }

    @Test
    void whereTheLogIsStructuredProgressHasFieldsAndTheSummaryIsALine() {
        CommandRun run = run(
                "migrate",
                "--logging.structured.format.console=ecs",
                "--migration.max-records-per-second=1500",
                "--migration.validation.enabled=false");

        assertThat(run.exitCode()).isZero();
        List<JsonNode> lines = run.all()
                .lines()
                // Before the settings are read nobody knows of the format; this JVM's own tests log such lines.
                .filter(line -> line.startsWith("{"))
                .map(line -> JsonMapper.shared().readTree(line))
                .toList();
        assertThat(lines)
                .filteredOn(line -> line.toString().contains("threadsmigration.progress"))
                .isNotEmpty()
                .allMatch(line -> line.has("percent") && line.has("recordsPerSecond") && line.has("rejected"));
        assertThat(lines.get(lines.size() - 1).get("message").asString())
                .startsWith("Migration 'demo': migrate is complete")
                .contains("10,012");
    }

    private JsonNode json() {
        CommandRun run = run("status", "--json");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        return JsonMapper.shared().readTree(run.out());
    }

    private CommandRun run(String... words) {
        List<String> all = new ArrayList<>(Arrays.asList(words));
        all.add("--migration.source.url=jdbc:h2:file:" + folder.resolve("legacy"));
        all.add("--migration.target.url=jdbc:h2:file:" + folder.resolve("app"));
        all.add("--migration.reports=" + folder.resolve("reports"));
        return CommandRun.of(all);
    }
}
