package dev.threadsmigration.rollback;

import dev.threadsmigration.ledger.RollbackItem;
import dev.threadsmigration.ledger.RollbackItems;
import dev.threadsmigration.model.Entity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/** Reads what is still to be written to legacy; it needs no checkpoint, since what is done is noted. */
public final class ItemsToWriteReader implements ItemReader<RollbackItem> {

    private final RollbackItems items;
    private final Entity entity;
    private final long rollback;
    private final int pageSize;
    private final Deque<RollbackItem> page = new ArrayDeque<>();
    private Set<String> handedOut = new HashSet<>();

    public ItemsToWriteReader(RollbackItems items, Entity entity, long rollback, int pageSize) {
        this.items = items;
        this.entity = entity;
        this.rollback = rollback;
        this.pageSize = pageSize;
    }

    @Override
    public @Nullable RollbackItem read() {
        if (page.isEmpty()) {
            List<RollbackItem> next = items.toWrite(rollback, entity, pageSize);
            next.stream().filter(item -> !handedOut.contains(item.mark())).forEach(page::add);
            handedOut = new HashSet<>(next.stream().map(RollbackItem::mark).toList());
        }
        return page.poll();
    }
}
