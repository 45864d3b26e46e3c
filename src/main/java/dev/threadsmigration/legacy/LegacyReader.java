package dev.threadsmigration.legacy;

import dev.threadsmigration.model.LegacyRow;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Reads a key range page by page: each page asks for the rows after the last key, which the key's index answers as
 * quickly at the end of a large table as at its start. Its checkpoint is the last row that was handed out.
 */
public final class LegacyReader implements ItemStreamReader<LegacyRow> {

    private static final String KEY = "legacy.key";
    private static final String OCCURRENCE = "legacy.occurrence";
    private static final String WITHOUT_KEY = "legacy.withoutKey";

    private final LegacyRows rows;
    private final KeyRange range;
    private final int pageSize;

    private final Deque<LegacyRow> page = new ArrayDeque<>();
    private @Nullable String pageEnd;
    private boolean exhausted;
    private @Nullable LegacyRow last;
    private long withoutKey;

    public LegacyReader(LegacyRows rows, KeyRange range, int pageSize) {
        this.rows = rows;
        this.range = range;
        this.pageSize = pageSize;
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

    private void fetch() {
        try {
            page.addAll(rows.page(pageEnd, range.upTo(), pageSize));
        } catch (SQLException e) {
            throw new LegacyDatabaseException(e);
        }
        if (page.isEmpty()) {
            exhausted = true;
        } else {
            pageEnd = page.getLast().legacyId();
        }
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
