package dev.threadsmigration.ledger;

import org.jspecify.annotations.Nullable;

/**
 * What became of a record whose legacy row changed, or was deleted, after it was moved.
 *
 * @param row the ledger's entry of it
 * @param deletion null: its legacy row changed
 * @param keptBecause why the target keeps what it has; null: it followed, or is still to
 * @param detail of this one record; null: there is nothing more to say
 */
public record FollowedChange(
        MappedRow row,
        @Nullable Deletion deletion,
        @Nullable String keptBecause,
        @Nullable String detail) {

    /** The target has the change now. */
    public static FollowedChange updated(MappedRow row) {
        return new FollowedChange(row, null, null, null);
    }

    /** The target keeps what it has although the legacy row changed. */
    public static FollowedChange unchanged(MappedRow row, String because, @Nullable String detail) {
        return new FollowedChange(row, null, because, detail);
    }

    /** The legacy row is gone, and nothing is done about it yet. */
    public static FollowedChange gone(MappedRow row) {
        return new FollowedChange(row, Deletion.FOUND, null, null);
    }

    /** The record was taken out of the target. */
    public static FollowedChange removed(MappedRow row) {
        return new FollowedChange(row, Deletion.REMOVED, null, null);
    }

    /** Only the ledger entry is gone. */
    public static FollowedChange forgotten(MappedRow row, String detail) {
        return new FollowedChange(row, Deletion.FORGOTTEN, null, detail);
    }

    /** The target keeps the record although its legacy row is gone. */
    public static FollowedChange kept(MappedRow row, String because, @Nullable String detail) {
        return new FollowedChange(row, Deletion.KEPT, because, detail);
    }
}
