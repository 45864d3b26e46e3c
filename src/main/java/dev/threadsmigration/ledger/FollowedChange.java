package dev.threadsmigration.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What became of a record whose legacy row changed after it was moved.
 *
 * @param row the ledger's entry of it
 * @param keptBecause why the target keeps what it has; null: it has the change
 * @param detail of this one record; null: there is nothing more to say
 */
public record FollowedChange(
        MappedRow row,
        @Nullable String keptBecause,
        @Nullable String detail) {

    /** The target has the change now. */
    public static FollowedChange updated(MappedRow row) {
        return new FollowedChange(row, null, null);
    }
}
