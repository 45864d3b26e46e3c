package dev.threadsmigration.ledger;

import dev.threadsmigration.model.Entity;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Reads an entity's ledger entries page by page, in the order of their legacy ids. */
public final class MappedRowReader implements ItemStreamReader<MappedRow> {

    private static final String LEGACY_ID = "ledger.legacyId";
    private static final String OCCURRENCE = "ledger.occurrence";

    private final Ledger ledger;
    private final Entity entity;
    private final int pageSize;
    private final Deque<MappedRow> page = new ArrayDeque<>();
    private String afterId = "";
    private int afterOccurrence;
    private @Nullable MappedRow last;
    private boolean exhausted;

    public MappedRowReader(Ledger ledger, Entity entity, int pageSize) {
        this.ledger = ledger;
        this.entity = entity;
        this.pageSize = pageSize;
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
            page.addAll(ledger.page(entity, afterId, afterOccurrence, pageSize));
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
