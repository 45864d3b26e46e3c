package dev.threadsmigration.ledger;

import dev.threadsmigration.model.Entity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Reads a range of an entity's ledger entries page by page, in the order of their legacy ids. */
public final class MappedRowReader implements ItemStreamReader<MappedRow> {

    private static final String LEGACY_ID = "ledger.legacyId";
    private static final String OCCURRENCE = "ledger.occurrence";

    private final MappedRows rows;
    private final Entity entity;
    private final int pageSize;
    private final Deque<MappedRow> page = new ArrayDeque<>();
    private final @Nullable String upTo;
    private String afterId;
    private int afterOccurrence;
    private @Nullable MappedRow last;
    private boolean exhausted;

    /**
     * @param after the last legacy id before the range; null: from the first
     * @param upTo the last one in it; null: to the end
     */
    public MappedRowReader(
            MappedRows rows, Entity entity, @Nullable String after, @Nullable String upTo, int pageSize) {
        this.rows = rows;
        this.entity = entity;
        this.pageSize = pageSize;
        this.afterId = Objects.requireNonNullElse(after, "");
        // A key may be the empty text; of a bound, all occurrences are in the range before.
        this.afterOccurrence = after == null ? Integer.MIN_VALUE : Integer.MAX_VALUE;
        this.upTo = upTo;
    }

    @Override
    public void open(ExecutionContext context) {
        if (context.containsKey(LEGACY_ID)) {
            afterId = context.getString(LEGACY_ID);
            afterOccurrence = (int) context.getLong(OCCURRENCE);
        }
    }

    @Override
    public @Nullable MappedRow read() {
        if (page.isEmpty() && !exhausted) {
            page.addAll(rows.page(entity, afterId, afterOccurrence, upTo, pageSize));
            exhausted = page.size() < pageSize;
            if (!page.isEmpty()) {
                afterId = page.getLast().legacyId();
                afterOccurrence = page.getLast().occurrence();
            }
        }
        MappedRow row = page.poll();
        last = row == null ? last : row;
        return row;
    }

    @Override
    public void update(ExecutionContext context) {
        if (last != null) {
            context.putString(LEGACY_ID, last.legacyId());
            context.putLong(OCCURRENCE, last.occurrence());
        }
    }
}
