package dev.threadsmigration.carryback;

import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.legacy.LegacyKeys;
import dev.threadsmigration.legacy.LegacyRows;
import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.mapping.RecordProcessor;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.TargetRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The legacy side of ledger entries as it is now, and what migrating it now would give. */
public final class Sides {

    private static final int KEYS_A_QUERY = 500;

    private final LegacyRows rows;
    private final RecordProcessor processor;

    public Sides(LegacyRows rows, RecordProcessor processor) {
        this.rows = rows;
        this.processor = processor;
    }

    /** The legacy rows of these keys that are there, by {@link Ledger#mark}. */
    public Map<String, LegacyRow> legacy(Collection<String> keys) throws SQLException {
        Map<String, LegacyRow> found = new HashMap<>();
        for (List<String> some : portions(keys)) {
            rows.withKeys(some).forEach(row -> found.put(Ledger.mark(row), row));
        }
        return found;
    }

    /** Keeps others from changing the rows of these keys until the transaction ends. */
    public void lock(Collection<String> keys) throws SQLException {
        for (List<String> some : portions(keys)) {
            rows.keys().lock(some);
        }
    }

    /** As {@link #present(LegacyKeys, Collection)}. */
    public Set<String> present(Collection<String> keys) throws SQLException {
        return present(rows.keys(), keys);
    }

    /** Those of these keys that legacy still has; their rows are not read. */
    public static Set<String> present(LegacyKeys legacy, Collection<String> keys) throws SQLException {
        Set<String> present = new HashSet<>();
        for (List<String> some : portions(keys)) {
            present.addAll(legacy.present(some));
        }
        return present;
    }

    private static List<List<String>> portions(Collection<String> keys) {
        List<String> distinct = keys.stream().distinct().toList();
        List<List<String>> portions = new ArrayList<>();
        for (int start = 0; start < distinct.size(); start += KEYS_A_QUERY) {
            portions.add(distinct.subList(start, Math.min(distinct.size(), start + KEYS_A_QUERY)));
        }
        return portions;
    }

    /** What the row becomes now; null where it would be rejected. */
    @Nullable
    public TargetRecord forward(LegacyRow row) {
        return processor.process(row) instanceof Accepted accepted ? accepted.record() : null;
    }

    /** The hash of what the row becomes now; null where it would be rejected. */
    @Nullable
    public Long forwardHash(LegacyRow row) {
        TargetRecord record = forward(row);
        return record == null ? null : Content.hash(record);
    }
}
