package dev.threadsmigration.report;

import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.Counts;
import dev.threadsmigration.ledger.FollowedChanges;
import dev.threadsmigration.ledger.QueryTiming;
import dev.threadsmigration.ledger.RejectedRecord;
import dev.threadsmigration.ledger.RunStatus;
import dev.threadsmigration.ledger.ValidationIssue;
import dev.threadsmigration.ledger.ValidationLog;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.model.Entity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended, as the ledger has it.
 *
 * @param resumed whether the run went on where an earlier one had stopped
 * @param recordsPerSecond what this run did, by entity; an entity that it did not move is absent
 * @param errors the first 100 rejects
 * @param changes what became of records that legacy changed, or deleted, after they were moved
 * @param dualWrite what became of the application's writes into the target; null where none was ever queued
 * @param deferred indexes and foreign keys of the target that are still off
 * @param finishedBefore whether an earlier run had finished the migration, so that this one had nothing to do
 * @param undo whether the run took a rollback back
 * @param nothingTouched whether the run ended before it changed anything
 * @param tooManyRejects whether {@code max-rejected} is exceeded
 * @param tooManyDeleted whether {@code max-deleted} is exceeded
 * @param problem what stopped the run, or what is wrong although it ended; null where nothing is
 */
public record RunReport(
        String command,
        String migration,
        String preset,
        String runId,
        RunStatus status,
        boolean dryRun,
        Instant startedAt,
        Instant endedAt,
        boolean resumed,
        Map<Entity, Counts> entities,
        Map<Entity, Long> recordsPerSecond,
        Map<String, Long> rejectedByCode,
        List<RejectedRecord> errors,
        @Nullable Validation validation,
        @Nullable Rollback rollback,
        FollowedChanges.Totals changes,
        @Nullable DualWrite dualWrite,
        List<String> deferred,
        boolean finishedBefore,
        boolean undo,
        boolean nothingTouched,
        boolean tooManyRejects,
        boolean tooManyDeleted,
        @Nullable String problem) {

    /** How many rejects and validation issues a report shows. */
    public static final int SHOWN = 100;

    /**
     * What validation found.
     *
     * @param mode full or sample
     * @param totals by entity
     * @param vanished legacy rows with an outcome that are no longer in legacy, by entity; known after a full validation
     * @param unexpected threads that carry our marker but are not in the ledger
     * @param issues the first 100
     * @param notReversible what the mapping cannot bring back, by field
     * @param lost how many of the compared records the way back would not give again as they are, by {@code entity.field}
     * @param slow queries that exceed {@code migration.validation.max-p95-ms}
     * @param earlier the run that compared; null where it is the one reported on
     */
    public record Validation(
            String mode,
            Map<Entity, ValidationLog.Totals> totals,
            Map<Entity, Long> vanished,
            long unexpected,
            List<ValidationIssue> issues,
            List<QueryTiming> queries,
            List<String> notReversible,
            Map<String, Long> lost,
            List<String> slow,
            @Nullable Earlier earlier) {

        /** The same, found by an earlier run. */
        public Validation by(Earlier run) {
            return new Validation(mode, totals, vanished, unexpected, issues, queries, notReversible, lost, slow, run);
        }

        /** Whether every record was compared. */
        boolean isFull() {
            return mode.equals("full");
        }

        public long compared() {
            return totals.values().stream()
                    .mapToLong(ValidationLog.Totals::compared)
                    .sum();
        }

        public long missing() {
            return totals.values().stream()
                    .mapToLong(ValidationLog.Totals::missing)
                    .sum();
        }

        public long different() {
            return totals.values().stream()
                    .mapToLong(ValidationLog.Totals::different)
                    .sum();
        }

        /** Legacy rows that no run has given an outcome, among those that were read. */
        public long withoutOutcome() {
            return totals.values().stream()
                    .mapToLong(ValidationLog.Totals::unsettled)
                    .sum();
        }

        /** The fields of {@link #lost} that {@link #notReversible} does not announce. */
        public List<String> lostWithoutReason() {
            return lost.keySet().stream()
                    .filter(field ->
                            notReversible.stream().noneMatch(why -> why.matches("(?s)\\Q" + field + "\\E\\b.*")))
                    .toList();
        }

        public boolean isValid() {
            return missing() == 0 && different() == 0 && unexpected == 0 && slow.isEmpty();
        }
    }

    /**
     * An earlier run that compared.
     *
     * @param runId null where it was not noted
     * @param endedAt null where it is not known
     */
    public record Earlier(@Nullable Long runId, @Nullable Instant endedAt) {}

    /**
     * What a rollback, or its undoing, did.
     *
     * @param restored changes that were carried back to legacy, and legacy rows that were inserted again
     * @param removed records taken out of the target; for an undo, negative: put back
     * @param kept records of ours that stay in the target; for an undo, in the snapshot, since the target refuses them
     * @param keptBecause how many of them, by reason
     * @param gone records that had been deleted in the new system already
     * @param legacyKept records that were not, or no longer, what was migrated, and whose legacy row was left as it is
     */
    public record Rollback(
            long restored, long removed, long kept, Map<String, Long> keptBecause, long gone, long legacyKept) {}

    /**
     * What became of the application's writes into the target.
     *
     * @param enabled whether the job file has dual-write now
     * @param waiting for legacy
     * @param carried of the whole migration so far
     */
    public record DualWrite(boolean enabled, WriteQueue.Waiting waiting, CarriedWrites.Totals carried) {

        /** Null where there is nothing to tell. */
        public static @Nullable DualWrite of(boolean enabled, WriteQueue queue, CarriedWrites carried) {
            DualWrite all = new DualWrite(enabled, queue.waiting(), carried.totals());
            return enabled || !all.waiting.isNone() || !all.carried.counts().isEmpty() ? all : null;
        }
    }

    /** Legacy rows that have no outcome, as far as the equation or the validation tells. */
    public long notYetMoved() {
        return Math.max(remaining(), validation == null ? 0 : validation.withoutOutcome());
    }

    /** Whether what was compared is right, and yet the two sides are not the same, since not every record has arrived. */
    public boolean isIncomplete() {
        return status == RunStatus.INVALID && validation != null && validation.isValid();
    }

    public Duration duration() {
        return Duration.between(startedAt, endedAt);
    }

    public long rejected() {
        return entities.values().stream().mapToLong(Counts::rejected).sum();
    }

    public long remaining() {
        return entities.values().stream().mapToLong(Counts::remaining).sum();
    }
}
