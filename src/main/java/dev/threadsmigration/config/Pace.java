package dev.threadsmigration.config;

import org.jspecify.annotations.Nullable;

/**
 * How fast a run may go.
 *
 * @param maxRecordsPerSecond null: as fast as it can
 */
public record Pace(@Nullable Long maxRecordsPerSecond, PauseWhen pauseWhen) {}
