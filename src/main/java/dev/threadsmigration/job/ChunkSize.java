package dev.threadsmigration.job;

/**
 * How many records the next chunk holds: what the job file says, and less from when on a chunk's records took more memory
 * than there is. Only of legacy rows it is known how large they are before their chunk is full.
 */
public final class ChunkSize {

    private static final int SHRINK = 4;

    private final boolean reducible;
    private volatile int records;

    /**
     * @param records what the job file says
     * @param reducible whether what a chunk has failed on can be tried again: not where all of them are one transaction
     */
    ChunkSize(int records, boolean reducible) {
        this.records = records;
        this.reducible = reducible;
    }

    public int records() {
        return records;
    }

    /** Makes it smaller for the rest of the run. @return false where it cannot be */
    public boolean reduce() {
        if (!reducible || records == 1) {
            return false;
        }
        records = Math.max(1, records / SHRINK);
        return true;
    }
}
