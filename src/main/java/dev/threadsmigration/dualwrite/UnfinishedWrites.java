package dev.threadsmigration.dualwrite;

import dev.threadsmigration.carryback.Sides;
import dev.threadsmigration.ledger.AdoptedRows;
import dev.threadsmigration.ledger.CarriedWrites.Action;
import dev.threadsmigration.ledger.CarriedWrites.Carried;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.mapping.LegacyPrecision;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.TargetRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Notes what a {@code sync} that was ended by force had written to legacy. Without that, legacy's rows would look like changes
 * and records of somebody else, which win over the application's next write, or come back after the application has deleted
 * them.
 */
public final class UnfinishedWrites {

    private final EntitySync sync;
    private final Sides legacy;

    /** @param legacy with the rows that the job file's where leaves out */
    public UnfinishedWrites(EntitySync sync, Sides legacy) {
        this.sync = sync;
        this.legacy = legacy;
    }

    /** In a transaction of the caller's. */
    public void settle() throws SQLException {
        List<Carried> announced = sync.carried().announced(sync.entity());
        if (announced.isEmpty()) {
            return;
        }
        Map<String, LegacyRow> rows = legacy.legacy(
                announced.stream().map(one -> one.row().legacyId()).toList());
        Map<UUID, List<MappedRow>> entries = sync.ledger()
                .entriesOfNewIds(
                        sync.entity(),
                        announced.stream().map(one -> one.row().newId()).toList());
        Map<UUID, TargetRecord> stored =
                sync.stored(announced.stream().map(one -> one.row().newId()).toList());
        List<MappedRow> updated = new ArrayList<>();
        List<MappedRow> made = new ArrayList<>();
        List<Carried> written = new ArrayList<>();
        for (Carried one : announced) {
            MappedRow row = one.row();
            LegacyRow there = rows.get(row.mark());
            boolean isNew = entries.getOrDefault(row.newId(), List.of()).isEmpty();
            if (there != null && isNew && isMadeFor(row, there, stored.get(row.newId()))) {
                made.add(row);
                written.add(Carried.written(row, Action.INSERTED, targetHash(one)));
            } else if (there != null && !isNew && Objects.equals(legacy.forwardHash(there), row.contentHash())) {
                updated.add(row);
                written.add(one);
            }
        }
        sync.settle(made, updated);
        sync.carried()
                .forget(sync.entity(), announced.stream().map(Carried::row).toList());
        sync.carried().note(sync.entity(), written);
    }

    /**
     * Whether a new row is the announced one, also where somebody has changed it since. Nobody else makes one under a record's
     * id; a key that legacy counted it may count again, where it did not commit. Under any other key it was there before, and
     * a purge has forgotten what it became.
     */
    private boolean isMadeFor(MappedRow row, LegacyRow there, @Nullable TargetRecord stored) {
        if (!sync.idIsKey()) {
            return row.newId().equals(legacy.id(there));
        }
        if (!sync.adopts(row)) {
            return true;
        }
        if (!AdoptedRows.isCounted(row.legacyId())) {
            return false;
        }
        TargetRecord forward = legacy.forward(there);
        return forward != null
                && (Content.hash(forward.with(Field.ID, row.newId())) == row.contentHash()
                        || stored != null
                                && LegacyPrecision.areNear(
                                        stored.get(Field.CREATED_AT), forward.get(Field.CREATED_AT)));
    }

    private static long targetHash(Carried one) {
        return Objects.requireNonNull(one.targetHash(), "announced with it");
    }
}
