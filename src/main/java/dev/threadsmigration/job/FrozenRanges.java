package dev.threadsmigration.job;

import dev.threadsmigration.ledger.KeyRanges;
import dev.threadsmigration.legacy.KeyRange;
import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.legacy.LegacyTable;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.batch.core.partition.Partitioner;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Divides a legacy table into key ranges, once for all runs of a migration: Spring Batch asks again at every restart, and
 * must get the same answer.
 */
final class FrozenRanges implements Partitioner {

    private final LegacyDatabase legacy;
    private final LegacyTable table;
    private final KeyRanges frozen;
    private final TransactionOperations transaction;

    FrozenRanges(LegacyDatabase legacy, LegacyTable table, KeyRanges frozen, TransactionOperations transaction) {
        this.legacy = legacy;
        this.table = table;
        this.frozen = frozen;
        this.transaction = transaction;
    }

    @Override
    public Map<String, ExecutionContext> partition(int gridSize) {
        List<KeyRanges.Frozen> ranges = frozen.find(table.entity());
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
            List<KeyRanges.Frozen> ranges = legacy.ranges(table, gridSize).stream()
                    .map(range -> new KeyRanges.Frozen(range.ordinal(), range.after(), range.upTo()))
                    .toList();
            transaction.executeWithoutResult(status -> frozen.freeze(table.entity(), ranges));
            return ranges;
        } catch (SQLException e) {
            throw new IllegalStateException("the legacy table " + table.describe() + " cannot be divided", e);
        }
    }
}
