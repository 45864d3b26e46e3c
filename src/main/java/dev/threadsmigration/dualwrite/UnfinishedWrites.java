package dev.threadsmigration.dualwrite;

import dev.threadsmigration.carryback.Sides;
import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.ledger.CarriedWrites.Action;
import dev.threadsmigration.ledger.CarriedWrites.Carried;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.ledger.Settled;
import dev.threadsmigration.model.LegacyRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

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
        List<MappedRow> updated = new ArrayList<>();
        List<Settled> made = new ArrayList<>();
        List<Carried> written = new ArrayList<>();
        for (Carried one : announced) {
            MappedRow row = one.row();
            LegacyRow there = rows.get(row.mark());
            boolean isNew = entries.getOrDefault(row.newId(), List.of()).isEmpty();
            if (there != null && isNew) {
                // Under an id that nobody else has made, also where somebody has changed it since.
                made.add(Settled.madeByApplication(sync.entity(), row));
                written.add(Carried.written(row, Action.INSERTED, targetHash(one)));
            } else if (there != null && Objects.equals(legacy.forwardHash(there), row.contentHash())) {
                updated.add(row);
                written.add(one);
            }
        }
        CurrentConnection.use(sync.target(), connection -> {
            sync.ledger().settle(connection, sync.entity(), made);
            sync.ledger().update(connection, sync.entity(), updated);
        });
        sync.carried()
                .forget(sync.entity(), announced.stream().map(Carried::row).toList());
        sync.carried().note(sync.entity(), written);
    }

    private static long targetHash(Carried one) {
        return Objects.requireNonNull(one.targetHash(), "announced with it");
    }
}
