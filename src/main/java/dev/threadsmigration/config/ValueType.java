package dev.threadsmigration.config;

/** What a legacy column's values mean where their SQL type does not say it. */
public enum ValueType {
    /** A number of seconds since 1970-01-01T00:00:00Z, fractions allowed. */
    EPOCH_SECONDS,
    /** A number of milliseconds since 1970-01-01T00:00:00Z. */
    EPOCH_MILLIS,
    /** A date in the first of two columns, a time of day in the second. */
    DATE_AND_TIME,
    /** 0 and 1, or a word: true, t, yes, y, on, and their opposites. */
    BOOLEAN,
    /** JSON in a text. */
    JSON,
    /** A text whose commas separate the values of a list. */
    LIST,
    /** A text without the blanks around it; nothing but blanks is no value. */
    TRIMMED
}
