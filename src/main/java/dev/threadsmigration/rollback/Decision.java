package dev.threadsmigration.rollback;

import dev.threadsmigration.ledger.EntityItems;
import dev.threadsmigration.ledger.RollbackItem.Action;
import dev.threadsmigration.ledger.RollbackItems;
import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.model.Amount;
import java.sql.SQLException;
import java.util.Collection;

/** Whether a rollback may begin to change anything, now that everything was looked at. */
public final class Decision {

    private static final int NAMED = 20;

    private final RollbackItems items;
    private final LegacyDatabase legacy;
    private final Collection<MappingRules> entities;

    public Decision(RollbackItems items, LegacyDatabase legacy, Collection<MappingRules> entities) {
        this.items = items;
        this.legacy = legacy;
        this.entities = entities;
    }

    /** @throws RollbackStoppedException where it may not */
    public void make(long rollback) {
        long conflicts = items.counts(rollback).getOrDefault(Action.CONFLICT, 0L);
        if (conflicts > 0) {
            throw new RollbackStoppedException(
                    "%s cannot be taken back without a decision. Nothing was touched.%n    %s%n  %s"
                            .formatted(
                                    Amount.of(conflicts, "record"),
                                    String.join("\n    ", items.conflicts(rollback, NAMED)),
                                    "Set migration.rollback.on-conflict: keep-legacy or, where legacy can hold the target's value, take-target; or mend one side."),
                    true);
        }
        for (MappingRules rules : entities) {
            LegacyTable table = rules.table();
            EntityItems ofEntity = items.of(rollback, table.entity());
            long toUpdate = ofEntity.count(Action.CARRY);
            long toInsert = ofEntity.count(Action.RESTORE);
            try {
                if (toUpdate > 0) {
                    legacy.tryToUpdate(table, rules.written());
                }
                if (toInsert > 0) {
                    legacy.tryToInsert(table, rules.inserted());
                }
            } catch (SQLException e) {
                throw new RollbackStoppedException(
                        "%s must be carried back, but %s cannot be written: %s. Nothing was touched."
                                .formatted(
                                        Amount.of(toUpdate + toInsert, "change"),
                                        table.describe(),
                                        e.getMessage().strip()),
                        true);
            }
        }
    }
}
