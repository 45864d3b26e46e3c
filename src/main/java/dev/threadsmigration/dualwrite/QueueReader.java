package dev.threadsmigration.dualwrite;

import dev.threadsmigration.ledger.QueuedWrite;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.model.Entity;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ItemReader;

/**
 * Reads what waits in the queue, from its beginning to what was its end when the run began: an application that writes faster
 * than legacy would never let it end. It needs no checkpoint, since what is done is taken off.
 */
public final class QueueReader implements ItemReader<QueuedWrite> {

    private final WriteQueue queue;
    private final Entity entity;
    private final long end;
    private final int pageSize;
    private final Deque<QueuedWrite> page = new ArrayDeque<>();
    private long after;

    /** @param end the last place of the queue that is read */
    public QueueReader(WriteQueue queue, Entity entity, long end, int pageSize) {
        this.queue = queue;
        this.entity = entity;
        this.end = end;
        this.pageSize = pageSize;
    }

    @Override
    public @Nullable QueuedWrite read() {
        if (page.isEmpty()) {
            page.addAll(queue.page(entity, after, end, pageSize));
            if (!page.isEmpty()) {
                after = page.getLast().id();
            }
        }
        return page.poll();
    }
}
