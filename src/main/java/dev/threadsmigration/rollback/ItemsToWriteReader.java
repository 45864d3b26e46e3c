package dev.threadsmigration.rollback;

import dev.threadsmigration.ledger.EntityItems;
import dev.threadsmigration.ledger.RollbackItem;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/** Reads what is still to be written to legacy; it needs no checkpoint, since what is done is noted. */
public final class ItemsToWriteReader implements ItemReader<RollbackItem> {

    private final EntityItems items;
    private final int pageSize;
    private final Deque<RollbackItem> page = new ArrayDeque<>();
    private String afterId = "";
    private int afterOccurrence;

    public ItemsToWriteReader(EntityItems items, int pageSize) {
        this.items = items;
        this.pageSize = pageSize;
    }

    @Override
    public @Nullable RollbackItem read() {
        if (page.isEmpty()) {
            page.addAll(items.toWrite(afterId, afterOccurrence, pageSize));
            if (!page.isEmpty()) {
                afterId = page.getLast().legacyId();
                afterOccurrence = page.getLast().occurrence();
            }
        }
        return page.poll();
    }
}
