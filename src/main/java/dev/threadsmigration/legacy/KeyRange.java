package dev.threadsmigration.legacy;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a legacy table, by its key.
 *
 * @param ordinal from 0; the first range also holds the rows without a key
 * @param after the last key before the range; null: from the first
 * @param upTo the last key of the range; null: no end, so that rows added later are in the last range
 */
public record KeyRange(
        int ordinal, @Nullable String after, @Nullable String upTo) {

    /** All keys. */
    public static final KeyRange WHOLE = new KeyRange(0, null, null);

    boolean holdsRowsWithoutKey() {
        return ordinal == 0;
    }

    /** The ranges that these keys, in their order, divide all keys into. */
    public static List<KeyRange> between(List<String> bounds) {
        List<KeyRange> ranges = new ArrayList<>();
        for (int i = 0; i <= bounds.size(); i++) {
            ranges.add(new KeyRange(i, i == 0 ? null : bounds.get(i - 1), i == bounds.size() ? null : bounds.get(i)));
        }
        return ranges;
    }
}
