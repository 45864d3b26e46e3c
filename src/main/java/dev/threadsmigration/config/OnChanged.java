package dev.threadsmigration.config;

/** What becomes of a record whose legacy row has changed since it was moved. */
public enum OnChanged {
    /** It stays as it was moved, and validation names it. */
    KEEP,
    /** Every run reads all rows and writes what changed into the target, but for records that changed there, too. */
    UPDATE
}
