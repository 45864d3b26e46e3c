package dev.threadsmigration.report.html;

import dev.threadsmigration.ledger.RunStatus;
import dev.threadsmigration.report.NextStep;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON report as the page reads it. What an older or shorter report lacks is empty or null. */
record ReportDocument(
        String command,
        String migration,
        String preset,
        String runId,
        RunStatus status,
        boolean dryRun,
        Instant startedAt,
        Instant endedAt,
        long durationMs,
        boolean resumed,
        boolean finishedBefore,
        boolean undo,
        boolean nothingTouched,
        boolean tooManyRejects,
        boolean tooManyDeleted,
        @Nullable String problem,
        Map<String, Counts> entities,
        Map<String, Long> rejectedByCode,
        Map<String, List<Reject>> rejectExamples,
        List<Reject> errors,
        @Nullable String errorFile,
        @Nullable Validation validation,
        @Nullable JsonNode rollback,
        @Nullable JsonNode changes,
        @Nullable JsonNode dualWrite,
        List<String> deferred,
        List<Sample> progress,
        List<Run> history,
        List<NextStep> next,
        Map<String, String> settings,
        @Nullable String jobFile,
        @Nullable String version,
        boolean redacted) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    ReportDocument {
        entities = Absent.asEmpty(entities);
        rejectedByCode = Absent.asEmpty(rejectedByCode);
        rejectExamples = Absent.asEmpty(rejectExamples);
        errors = Absent.asEmpty(errors);
        deferred = Absent.asEmpty(deferred);
        progress = Absent.asEmpty(progress);
        history = Absent.asEmpty(history);
        next = Absent.asEmpty(next);
        settings = Absent.asEmpty(settings);
    }

    static ReportDocument read(String json) {
        return JSON.readValue(json, ReportDocument.class);
    }

    /** An entity's equation. */
    record Counts(
            long total,
            long migrated,
            long duplicate,
            long rejected,
            long remaining,
            @Nullable Long recordsPerSecond) {}

    /** A rejected record. */
    record Reject(
            String entity,
            @Nullable String legacyId,
            String code,
            @Nullable String field,
            String message) {}

    /** What validation found; {@code unexpected} and {@code queries} where they were looked into. */
    record Validation(
            String mode,
            @Nullable Earlier earlierRun,
            boolean valid,
            long compared,
            long missing,
            long different,
            @Nullable Long unexpected,
            long withoutOutcome,
            List<Issue> issues,
            List<Query> queries,
            List<String> slow,
            List<String> notReversible,
            Map<String, Long> roundTrip) {

        Validation {
            issues = Absent.asEmpty(issues);
            queries = Absent.asEmpty(queries);
            slow = Absent.asEmpty(slow);
            notReversible = Absent.asEmpty(notReversible);
            roundTrip = Absent.asEmpty(roundTrip);
        }

        /** Of which earlier run it is, with a space before it; empty where it is of the one reported on. */
        String by() {
            return earlierRun == null ? "" : " of " + earlierRun.words();
        }

        boolean foundNothing() {
            return found() == 0 && slow.isEmpty();
        }

        long found() {
            return missing + different + (unexpected == null ? 0 : unexpected);
        }
    }

    /** An earlier run that compared; its number and its end where they are known. */
    record Earlier(@Nullable Long runId, @Nullable Instant endedAt) {

        String words() {
            return (runId == null ? "an earlier run" : "run " + runId)
                    + (endedAt == null ? "" : " (" + Shown.time(endedAt) + ")");
        }
    }

    /** A record that is missing, or a field that differs. */
    record Issue(
            String entity,
            @Nullable String legacyId,
            String kind,
            @Nullable String field,
            @Nullable String legacyValue,
            @Nullable String expected,
            @Nullable String found) {}

    /** A timed query. */
    record Query(
            String name,
            @Nullable Double p50Ms,
            @Nullable Double p95Ms,
            @Nullable Long rows,
            @Nullable JsonNode plan,
            @Nullable JsonNode missingIndex) {}

    /** Whether a rollback followed by itself upon what validation found. */
    boolean takenBack() {
        return !command.equals("rollback") && rollback != null && rollback.isObject();
    }

    /** A moment of the run. */
    record Sample(long atMs, long remaining, Map<String, Long> moved) {}

    /** A run of the migration; the latest stand first. */
    record Run(
            long runId,
            String command,
            RunStatus status,
            Instant startedAt,
            @Nullable Instant endedAt,
            @Nullable String message,
            boolean current) {}

    /** Legacy records without an outcome, as far as the equation or the validation tells. */
    long notYetMoved() {
        return Math.max(sum(Counts::remaining), validation == null ? 0 : validation.withoutOutcome());
    }

    long sum(ToLongFunction<Counts> of) {
        return entities.values().stream().mapToLong(of).sum();
    }
}
