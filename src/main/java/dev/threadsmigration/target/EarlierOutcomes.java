package dev.threadsmigration.target;

import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.model.Entity;

/**
 * What earlier runs left of an entity, so that a first run need not look for it.
 *
 * @param settled whether any record has arrived or was there
 * @param rejected whether any was rejected
 */
public record EarlierOutcomes(boolean settled, boolean rejected) {

    /** What there is now: to be asked before a run writes any. */
    public static EarlierOutcomes of(Entity entity, Ledger ledger, Rejects rejects) {
        return new EarlierOutcomes(ledger.any(entity), rejects.any(entity));
    }
}
