package dev.threadsmigration.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A command that was run on a forum, and what it reported.
 *
 * @param report a missing node where there is none
 */
public record ReportedRun(CommandRun run, JsonNode report) {

    public static ReportedRun of(Forum forum, Path folder, String command, String... more) {
        Path file = folder.resolve("last-report.json");
        try {
            Files.deleteIfExists(file);
            List<String> words = new ArrayList<>(List.of(more));
            words.add("--report=" + file);
            CommandRun run = forum.run(folder, command, words.toArray(String[]::new));
            JsonMapper json = JsonMapper.shared();
            return new ReportedRun(
                    run, Files.exists(file) ? json.readTree(Files.readString(file)) : json.missingNode());
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public ReportedRun endsWith(int exitCode) {
        assertThat(run.exitCode()).as(run.all()).isEqualTo(exitCode);
        return this;
    }

    public JsonNode validation() {
        return report.path("validation");
    }

    public JsonNode rollback() {
        return report.path("rollback");
    }

    /** A number of the report, by its path such as {@code /rollback/removed}. */
    public long number(String path) {
        return report.at(path).longValue();
    }

    /** What validation found, as {@code entity legacyId kind field}. */
    public List<String> found() {
        return issues("entity", "legacyId", "kind", "field");
    }

    /** What validation found, these keys of each issue joined by a space. */
    public List<String> issues(String... keys) {
        List<String> issues = new ArrayList<>();
        for (JsonNode issue : validation().path("issues")) {
            List<String> values = new ArrayList<>();
            for (String key : keys) {
                values.add(issue.path(key).isNull() ? "-" : issue.path(key).asString());
            }
            issues.add(String.join(" ", values));
        }
        return issues;
    }
}
