package dev.threadsmigration.config;

/** What becomes of a record whose legacy row was deleted since it was moved. */
public enum OnDeleted {
    /** It stays as it was moved, and validation counts its legacy row as vanished. */
    KEEP,
    /** Every later run takes it out of the target, unless people changed it there or rows that stay refer to it. */
    REMOVE
}
