package dev.threadsmigration.config;

/** What happens to a text that is longer than the target's column. */
public enum TooLong {
    REJECT,
    /** Cut at the limit; a thread keeps the whole in its metadata. */
    TRUNCATE
}
