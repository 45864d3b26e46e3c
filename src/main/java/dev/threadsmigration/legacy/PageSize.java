package dev.threadsmigration.legacy;

import dev.threadsmigration.database.MemoryShare;
import java.sql.SQLException;

/**
 * How many rows the next page is asked for: as many as are wanted, and fewer where rows are so large that the memory has no
 * room for those. Follows the rows' size, since large ones may stand side by side.
 */
public final class PageSize {

    /** A result that was too large is asked for again with a quarter of its rows. */
    private static final int SHRINK = 4;

    private final int wanted;
    private final MemoryShare memory;
    private int rows;
    private boolean small;

    /** Reads a page of {@link #rows} at most. */
    public interface Reading<T> {
        T read() throws SQLException;
    }

    /**
     * @param wanted rows, where they are not large
     * @param memory what a result may take of it
     */
    public PageSize(int wanted, MemoryShare memory) {
        this.wanted = wanted;
        this.memory = memory;
        this.rows = wanted;
    }

    public int rows() {
        return rows;
    }

    MemoryShare memory() {
        return memory;
    }

    /** Whether a page ends with the row by which its rows have so many bytes. */
    boolean isFilledBy(long bytes) {
        return bytes > memory.ofChunk();
    }

    /** Whether the last page had fewer rows than are wanted, since they are large. */
    public boolean wasSmall() {
        return small;
    }

    /**
     * Reads a page, and again with fewer rows while those are too large.
     *
     * @throws SQLException also where one row alone is
     */
    public <T> T fitting(LegacyRows from, Reading<T> page) throws SQLException {
        small = isLessThanWanted();
        while (true) {
            try {
                T read = page.read();
                small |= isLessThanWanted();
                return read;
            } catch (SQLException e) {
                if (!from.isTooLarge(e) || !shrink()) {
                    throw e;
                }
                small = true;
            }
        }
    }

    boolean isLessThanWanted() {
        return rows < wanted;
    }

    /** The driver could not hold as many. @return false where it was one row alone */
    boolean shrink() {
        if (rows == 1) {
            return false;
        }
        rows = Math.max(1, rows / SHRINK);
        return true;
    }

    /** A page of so many rows had so many bytes. At most twice as many rows follow: the next ones may be larger again. */
    void adapt(int read, long bytes) {
        double fitting = bytes == 0 ? wanted : read * ((double) memory.ofChunk() / bytes);
        rows = (int) Math.max(1, Math.min(Math.min(wanted, 2L * rows), fitting));
    }
}
