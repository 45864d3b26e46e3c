package dev.threadsmigration.ledger;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A migrated record for which a rollback does more than remove it, or less.
 *
 * @param targetHash of the record as it was found in the target; 0 where it is not there
 * @param legacyHash of what its legacy row gave when it was looked at; null where there was none, or where it would be rejected;
 *     of a record that is not there, of what was migrated
 * @param detail why, for a person
 * @param done whether the legacy side has it
 */
public record RollbackItem(
        String legacyId,
        int occurrence,
        UUID newId,
        Action action,
        long targetHash,
        @Nullable Long legacyHash,
        @Nullable String detail,
        boolean done) {

    private static final String NOT_IN_LEGACY = "its change is not in legacy";

    /** Why its record must stay while legacy does not have its change. */
    public String whyNotInLegacy() {
        return detail != null && detail.startsWith(NOT_IN_LEGACY) ? detail : NOT_IN_LEGACY;
    }

    static String whyNotInLegacy(String refusal) {
        return NOT_IN_LEGACY + ": " + refusal;
    }

    /** What is done. */
    public enum Action {
        /** It changed in the new system: the change is written to its legacy row. */
        CARRY,
        /** Its legacy row was deleted meanwhile: it is inserted again. */
        RESTORE,
        /** It changed on both sides, or its change cannot be carried back, and nobody has said what to do. */
        CONFLICT,
        /** It changed on both sides, and the legacy row stays as it is. */
        KEEP_LEGACY,
        /** It was deleted in the new system; the legacy row stays. */
        GONE,
        /** It stays in the target. */
        KEPT,
        /** It stays in the target, and its change is in legacy as well. */
        CARRIED_AND_KEPT;

        /** Whether the record's legacy row is to be written. */
        public boolean writesLegacy() {
            return this == CARRY || this == RESTORE;
        }
    }

    /** Of a record that the new system has deleted. */
    public static RollbackItem gone(MappedRow row) {
        return new RollbackItem(
                row.legacyId(),
                row.occurrence(),
                row.newId(),
                Action.GONE,
                0,
                row.contentHash(),
                "deleted in the new system",
                true);
    }

    /** As {@link Ledger#mark}. */
    public String mark() {
        return Ledger.mark(occurrence, legacyId);
    }
}
