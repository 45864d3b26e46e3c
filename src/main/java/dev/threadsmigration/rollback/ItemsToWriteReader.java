package dev.threadsmigration.rollback;

import dev.threadsmigration.ledger.RollbackItem;
import dev.threadsmigration.ledger.RollbackItems;
import dev.threadsmigration.model.Entity;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/** Reads what is still to be written to legacy; it needs no checkpoint, since what is done is noted. */
public final class ItemsToWriteReader implements ItemReader<RollbackItem> {

    private final RollbackItems items;
    private final Entity entity;
    private final long rollback;
    private final int pageSize;
    private final Deque<RollbackItem> page = new ArrayDeque<>();
    private String afterId = "";
    private int afterOccurrence;

    public ItemsToWriteReader(RollbackItems items, Entity entity, long rollback, int pageSize) {
        this.items = items;
        this.entity = entity;
        this.rollback = rollback;
        this.pageSize = pageSize;
    }

    @Override
    public @Nullable RollbackItem read() {
        if (page.isEmpty()) {
            page.addAll(items.toWrite(rollback, entity, afterId, afterOccurrence, pageSize));
            if (!page.isEmpty()) {
                afterId = page.getLast().legacyId();
                afterOccurrence = page.getLast().occurrence();
            }
        }
        return page.poll();
    }
}
