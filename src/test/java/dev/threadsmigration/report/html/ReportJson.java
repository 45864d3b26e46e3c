package dev.threadsmigration.report.html;

import java.time.Instant;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds reports as {@code report.json} holds them. */
final class ReportJson {

    static final String SCRIPT = "<script>document.title = 'owned'</script>";

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant START = Instant.parse("2026-03-07T22:00:00Z");

    private final ObjectNode report = JSON.createObjectNode();

    private ReportJson() {}

    /** A migration of a million threads that went well. */
    static ReportJson aReport() {
        ReportJson json = new ReportJson();
        json.report.put("command", "migrate").put("migration", "forum-2026").put("preset", "legacy-v1");
        json.report.put("runId", "7").put("status", "COMPLETED").put("dryRun", false);
        json.report
                .put("startedAt", START.toString())
                .put("endedAt", START.plusSeconds(95).toString());
        json.report.put("durationMs", 95_000).put("resumed", false).putNull("problem");
        json.report.put("version", "1.0.0").put("jobFile", "jobs/forum.yml");
        json.entity("users", 50_000, 0, 0);
        json.entity("threads", 1_000_000, 0, 0);
        json.entity("feedback", 300_000, 0, 0);
        json.validation("full", 0, 0);
        json.report
                .putObject("settings")
                .put("chunk-size", "2500")
                .put("source.url", "jdbc:postgresql://legacy-db/forum");
        return json.progress();
    }

    ReportJson command(String command) {
        report.put("command", command);
        return this;
    }

    ReportJson ended(String status, String problem) {
        report.put("status", status).put("problem", problem);
        return this;
    }

    ReportJson dryRun() {
        report.put("dryRun", true);
        return this;
    }

    ReportJson next(String what, String run) {
        report.withArray("/next").addObject().put("what", what).put("run", run);
        return this;
    }

    ReportJson entity(String name, long total, long rejected, long remaining) {
        ObjectNode entities = report.withObject("/entities");
        entities.putObject(name)
                .put("total", total)
                .put("migrated", total - rejected - remaining)
                .put("duplicate", 0)
                .put("rejected", rejected)
                .put("remaining", remaining)
                .put("recordsPerSecond", 14_200);
        return this;
    }

    ReportJson withoutValidation() {
        report.putNull("validation");
        return this;
    }

    ReportJson validation(String mode, long missing, long different) {
        ObjectNode validation = report.putObject("validation");
        validation.put("mode", mode).put("valid", missing + different == 0).put("compared", 1_350_000);
        validation.put("missing", missing).put("different", different).put("unexpected", 0);
        return this;
    }

    ReportJson difference(String id, String field, String expected, String found) {
        ObjectNode validation = (ObjectNode) report.get("validation");
        validation
                .withArray("/issues")
                .addObject()
                .put("entity", "threads")
                .put("legacyId", id)
                .put("kind", field == null ? "missing" : "different")
                .put("field", field)
                .put("legacyValue", expected)
                .put("expected", expected)
                .put("found", found);
        return this;
    }

    ReportJson query(String name, double p50, double p95, String plan, String missingIndex) {
        ObjectNode validation = (ObjectNode) report.get("validation");
        validation
                .withArray("/queries")
                .addObject()
                .put("name", name)
                .put("p50Ms", p50)
                .put("p95Ms", p95)
                .put("rows", 50)
                .put("plan", plan)
                .put("missingIndex", missingIndex);
        return this;
    }

    /** @param shown how many stand in the list of the first ones */
    ReportJson rejects(String code, long count, int shown, String message) {
        report.withObject("/rejectedByCode").put(code, count);
        ArrayNode examples = report.withObject("/rejectExamples").putArray(code);
        ArrayNode errors = report.withArray("/errors");
        for (int i = 0; i < shown; i++) {
            ObjectNode error = JSON.createObjectNode()
                    .put("entity", "threads")
                    .put("legacyId", "t-" + (40_000 + i))
                    .put("code", code)
                    .put("field", "title")
                    .put("message", message);
            errors.add(error);
            if (i < 3) {
                examples.add(error);
            }
        }
        report.put("errorFile", "reports/forum-2026/7/errors.jsonl");
        return entity("threads", 1_000_000, count, 0);
    }

    ReportJson rollback(String keptBecause) {
        report.putObject("rollback")
                .put("restored", 12)
                .put("removed", 1_349_900)
                .put("kept", 100);
        ((ObjectNode) report.get("rollback")).putObject("keptBecause").put(keptBecause, 100);
        return this;
    }

    ReportJson run(long id, String status, String message, boolean current) {
        report.withArray("/history")
                .addObject()
                .put("runId", id)
                .put("command", "migrate")
                .put("status", status)
                .put("startedAt", START.minusSeconds((7 - id) * 3_600).toString())
                .put(
                        "endedAt",
                        status.equals("KILLED")
                                ? null
                                : START.minusSeconds((7 - id) * 3_600 - 95).toString())
                .put("message", message)
                .put("current", current);
        return this;
    }

    private ReportJson progress() {
        ArrayNode samples = report.putArray("progress");
        for (int i = 0; i <= 120; i++) {
            long users = Math.min(50_000, i * 10_000L);
            long threads = Math.max(0, Math.min(1_000_000, (i - 5) * 10_500L + Math.round(9_000 * Math.sin(i / 4.0))));
            long feedback = Math.max(0, Math.min(300_000, (i - 100) * 15_000L));
            samples.addObject()
                    .put("atMs", i * 780L)
                    .put("remaining", 1_350_000 - users - threads - feedback)
                    .putObject("moved")
                    .put("users", users)
                    .put("threads", threads)
                    .put("feedback", feedback);
        }
        return this;
    }

    ReportJson tooShortForAChart() {
        report.putArray("progress");
        return this;
    }

    String page() {
        return HtmlReport.of(JSON.writeValueAsString(report));
    }
}
