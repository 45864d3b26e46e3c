package dev.threadsmigration.carryback;

import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.legacy.LegacyKeys;
import dev.threadsmigration.legacy.LegacyRows;
import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.mapping.RecordProcessor;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Outcome;
import dev.threadsmigration.model.Rejected;
import dev.threadsmigration.model.TargetRecord;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The legacy side of ledger entries as it is now, and what migrating it now would give. */
public final class Sides {

    private final LegacyRows rows;
    private final RecordProcessor processor;

    public Sides(LegacyRows rows, RecordProcessor processor) {
        this.rows = rows;
        this.processor = processor;
    }

    /** The legacy rows of these keys that are there, by {@link Ledger#mark}. */
    public Map<String, LegacyRow> legacy(Collection<String> keys) throws SQLException {
        Map<String, LegacyRow> found = new HashMap<>();
        for (List<String> some : LegacyKeys.portions(keys)) {
            rows.withKeys(some).forEach(row -> found.put(Ledger.mark(row), row));
        }
        return found;
    }

    /** Keeps others from changing the rows of these keys until the transaction ends. */
    public void lock(Collection<String> keys) throws SQLException {
        rows.keys().lock(keys);
    }

    /** Those of these keys that legacy still has. */
    public Set<String> present(Collection<String> keys) throws SQLException {
        return rows.keys().present(keys);
    }

    /** What the row becomes now; null where it would be rejected. */
    @Nullable
    public TargetRecord forward(LegacyRow row) {
        return processor.process(row) instanceof Accepted accepted ? accepted.record() : null;
    }

    /** The id that the row has, also where it would be rejected; null where that cannot be told. */
    @Nullable
    public UUID id(LegacyRow row) {
        Outcome outcome = processor.process(row);
        return outcome instanceof Accepted accepted
                ? accepted.record().id()
                : outcome instanceof Rejected rejected ? rejected.newId() : null;
    }

    /** The hash of what the row becomes now; null where it would be rejected. */
    @Nullable
    public Long forwardHash(LegacyRow row) {
        TargetRecord record = forward(row);
        return record == null ? null : Content.hash(record);
    }
}
