package dev.threadsmigration.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.ThreadsMigrationApplication;
import dev.threadsmigration.support.CommandRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The built-in demo through the command line: dry run, run, and the same command again. */
class DemoIntegrationTests {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Map<String, Integer> REJECTED_BY_CODE = new TreeMap<>(Map.ofEntries(
            Map.entry("user_rejected", 12),
            Map.entry("required_missing", 5),
            Map.entry("too_long", 5),
            Map.entry("nul_character", 3),
            Map.entry("user_not_found", 3),
            Map.entry("id_repeated", 2),
            Map.entry("lone_surrogate", 2),
            Map.entry("metadata_invalid", 2),
            Map.entry("thread_rejected", 2),
            Map.entry("wrong_type", 2),
            Map.entry("date_out_of_range", 1),
            Map.entry("id_taken", 1),
            Map.entry("metadata_not_object", 1),
            Map.entry("metadata_repeated_key", 1),
            Map.entry("metadata_too_deep", 1),
            Map.entry("number_out_of_range", 1),
            Map.entry("thread_not_found", 1),
            Map.entry("value_not_allowed", 1)));

    @TempDir
    Path folder;

    @Test
    void theDemoMovesEveryRecordOrSaysWhyNot() throws Exception {
        JsonNode dry = report(run("migrate", "--dry-run"), "dry.json");
        assertCounts(dry);
        assertThat(dry.get("dryRun").booleanValue()).isTrue();
        assertThat(schemas()).doesNotContain("THREADS_MIGRATION");
        long before = count("app", "threads");

        CommandRun run = run("migrate");
        JsonNode report = report(run, "report.json");
        assertCounts(report);
        assertThat(count("app", "threads")).isEqualTo(before + 10_012);
        assertThat(run.out()).contains("10,012", "Every record has its outcome", "Validation (full): VALID");
        assertKeysOfTheContract(report);
        assertErrorFile(report);

        CommandRun again = run("migrate");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("is finished", "10,045");
        assertThat(count("app", "threads")).isEqualTo(before + 10_012);

        CommandRun status = run("status");
        assertThat(status.exitCode()).isZero();
        assertThat(status.out()).contains("10,012").containsPattern("12 rejected as user_rejected");
    }

    @Test
    void whereItCannotWriteTheDemoSaysInWhichFolder() throws Exception {
        Files.createFile(folder.resolve("demo-data"));
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ThreadsMigrationApplication.class.getName())
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isEqualTo(2);
        assertThat(said)
                .contains("The demo cannot be made, for which the folder " + folder.toRealPath() + " must be one")
                .contains("demo-data")
                .doesNotContain("Exception", "\tat ");
        assertThat(said.lines()).hasSize(1);
    }

    private CommandRun run(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.add("--migration.source.url=" + url("legacy"));
        all.add("--migration.target.url=" + url("app"));
        all.add("--migration.reports=" + folder.resolve("reports"));
        if (words[0].equals("migrate")) {
            all.add("--report");
            all.add(folder.resolve(List.of(words).contains("--dry-run") ? "dry.json" : "report.json")
                    .toString());
        }
        CommandRun run = CommandRun.of(all);
        assertThat(run.exitCode()).as(run.all()).isZero();
        return run;
    }

    private JsonNode report(CommandRun run, String file) {
        assertThat(run.out()).contains("Report");
        return JSON.readTree(folder.resolve(file));
    }

    private static void assertCounts(JsonNode report) {
        assertEntity(report, "users", 504, 495, 5, 4);
        assertEntity(report, "threads", 10_045, 10_012, 3, 30);
        assertEntity(report, "feedback", 3_012, 3_000, 0, 12);
        Map<String, Integer> byCode = new TreeMap<>();
        report.get("rejectedByCode")
                .properties()
                .forEach(code -> byCode.put(code.getKey(), code.getValue().intValue()));
        assertThat(byCode).isEqualTo(REJECTED_BY_CODE);
    }

    private static void assertEntity(
            JsonNode report, String entity, int total, int migrated, int duplicate, int rejected) {
        JsonNode counts = report.get("entities").get(entity);
        assertThat(List.of(
                        counts.get("total").intValue(),
                        counts.get("migrated").intValue(),
                        counts.get("duplicate").intValue(),
                        counts.get("rejected").intValue(),
                        counts.get("remaining").intValue()))
                .as(entity)
                .containsExactly(total, migrated, duplicate, rejected, 0);
    }

    private static void assertKeysOfTheContract(JsonNode report) {
        assertThat(report.propertyNames())
                .contains(
                        "command",
                        "migration",
                        "preset",
                        "runId",
                        "status",
                        "dryRun",
                        "startedAt",
                        "endedAt",
                        "durationMs",
                        "resumed",
                        "entities",
                        "rejectedByCode",
                        "errors",
                        "errorFile",
                        "validation");
        assertThat(report.get("status").stringValue()).isEqualTo("COMPLETED");
        assertThat(report.get("command").stringValue()).isEqualTo("migrate");
        assertThat(report.get("resumed").booleanValue()).isFalse();
        assertThat(report.get("entities").get("threads").propertyNames())
                .contains("total", "migrated", "duplicate", "rejected", "remaining", "recordsPerSecond");
        assertThat(report.get("errors").size()).isEqualTo(46);
        assertThat(report.get("errors").get(0).propertyNames())
                .contains("entity", "legacyId", "code", "field", "message");
        assertThat(report.get("validation").propertyNames())
                .contains("mode", "compared", "missing", "different", "issues");
        assertThat(report.get("validation").get("mode").stringValue()).isEqualTo("full");
        assertThat(report.get("validation").get("missing").intValue()).isZero();
    }

    /** Every reject with the row that it was, found again in the legacy database. */
    private void assertErrorFile(JsonNode report) throws Exception {
        List<JsonNode> errors = lines(Path.of(report.get("errorFile").stringValue()));
        assertThat(errors).hasSize(46);
        Map<String, Integer> byCode = new TreeMap<>();
        for (JsonNode error : errors) {
            byCode.merge(error.get("code").stringValue(), 1, Integer::sum);
            assertThat(error.get("message").stringValue()).isNotBlank();
            assertThat(error.get("record").isObject()).isTrue();
            assertThat(error.get("record").get("ID").stringValue())
                    .isEqualTo(error.get("legacyId").stringValue());
        }
        assertThat(byCode).isEqualTo(REJECTED_BY_CODE);
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(JSON::readTree).toList();
    }

    private String url(String database) {
        return "jdbc:h2:file:" + folder.resolve(database) + ";DB_CLOSE_DELAY=0";
    }

    private long count(String database, String table) throws Exception {
        return Long.parseLong(ask(database, "SELECT count(*) FROM " + table).get(0));
    }

    private List<String> schemas() throws Exception {
        return ask("app", "SELECT schema_name FROM information_schema.schemata");
    }

    private List<String> ask(String database, String query) throws Exception {
        try (Connection connection = DriverManager.getConnection(url(database), "sa", "");
                ResultSet result = connection.createStatement().executeQuery(query)) {
            List<String> values = new ArrayList<>();
            while (result.next()) {
                values.add(result.getString(1));
            }
            return values;
        }
    }
}
