package dev.threadsmigration.job;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How large the ranges are that an entity is divided into, so that lanes of unequal speed come to their end together: one
 * large range for each lane, then smaller and smaller ones for whichever lane is free (factoring: Hummel, Schonberg and
 * Flynn, Communications of the ACM 35(8), 1992).
 */
final class RangeSizes {

    /** How much of what is left the next ranges take together; lanes differ by a few per cent. */
    private static final double SHARE = 0.8;

    private RangeSizes() {}

    /**
     * After how many records each range ends, but the last one, which has no end.
     *
     * @param lanes how many ranges are worked on side by side
     * @param chunk how many records are too few for a range of their own
     */
    static List<Long> ends(long total, int lanes, int chunk) {
        List<Long> ends = new ArrayList<>();
        long done = 0;
        while (lanes > 1 && total - done > 2L * lanes * chunk) {
            long size = (long) ((total - done) * SHARE / lanes);
            for (int lane = 0; lane < lanes; lane++) {
                done += size;
                ends.add(done);
            }
        }
        long left = total - done;
        for (int lane = 1; lane < lanes; lane++) {
            ends.add(done + left * lane / lanes);
        }
        return ends.stream().filter(end -> end > 0).distinct().toList();
    }

    /** Finds the key that stands so many records, at least 1, behind another one (null: from the first); null: none does. */
    interface Keys {
        @Nullable
        String behind(@Nullable String after, long distance) throws SQLException;
    }

    /**
     * The last key of each range but the last one; each is looked for from the one before, so that all are walked over once.
     * Where records come and go meanwhile, sizes differ from what was meant, and no record is left out.
     */
    static List<String> bounds(List<Long> ends, Keys keys) throws SQLException {
        List<String> bounds = new ArrayList<>();
        String bound = null;
        long before = 0;
        for (long end : ends) {
            bound = keys.behind(bound, end - before);
            if (bound == null) {
                break;
            }
            bounds.add(bound);
            before = end;
        }
        return bounds;
    }
}
