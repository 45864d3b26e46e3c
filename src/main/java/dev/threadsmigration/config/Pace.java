package dev.threadsmigration.config;

import org.jspecify.annotations.Nullable;

/**
 * How fast a run may go.
 *
 * @param maxRecordsPerSecond null: as fast as it can
 */
public record Pace(@Nullable Long maxRecordsPerSecond, PauseWhen pauseWhen) {

    public Pace {
        check(maxRecordsPerSecond);
    }

    static void check(@Nullable Long maxRecordsPerSecond) {
        Settings.check(
                maxRecordsPerSecond == null || maxRecordsPerSecond > 0,
                "max-records-per-second",
                "must be above 0, but is " + maxRecordsPerSecond);
    }
}
