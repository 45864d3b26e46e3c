package dev.threadsmigration.database;

/**
 * How much of the heap a query's result may take, so that large records end in small chunks and not in an {@link
 * OutOfMemoryError}. That one is no end at all for PostgreSQL's driver: it goes on, out of step with the server, and waits
 * for bytes that never come.
 *
 * @param bytes of one result, as the driver counts them
 */
public record MemoryShare(long bytes) {

    /** As much as the driver holds is held again as values, again as what becomes of them, and once more while it is written. */
    private static final int COPIES = 4;

    private static final long LEAST = 1 << 20;

    /** That of each of so many lanes which read and write side by side. */
    public static MemoryShare ofLanes(int lanes) {
        return new MemoryShare(Math.max(LEAST, Runtime.getRuntime().maxMemory() / COPIES / lanes));
    }

    /** For people: how much memory Java may use for objects. */
    public static String heap() {
        return megabytes(Runtime.getRuntime().maxMemory());
    }

    /** The same of a result. */
    @Override
    public String toString() {
        return megabytes(bytes);
    }

    private static String megabytes(long bytes) {
        return (bytes >> 20) + " MB";
    }

    /** How many bytes of values a chunk's rows may have together: half, since the next row may be larger than the others. */
    public long ofChunk() {
        return bytes / 2;
    }
}
