package dev.threadsmigration.config;

/** What becomes of a record that changed on both sides since they were the same. */
public enum SyncConflict {
    /** Both sides stay as they are, and the write stays in the queue, for a person to decide. */
    HOLD,
    /** The legacy row stays as it is, and the write leaves the queue. */
    KEEP_LEGACY,
    /** The write of the application goes over the legacy one. */
    TAKE_TARGET
}
