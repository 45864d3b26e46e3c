package dev.threadsmigration.legacy;

import dev.threadsmigration.database.MemoryShare;
import dev.threadsmigration.model.LegacyRow;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a random sample of a whole table. Every row is drawn with the same chance by the database while it walks the
 * table once, slightly more often than wanted, and what is too many is dropped at random; nothing is sorted.
 */
public final class SampleReader implements PageReader {

    /** How many rows are read by their keys at once, where they are not large. */
    private static final int PAGE = 500;

    private final LegacyRows rows;
    private final KeyRange range;
    private final long size;
    private final long total;
    private final PageSize pageSize;
    private @Nullable Deque<String> keys;
    private final Deque<LegacyRow> page = new ArrayDeque<>();

    /**
     * @param range only the first range draws: a sample is of the table, not of its parts
     * @param memory what a result may take of it
     */
    public SampleReader(LegacyRows rows, KeyRange range, long size, long total, MemoryShare memory) {
        this.rows = rows;
        this.range = range;
        this.size = size;
        this.total = total;
        this.pageSize = new PageSize(PAGE, memory);
    }

    @Override
    public @Nullable LegacyRow read() throws SQLException {
        if (keys == null) {
            keys = range.ordinal() == 0 ? draw() : new ArrayDeque<>();
        }
        while (page.isEmpty() && !keys.isEmpty()) {
            page.addAll(pageSize.fitting(rows, this::next));
        }
        return page.poll();
    }

    private List<LegacyRow> next() throws SQLException {
        List<String> some = keys.stream().limit(pageSize.rows()).toList();
        List<LegacyRow> read = rows.withKeys(some, pageSize);
        some.forEach(done -> keys.remove());
        return read;
    }

    @Override
    public boolean isChunkFull() {
        return pageSize.wasSmall() && page.isEmpty();
    }

    private Deque<String> draw() throws SQLException {
        // Four standard deviations of the binomial above what is wanted: too few come about once in 30,000 draws.
        double wanted = size + 4 * Math.sqrt(size) + 1;
        List<String> drawn = new ArrayList<>(rows.keys().atRandom(Math.min(1, wanted / Math.max(1, total))));
        Collections.shuffle(drawn);
        return new ArrayDeque<>(drawn.subList(0, (int) Math.min(size, drawn.size())));
    }
}
