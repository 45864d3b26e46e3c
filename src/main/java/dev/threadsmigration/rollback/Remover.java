package dev.threadsmigration.rollback;

import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.ledger.RollbackItem;
import dev.threadsmigration.ledger.RollbackItem.Action;
import dev.threadsmigration.legacy.LegacyKeys;
import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.model.TargetRecord;
import dev.threadsmigration.target.RemovedRecords;
import dev.threadsmigration.target.RowsInUse;
import dev.threadsmigration.target.RowsInUse.Locked;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Takes a chunk of our records out of the target, in one transaction with its snapshot and its ledger entries. Stays: what
 * rows of the new system refer to, which ON DELETE CASCADE would take along, what changed since the analysis, and what was
 * deleted in legacy since. The ledger keeps what it says of duplicates and rejects: these rows are not ours, and nothing about them changes.
 */
public final class Remover implements ItemWriter<MappedRow> {

    private final EntityRollback rollback;
    private final RowsInUse inUse;
    private final RemovedRecords removed;
    private final long runId;
    private final @Nullable Long horizon;
    private final @Nullable LegacyKeys legacy;
    private final boolean dryRun;

    /**
     * @param horizon a mark in time before the analysis began; null where the database has none
     * @param legacy those of all its rows, also of those that the job file's where leaves out; null where what legacy has is
     *     not asked for
     * @param dryRun whether no snapshot is needed, since nothing lasts
     */
    public Remover(
            EntityRollback rollback,
            RowsInUse inUse,
            RemovedRecords removed,
            long runId,
            @Nullable Long horizon,
            @Nullable LegacyKeys legacy,
            boolean dryRun) {
        this.rollback = rollback;
        this.inUse = inUse;
        this.removed = removed;
        this.runId = runId;
        this.horizon = horizon;
        this.legacy = legacy;
        this.dryRun = dryRun;
    }

    @Override
    public void write(Chunk<? extends MappedRow> chunk) throws SQLException {
        CurrentConnection.use(rollback.target(), connection -> remove(connection, List.copyOf(chunk.getItems())));
    }

    private void remove(Connection connection, List<MappedRow> rows) throws SQLException {
        List<MappedRow> ours = rows.stream().filter(MappedRow::migrated).toList();
        List<UUID> ids = ours.stream().map(MappedRow::newId).toList();
        Locked there = inUse.lock(connection, ids, horizon);
        Map<UUID, String> needed = inUse.needed(connection, ids);
        Map<String, RollbackItem> known = rollback.items().of(ours);
        Map<MappedRow, String> kept = new LinkedHashMap<>();
        Set<MappedRow> carried = new HashSet<>();
        List<MappedRow> deleted = new ArrayList<>();
        Set<MappedRow> going = new LinkedHashSet<>();
        for (MappedRow row : ours) {
            TargetRecord read = there.others().get(row.newId());
            RollbackItem item = known.get(row.mark());
            if (read == null && !there.untouched().contains(row.newId())) {
                if (item == null || item.action() != Action.GONE) {
                    deleted.add(row);
                }
                continue;
            }
            String why = whyKept(row, read, needed.get(row.newId()), item);
            if (why != null) {
                kept.put(row, why);
                if (item != null && item.action().writesLegacy() && isBack(item)) {
                    carried.add(row);
                }
            } else {
                going.add(row);
            }
        }
        for (MappedRow row : goneFromLegacy(going)) {
            going.remove(row);
            kept.put(row, "its legacy row was deleted while the rollback ran");
        }
        if (!dryRun) {
            removed.keep(connection, List.copyOf(going), runId);
        }
        int gone =
                removed.remove(connection, going.stream().map(MappedRow::newId).toList());
        if (gone < going.size()) {
            throw new RollbackStoppedException(
                    "The target deletes %d of %d %s that it is told to delete: does a trigger keep the others? Take it off, then run the same command again."
                            .formatted(gone, going.size(), rollback.entity()),
                    false);
        }
        rollback.ledger()
                .forget(
                        connection,
                        rollback.entity(),
                        ours.stream().filter(row -> !kept.containsKey(row)).toList());
        rollback.items().keep(kept, carried);
        rollback.items().gone(deleted);
    }

    /** Those of these rows that would be nowhere, were their records removed; the analysis may be long ago. */
    private List<MappedRow> goneFromLegacy(Set<MappedRow> going) throws SQLException {
        if (legacy == null) {
            return List.of();
        }
        Set<String> there =
                legacy.present(going.stream().map(MappedRow::legacyId).toList());
        return going.stream().filter(row -> !there.contains(row.legacyId())).toList();
    }

    /** Whether legacy has what it is to have; a dry run, which writes nothing there, takes it to. */
    private boolean isBack(RollbackItem item) {
        return item.done() || dryRun;
    }

    private @Nullable String whyKept(
            MappedRow row, @Nullable TargetRecord read, @Nullable String neededBy, @Nullable RollbackItem item) {
        if (neededBy != null) {
            return "rows that stay in " + neededBy + " refer to it";
        }
        if (item != null && item.action() == Action.KEPT) {
            return item.detail();
        }
        if (item != null && !isBack(item)) {
            return item.whyNotInLegacy();
        }
        if (read == null) {
            return null;
        }
        boolean looked = item != null && item.action() != Action.GONE && item.action() != Action.KEPT;
        long expected = looked ? item.targetHash() : row.contentHash();
        return Content.hashOfOurs(read, expected) == expected ? null : "it changed while the rollback ran";
    }
}
