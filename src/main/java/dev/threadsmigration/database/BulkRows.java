package dev.threadsmigration.database;

import org.jspecify.annotations.Nullable;

/** Rows to load: how many there are, and the value of each column of each. */
public interface BulkRows {

    int size();

    /**
     * A {@link java.util.UUID}, {@link String}, {@link java.time.Instant}, {@link dev.threadsmigration.model.Metadata},
     * {@link Boolean}, {@link Integer}, {@link Long} or null.
     */
    @Nullable
    Object value(int row, int column);
}
