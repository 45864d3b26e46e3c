package dev.threadsmigration.dualwrite;

import dev.threadsmigration.carryback.Sides;
import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.ledger.CarriedWrites.Carried;
import dev.threadsmigration.ledger.MappedRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * Notes what a {@code sync} that was ended by force had deleted in legacy. Without that, the copies of those rows would be
 * lost with the announcement, and a record that the application makes again under the same id would look like one whose
 * legacy row somebody else has deleted.
 */
public final class UnfinishedDeletions {

    private final EntitySync sync;
    private final Sides legacy;

    /** @param legacy with the rows that the job file's where leaves out */
    public UnfinishedDeletions(EntitySync sync, Sides legacy) {
        this.sync = sync;
        this.legacy = legacy;
    }

    /** In a transaction of the caller's. */
    public void settle() throws SQLException {
        List<Carried> announced = sync.carried().announcedDeletions(sync.entity());
        if (announced.isEmpty()) {
            return;
        }
        Set<String> present = legacy.present(
                announced.stream().map(one -> one.row().legacyId()).toList());
        List<Carried> deleted = announced.stream()
                .filter(one -> !present.contains(one.row().legacyId()))
                .toList();
        CurrentConnection.use(
                sync.target(), connection -> sync.ledger().forget(connection, sync.entity(), rows(deleted)));
        sync.carried().forget(sync.entity(), rows(announced));
        sync.carried().note(sync.entity(), deleted);
    }

    private static List<MappedRow> rows(List<Carried> some) {
        return some.stream().map(Carried::row).toList();
    }
}
