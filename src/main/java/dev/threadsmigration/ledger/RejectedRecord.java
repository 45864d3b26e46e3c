package dev.threadsmigration.ledger;

import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.RejectionCode;
import org.jspecify.annotations.Nullable;

/**
 * A rejected record as the ledger keeps it.
 *
 * @param id the ledger's own number
 * @param legacyId null where the legacy key is NULL
 * @param field null where it is the record as a whole
 * @param record the legacy row as a JSON object
 */
public record RejectedRecord(
        long id,
        String entity,
        @Nullable String legacyId,
        int occurrence,
        String code,
        @Nullable String field,
        String message,
        String record) {

    /** The key as legacy has it; {@link #legacyId} shows a character that the ledger cannot store as an escape. */
    public @Nullable String key() {
        boolean escaped = Field.ID.label().equals(field)
                && (RejectionCode.NUL_CHARACTER.code().equals(code)
                        || RejectionCode.LONE_SURROGATE.code().equals(code));
        return legacyId == null || !escaped ? legacyId : LegacyRowJson.unstorable(legacyId);
    }
}
