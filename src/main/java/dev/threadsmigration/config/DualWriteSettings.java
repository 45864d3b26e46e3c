package dev.threadsmigration.config;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Dual-write: what the application writes into the target is queued there, and {@code sync} carries it to legacy.
 *
 * @param enabled whether the application's writes into the target are queued for {@code sync}
 * @param onConflict what {@code sync} does about a record that changed on both sides
 * @param deletes what {@code sync} does about a record that the application deleted
 * @param fallbackToLegacy whether {@code DualWriteThreadStore} looks in legacy for a record that the target does not have
 * @param backfillOnRead whether it moves a record that it found there
 */
public record DualWriteSettings(
        @DefaultValue("false") boolean enabled,
        @DefaultValue("hold") SyncConflict onConflict,
        @DefaultValue("keep") SyncDeletes deletes,
        @DefaultValue("true") boolean fallbackToLegacy,
        @DefaultValue("true") boolean backfillOnRead) {}
