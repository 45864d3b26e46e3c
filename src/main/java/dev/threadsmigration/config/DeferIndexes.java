package dev.threadsmigration.config;

/** When the target's secondary indexes and foreign keys are taken off for the load and put back after it. */
public enum DeferIndexes {
    /** Only for tables that are empty. */
    AUTO,
    /** Also for tables that hold rows, whose users miss the indexes meanwhile. */
    ALWAYS,
    NEVER
}
