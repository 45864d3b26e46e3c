package dev.threadsmigration.dualwrite;

import dev.threadsmigration.carryback.LegacyDeletions;
import dev.threadsmigration.carryback.LegacyDeletions.Deletion;
import dev.threadsmigration.carryback.Sides;
import dev.threadsmigration.config.DualWriteSettings;
import dev.threadsmigration.config.SyncDeletes;
import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.dualwrite.EntitySync.Written;
import dev.threadsmigration.ledger.CarriedWrites.Carried;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.ledger.QueuedWrite;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.TargetRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Carries deletions of the application to legacy, where the job file wants them there. The ledger forgets what is on
 * neither side any more. Runs after {@link WriteSync}, feedback before threads before users.
 */
public final class DeleteSync implements ItemWriter<QueuedWrite> {

    static final String NOT_CARRIED = "it was deleted in the new system alone";
    static final String REFUSED = "legacy cannot delete it";

    private final EntitySync sync;
    private final Sides legacy;
    private final LegacyDeletions deletions;
    private final DualWriteSettings settings;
    private final TransactionOperations ahead;
    private final boolean dryRun;

    /**
     * @param legacy with the rows that the job file's where leaves out
     * @param ahead the target's transactions that are not those of the step
     * @param dryRun whether nothing is to be deleted
     */
    public DeleteSync(
            EntitySync sync,
            Sides legacy,
            LegacyDeletions deletions,
            DualWriteSettings settings,
            TransactionOperations ahead,
            boolean dryRun) {
        this.sync = sync;
        this.legacy = legacy;
        this.deletions = deletions;
        this.settings = settings;
        this.ahead = ahead;
        this.dryRun = dryRun;
    }

    @Override
    public void write(Chunk<? extends QueuedWrite> chunk) throws SQLException {
        List<Written> records = sync.records(chunk.getItems());
        Map<UUID, TargetRecord> stored =
                sync.stored(records.stream().map(Written::id).toList());
        List<Written> absent = records.stream()
                .filter(record -> !record.isNew() && !stored.containsKey(record.id()))
                .toList();
        Results results = new Results(sync);
        if (settings.deletes() == SyncDeletes.KEEP) {
            absent.forEach(record -> results.done(record, Carried.kept(record.entry(), NOT_CARRIED)));
        } else {
            delete(absent, results);
        }
        results.note();
    }

    private void delete(List<Written> absent, Results results) throws SQLException {
        Map<String, LegacyRow> rows = legacy.legacy(
                absent.stream().map(record -> record.entry().legacyId()).toList());
        List<MappedRow> gone = new ArrayList<>();
        Map<Deletion, Written> todo = new LinkedHashMap<>();
        Map<Deletion, LegacyRow> toDelete = new LinkedHashMap<>();
        Map<String, Long> asRolledBack = sync.asRolledBack(absent);
        for (Written record : absent) {
            LegacyRow row = rows.get(record.entry().mark());
            if (record.entries().size() > 1) {
                results.held(record, EntitySync.SEVERAL_ROWS, null);
            } else if (row == null) {
                results.done(record);
                gone.add(record.entry());
            } else {
                Deletion deletion = deletion(record, row, asRolledBack, results);
                if (deletion != null) {
                    todo.put(deletion, record);
                    toDelete.put(deletion, row);
                }
            }
        }
        LegacyDeletions.Result result =
                dryRun ? deletions.foresee(toDelete) : deletions.delete(toDelete, this::announce);
        result.refused().forEach((deletion, why) -> results.held(todo.get(deletion), REFUSED, why));
        result.deleted().forEach((deletion, row) -> {
            results.done(todo.get(deletion), deleted(deletion, row));
            gone.add(deletion.entry());
        });
        CurrentConnection.use(sync.target(), connection -> sync.ledger().forget(connection, sync.entity(), gone));
        sync.carried().forget(sync.entity(), gone);
    }

    /** In a transaction of its own: the copies must be there when legacy has committed, whatever becomes of ours. */
    private void announce(Map<Deletion, LegacyRow> rows) {
        List<Carried> announced = new ArrayList<>();
        rows.forEach((deletion, row) -> announced.add(deleted(deletion, row)));
        ahead.executeWithoutResult(status -> sync.carried().announce(sync.entity(), announced));
    }

    private static Carried deleted(Deletion deletion, LegacyRow row) {
        return Carried.deleted(deletion.entry(), row);
    }

    private @Nullable Deletion deletion(
            Written record, LegacyRow row, Map<String, Long> asRolledBack, Results results) {
        Long now = legacy.forwardHash(row);
        return EntitySync.isUnchanged(record.entry(), now, asRolledBack)
                        || results.takesTarget(record, WriteSync.CHANGED_TOO, settings.onConflict())
                ? new Deletion(record.entry(), now)
                : null;
    }
}
