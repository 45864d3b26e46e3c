package dev.threadsmigration.config;

/** What a rollback does about a record that changed on both sides. */
public enum OnConflict {
    /** Touch nothing, and list the conflicts. */
    STOP,
    /** Leave the legacy row as it is; the change in the new system stays in the rollback's snapshot only. */
    KEEP_LEGACY,
    /** Write the change of the new system over the legacy one. */
    TAKE_TARGET
}
