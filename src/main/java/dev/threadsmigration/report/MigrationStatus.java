package dev.threadsmigration.report;

import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.Counts;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.model.Amount;
import dev.threadsmigration.model.Entity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a migration is at a moment, as the ledger has it.
 *
 * @param state {@code not-started}, {@code never-run}, {@code running}, {@code killed}, or how the last run ended in lower case
 * @param deferred indexes and foreign keys of the target that are off until the load has ended
 * @param queued what the application wrote into the target and legacy has not got yet
 * @param runs the latest first
 */
public record MigrationStatus(
        String migration,
        String state,
        Instant at,
        Map<Entity, Counts> entities,
        Map<String, Long> rejectedByCode,
        List<String> deferred,
        WriteQueue.Waiting queued,
        List<AuditLog.Entry> runs) {

    private static final String PURGE = "rollback --purge";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    public boolean isRunning() {
        return state.equals("running");
    }

    private boolean isForgotten() {
        return !runs.isEmpty() && runs.get(0).command().equals(PURGE);
    }

    private long done() {
        return entities.values().stream().mapToLong(Counts::done).sum();
    }

    private long remaining() {
        return entities.values().stream().mapToLong(Counts::remaining).sum();
    }

    /** Records that got their outcome in a second; null where nothing earlier is known. */
    private @Nullable Long recordsPerSecond(@Nullable MigrationStatus earlier) {
        if (earlier == null) {
            return null;
        }
        long millis = Math.max(1, Duration.between(earlier.at, at).toMillis());
        return Math.max(0, done() - earlier.done()) * 1000 / millis;
    }

    /**
     * For a person.
     *
     * @param earlier the status a while ago, for the pace; null where it is not known
     */
    public String text(@Nullable MigrationStatus earlier) {
        StringBuilder text =
                new StringBuilder("Migration '%s': %s%n%n%s".formatted(migration, words(), CountsTable.of(entities)));
        Long pace = isRunning() ? recordsPerSecond(earlier) : null;
        if (pace != null) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n  %,d records a second%s%n",
                    pace,
                    pace == 0 ? "" : ", about " + Summary.duration(Duration.ofSeconds(remaining() / pace)) + " left"));
        }
        rejectedByCode.forEach(
                (code, count) -> text.append(String.format(Locale.ROOT, "  %,11d rejected as %s%n", count, code)));
        deferred.forEach(name -> text.append("  off until the load has ended: %s%n".formatted(name)));
        if (!queued.isNone()) {
            text.append("  %s of the application in the queue for legacy, %,d of them held%n"
                    .formatted(Amount.of(queued.unseen() + queued.held(), "write"), queued.held()));
        }
        text.append(System.lineSeparator());
        runs.forEach(run -> text.append("  run %-4d %-9s %-9s %s%s%n"
                .formatted(
                        run.runId(),
                        run.command(),
                        run.status(),
                        run.startedAt(),
                        run.endedAt() == null ? "" : " to " + run.endedAt())));
        return text.toString();
    }

    private String words() {
        return switch (state) {
            case "running" -> "running now";
            case "never-run" -> "never run";
            case "killed", "stopped" -> "not running, the last run was " + state;
            case "completed" ->
                isForgotten()
                        ? "forgotten by " + PURGE + "; what it moved stays where it is"
                        : "not running, last completed"
                                + (remaining() == 0 ? "" : "; " + Summary.withoutOutcome(remaining()));
            default -> "not running, last " + state;
        };
    }

    /**
     * For a script: one line of JSON.
     *
     * @param earlier the status a while ago, for the pace; null where it is not known
     */
    public String json(@Nullable MigrationStatus earlier) {
        ObjectNode json = JSON.createObjectNode();
        json.put("migration", migration).put("state", state).put("running", isRunning());
        json.put("at", at.toString());
        json.put("recordsPerSecond", recordsPerSecond(earlier));
        ObjectNode all = json.putObject("entities");
        entities.forEach((entity, counts) -> all.putObject(entity.label())
                .put("total", counts.total())
                .put("migrated", counts.migrated())
                .put("duplicate", counts.duplicate())
                .put("rejected", counts.rejected())
                .put("remaining", counts.remaining()));
        ObjectNode byCode = json.putObject("rejectedByCode");
        rejectedByCode.forEach(byCode::put);
        ArrayNode off = json.putArray("deferred");
        deferred.forEach(off::add);
        json.putObject("queued").put("waiting", queued.unseen()).put("held", queued.held());
        ArrayNode history = json.putArray("runs");
        runs.forEach(run -> history.addObject()
                .put("runId", run.runId())
                .put("command", run.command())
                .put("status", run.status().name())
                .put("startedAt", run.startedAt().toString())
                .put("endedAt", run.endedAt() == null ? null : run.endedAt().toString())
                .put("exitCode", run.exitCode()));
        return JSON.writeValueAsString(json);
    }
}
