package dev.threadsmigration.ledger;

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
        String record) {}
