package dev.threadsmigration.config;

/** What becomes of the legacy row of a record that the application deleted in the target. */
public enum SyncDeletes {
    /** It stays. */
    KEEP,
    /** It is deleted, too, where nothing in legacy refers to it. */
    CARRY
}
