package dev.threadsmigration.report;

import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.Counts;
import dev.threadsmigration.ledger.FollowedChanges;
import dev.threadsmigration.ledger.QueryTiming;
import dev.threadsmigration.ledger.RejectedRecord;
import dev.threadsmigration.ledger.ValidationIssue;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The report for machines; scripts rely on its keys. */
final class JsonReport {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonReport() {}

    /** @param errorFile null where there is none */
    static String write(RunReport report, RunDetails details, @Nullable Path errorFile) {
        ObjectNode json = JSON.createObjectNode();
        json.put("command", report.command());
        json.put("migration", report.migration());
        json.put("preset", report.preset());
        json.put("runId", report.runId());
        json.put("status", report.status().name());
        json.put("dryRun", report.dryRun());
        json.put("startedAt", report.startedAt().toString());
        json.put("endedAt", report.endedAt().toString());
        json.put("durationMs", report.duration().toMillis());
        json.put("resumed", report.resumed());
        json.put("finishedBefore", report.finishedBefore());
        json.put("undo", report.undo());
        json.put("nothingTouched", report.nothingTouched());
        json.put("tooManyRejects", report.tooManyRejects());
        json.put("tooManyDeleted", report.tooManyDeleted());
        json.put("problem", report.problem());
        ObjectNode entities = json.putObject("entities");
        report.entities()
                .forEach((entity, counts) -> entity(
                        entities.putObject(entity.label()),
                        counts,
                        report.recordsPerSecond().get(entity)));
        ObjectNode byCode = json.putObject("rejectedByCode");
        report.rejectedByCode().forEach(byCode::put);
        ArrayNode errors = json.putArray("errors");
        report.errors().forEach(error -> error(errors.addObject(), error));
        json.put("errorFile", errorFile == null ? null : errorFile.toString());
        validation(json, report.validation());
        rollback(json, report.rollback());
        changes(json.putObject("changes"), report.changes());
        dualWrite(json, report.dualWrite());
        ArrayNode deferred = json.putArray("deferred");
        report.deferred().forEach(deferred::add);
        DetailsJson.write(json, report, details);
        return JSON.writeValueAsString(json);
    }

    private static void entity(ObjectNode json, Counts counts, @Nullable Long recordsPerSecond) {
        json.put("total", counts.total());
        json.put("migrated", counts.migrated());
        json.put("duplicate", counts.duplicate());
        json.put("rejected", counts.rejected());
        json.put("remaining", counts.remaining());
        json.put("recordsPerSecond", recordsPerSecond);
    }

    static void error(ObjectNode json, RejectedRecord error) {
        json.put("entity", error.entity());
        json.put("legacyId", error.legacyId());
        json.put("code", error.code());
        json.put("field", error.field());
        json.put("message", error.message());
    }

    private static void rollback(ObjectNode json, RunReport.@Nullable Rollback rollback) {
        if (rollback == null) {
            json.putNull("rollback");
            return;
        }
        ObjectNode node = json.putObject("rollback");
        node.put("restored", rollback.restored());
        node.put("removed", rollback.removed());
        node.put("kept", rollback.kept());
        keptBecause(node, rollback.keptBecause());
        node.put("deletedInTarget", rollback.gone());
        node.put("legacyKept", rollback.legacyKept());
    }

    private static void changes(ObjectNode json, FollowedChanges.Totals changes) {
        json.put("updated", changes.updated());
        json.put("kept", changes.kept());
        keptBecause(json, changes.keptBecause());
        ObjectNode deleted = json.putObject("deleted");
        deleted.put("removed", changes.deleted().removed());
        deleted.put("forgotten", changes.deleted().forgotten());
        deleted.put("kept", changes.deleted().kept());
        keptBecause(deleted, changes.deleted().keptBecause());
        deleted.put("waiting", changes.deleted().waiting());
    }

    private static void dualWrite(ObjectNode json, RunReport.@Nullable DualWrite dualWrite) {
        if (dualWrite == null) {
            json.putNull("dualWrite");
            return;
        }
        ObjectNode node = json.putObject("dualWrite");
        for (CarriedWrites.Action action : CarriedWrites.Action.values()) {
            node.put(action.label(), dualWrite.carried().of(action));
        }
        keptBecause(node, dualWrite.carried().keptBecause());
        node.put("waiting", dualWrite.waiting().unseen());
        node.put("held", dualWrite.waiting().held());
        ObjectNode because = node.putObject("heldBecause");
        dualWrite.waiting().heldBecause().forEach(because::put);
    }

    private static void keptBecause(ObjectNode json, Map<String, Long> counts) {
        ObjectNode because = json.putObject("keptBecause");
        counts.forEach(because::put);
    }

    private static void validation(ObjectNode json, RunReport.@Nullable Validation validation) {
        if (validation == null) {
            json.putNull("validation");
            return;
        }
        ObjectNode found = json.putObject("validation");
        found.put("mode", validation.mode());
        RunReport.Earlier earlier = validation.earlier();
        if (earlier == null) {
            found.putNull("earlierRun");
        } else {
            found.putObject("earlierRun")
                    .put("runId", earlier.runId())
                    .put(
                            "endedAt",
                            earlier.endedAt() == null ? null : earlier.endedAt().toString());
        }
        found.put("valid", validation.isValid());
        found.put("compared", validation.compared());
        found.put("missing", validation.missing());
        found.put("different", validation.different());
        found.put("unexpected", validation.unexpected());
        found.put("withoutOutcome", validation.withoutOutcome());
        ObjectNode entities = found.putObject("entities");
        validation.totals().forEach((entity, totals) -> {
            ObjectNode node = entities.putObject(entity.label());
            node.put("legacy", totals.seen());
            node.put("compared", totals.compared());
            node.put("missing", totals.missing());
            node.put("different", totals.different());
            node.put("withoutOutcome", totals.unsettled());
            node.put("vanishedFromLegacy", validation.vanished().get(entity));
        });
        ArrayNode issues = found.putArray("issues");
        for (ValidationIssue issue : validation.issues()) {
            ObjectNode node = issues.addObject();
            node.put("entity", issue.entity());
            node.put("legacyId", issue.legacyId());
            node.put("kind", issue.kind());
            node.put("field", issue.field());
            node.put("legacyValue", issue.legacyValue());
            node.put("expected", issue.expected());
            node.put("found", issue.found());
        }
        ArrayNode queries = found.putArray("queries");
        for (QueryTiming timing : validation.queries()) {
            ObjectNode node = queries.addObject();
            node.put("name", timing.name());
            node.put("p50Ms", timing.p50Ms());
            node.put("p95Ms", timing.p95Ms());
            node.put("rows", timing.rows());
            node.put("plan", timing.plan());
            node.put("missingIndex", timing.missingIndex());
        }
        ArrayNode notReversible = found.putArray("notReversible");
        validation.notReversible().forEach(notReversible::add);
        ObjectNode roundTrip = found.putObject("roundTrip");
        validation.lost().forEach(roundTrip::put);
        ArrayNode slow = found.putArray("slow");
        validation.slow().forEach(slow::add);
    }
}
