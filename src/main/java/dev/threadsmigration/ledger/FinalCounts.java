package dev.threadsmigration.ledger;

import dev.threadsmigration.model.Entity;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The equation of every entity when all its records have been moved, counted once: after that nothing but a rollback changes
 * it, and a count reads the whole ledger.
 */
public final class FinalCounts {

    private final Ledger ledger;
    private @Nullable Map<Entity, Counts> counts;

    public FinalCounts(Ledger ledger) {
        this.ledger = ledger;
    }

    /** To be asked only when no more records are moved. */
    public synchronized Map<Entity, Counts> get() {
        if (counts == null) {
            counts = ledger.counts();
        }
        return counts;
    }
}
