package dev.threadsmigration.legacy;

import dev.threadsmigration.database.MemoryShare;
import dev.threadsmigration.model.LegacyRow;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads a key range page by page: each page asks for the rows after the last key, which the key's index answers as
 * quickly at the end of a large table as at its start. Its checkpoint is the last row that was handed out.
 *
 * <p>Where an earlier run settled most rows, of those nothing but the key is read.
 */
public final class LegacyReader implements ItemStreamReader<LegacyRow>, PageReader {

    private static final String KEY = "legacy.key";
    private static final String OCCURRENCE = "legacy.occurrence";
    private static final String WITHOUT_KEY = "legacy.withoutKey";

    private final LegacyRows rows;
    private final KeyRange range;
    private final PageSize pageSize;
    private final @Nullable SettledKeys settled;

    private final Deque<LegacyRow> page = new ArrayDeque<>();
    private @Nullable String pageEnd;
    private boolean exhausted;
    /** Whether the next page is probably settled; the row before it tells. */
    private boolean probablySettled;

    private @Nullable LegacyRow last;
    private long withoutKey;

    /**
     * @param pageSize its own, since it learns
     * @param settled what need not be read again; null: nothing was settled before
     */
    public LegacyReader(LegacyRows rows, KeyRange range, PageSize pageSize, @Nullable SettledKeys settled) {
        this.rows = rows;
        this.range = range;
        this.pageSize = pageSize;
        this.settled = settled;
        this.probablySettled = settled != null;
    }

    @Override
    public void open(ExecutionContext context) {
        try {
            page.clear();
            exhausted = false;
            withoutKey = context.getLong(WITHOUT_KEY, 0);
            if (context.containsKey(KEY)) {
                resumeAfter(context.getString(KEY), context.getLong(OCCURRENCE));
            } else {
                pageEnd = range.after();
                if (range.holdsRowsWithoutKey()) {
                    skip(rows.withoutKey(), withoutKey);
                }
            }
        } catch (SQLException e) {
            throw new LegacyDatabaseException(e);
        }
    }

    private void resumeAfter(String key, long occurrence) throws SQLException {
        pageEnd = key;
        skip(rows.withKey(key), occurrence);
    }

    private void skip(Collection<LegacyRow> candidates, long done) {
        candidates.stream().skip(done).forEach(page::add);
    }

    @Override
    public @Nullable LegacyRow read() {
        if (page.isEmpty() && !exhausted) {
            fetch();
        }
        LegacyRow row = page.poll();
        if (row != null) {
            last = row;
            if (row.legacyId() == null) {
                withoutKey++;
            }
        }
        return row;
    }

    @Override
    public boolean isChunkFull() {
        return pageSize.wasSmall() && page.isEmpty();
    }

    private void fetch() {
        try {
            page.addAll(pageSize.fitting(
                    rows,
                    () -> settled != null && probablySettled
                            ? rows.page(pageEnd, range.upTo(), pageSize, settled)
                            : rows.page(pageEnd, range.upTo(), pageSize)));
        } catch (SQLException e) {
            throw rows.isTooLarge(e)
                    ? tooLarge()
                    : rows.isAboutData(e) ? withoutKeys(e) : new LegacyDatabaseException(e);
        }
        if (!page.isEmpty() && Objects.equals(page.peek().legacyId(), pageEnd)) {
            // Its order is not that of what it is read as, such as broken UTF-8: it would come for ever.
            throw new IllegalStateException(
                    "the key '%s' of %s is not found again by what it is read as: correct it, or leave its row out with a where: filter"
                            .formatted(pageEnd, rows.describe()));
        }
        if (page.isEmpty()) {
            exhausted = true;
        } else {
            LegacyRow end = page.getLast();
            pageEnd = Objects.requireNonNull(end.legacyId());
            probablySettled = end.isPassedOver()
                    || settled != null && settled.without(List.of(pageEnd)).isEmpty();
        }
    }

    private IllegalStateException withoutKeys(SQLException why) {
        return new IllegalStateException(
                "not even the keys of %s can be read%s (%s): correct the key in legacy, or leave its row out with a where: filter"
                        .formatted(
                                rows.describe(), pageEnd == null ? "" : " after '" + pageEnd + "'", why.getMessage()));
    }

    private IllegalStateException tooLarge() {
        return new IllegalStateException(
                "a row of %s%s is larger than the %s that Java's memory of %s has room for at once: give it more with -Xmx, or leave the row out with a where: filter"
                        .formatted(
                                rows.describe(),
                                pageEnd == null ? "" : ", one of the two after the key '" + pageEnd + "',",
                                pageSize.memory(),
                                MemoryShare.heap()));
    }

    @Override
    public void update(ExecutionContext context) {
        if (last == null) {
            return;
        }
        if (last.legacyId() == null) {
            context.putLong(WITHOUT_KEY, withoutKey);
        } else {
            context.putString(KEY, last.legacyId());
            context.putLong(OCCURRENCE, last.occurrence());
        }
    }
}
