package dev.threadsmigration.config;

/** What follows a validation that found differences. */
public enum OnInvalid {
    KEEP,
    ROLLBACK
}
