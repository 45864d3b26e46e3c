package dev.threadsmigration.ledger;

import java.util.UUID;

/**
 * A ledger entry: where a legacy row went.
 *
 * @param migrated whether we wrote the record; false where the target held it already
 * @param contentHash of what was written or found equal; 0 for what was known by its marker
 */
public record MappedRow(String legacyId, int occurrence, UUID newId, boolean migrated, long contentHash) {

    /** The same entry after the record was written anew. */
    public MappedRow withContent(long hash) {
        return new MappedRow(legacyId, occurrence, newId, migrated, hash);
    }

    /** As {@link Ledger#mark}. */
    public String mark() {
        return Ledger.mark(occurrence, legacyId);
    }
}
