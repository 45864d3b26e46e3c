package dev.threadsmigration.config;

/**
 * When the target's secondary indexes and foreign keys are taken off for the load and put back after it. This version never
 * does: {@link #AUTO} leaves them in place, {@link #ALWAYS} is refused.
 */
public enum DeferIndexes {
    /** Only for tables that are empty. */
    AUTO,
    ALWAYS,
    NEVER
}
