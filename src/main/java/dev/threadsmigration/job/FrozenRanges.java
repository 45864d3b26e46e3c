package dev.threadsmigration.job;

import dev.threadsmigration.ledger.KeyRanges;
import dev.threadsmigration.ledger.KeyRanges.Divided;
import dev.threadsmigration.legacy.KeyRange;
import dev.threadsmigration.model.Entity;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Divides an entity into key ranges, once for all runs of a migration: Spring Batch asks again at every restart, and must
 * get the same answer.
 */
final class FrozenRanges implements Partitioner {

    private final KeyRanges frozen;
    private final Divided divided;
    private final Entity entity;
    private final Divider divider;
    private final TransactionOperations transaction;

    /** Finds the last key of each range but the last one, in their order, for so many lanes. */
    interface Divider {
        List<String> bounds(int lanes) throws SQLException;
    }

    FrozenRanges(KeyRanges frozen, Divided divided, Entity entity, Divider divider, TransactionOperations transaction) {
        this.frozen = frozen;
        this.divided = divided;
        this.entity = entity;
        this.divider = divider;
        this.transaction = transaction;
    }

    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        List<KeyRanges.Frozen> ranges = frozen.find(divided, entity);
        if (ranges.isEmpty()) {
            ranges = divide(gridSize);
        }
        Map<String, ExecutionContext> partitions = new LinkedHashMap<>();
        for (KeyRanges.Frozen range : ranges) {
            partitions.put(
                    "range-" + range.ordinal(),
                    PartitionStep.context(new KeyRange(range.ordinal(), range.after(), range.upTo())));
        }
        return partitions;
    }

    private List<KeyRanges.Frozen> divide(int gridSize) {
        try {
            List<String> bounds =
                    divider.bounds(gridSize).stream().filter(frozen::canHold).toList();
            List<KeyRanges.Frozen> ranges = KeyRange.between(bounds).stream()
                    .map(range -> new KeyRanges.Frozen(range.ordinal(), range.after(), range.upTo()))
                    .toList();
            transaction.executeWithoutResult(status -> frozen.freeze(divided, entity, ranges));
            return ranges;
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "the %s of %s cannot be divided: %s".formatted(divided, entity, e.getMessage()), e);
        }
    }
}
