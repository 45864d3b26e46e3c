package dev.threadsmigration.report;

import dev.threadsmigration.ledger.AuditLog;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The part of the report that tells how it came to its outcome. */
final class DetailsJson {

    private DetailsJson() {}

    static void write(ObjectNode json, RunReport report, RunDetails details) {
        json.put("version", details.version());
        json.put("jobFile", details.jobFile());
        json.put("redacted", details.redacted());
        ObjectNode examples = json.putObject("rejectExamples");
        details.examples().forEach((code, rejects) -> {
            ArrayNode some = examples.putArray(code);
            rejects.forEach(reject -> JsonReport.error(some.addObject(), reject));
        });
        ArrayNode progress = json.putArray("progress");
        details.samples().forEach(sample -> sample(progress.addObject(), report, sample));
        ArrayNode history = json.putArray("history");
        details.history().forEach(run -> run(history.addObject(), run, report));
        ArrayNode next = json.putArray("next");
        details.next().forEach(step -> next.addObject().put("what", step.what()).put("run", step.run()));
        ObjectNode settings = json.putObject("settings");
        details.settings().forEach(settings::put);
    }

    private static void sample(ObjectNode json, RunReport report, Timeline.Sample sample) {
        json.put("atMs", Duration.between(report.startedAt(), sample.at()).toMillis());
        json.put("remaining", sample.remaining());
        ObjectNode moved = json.putObject("moved");
        sample.moved().forEach((entity, records) -> moved.put(entity.label(), records));
    }

    /** The audit log learns how this run ended only after its report is written. */
    private static void run(ObjectNode json, AuditLog.Entry run, RunReport report) {
        boolean current = String.valueOf(run.runId()).equals(report.runId()) || report.dryRun() && run.isOpen();
        json.put("runId", run.runId());
        json.put("command", run.command());
        json.put("status", (current ? report.status() : run.status()).name());
        json.put("startedAt", run.startedAt().toString());
        json.put("endedAt", current ? report.endedAt().toString() : text(run.endedAt()));
        json.put("exitCode", run.exitCode());
        json.put("message", current ? report.problem() : run.message());
        json.put("current", current);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : Objects.toString(value);
    }
}
