package dev.threadsmigration.deletion;

import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.DeletedRows;
import dev.threadsmigration.ledger.FollowedChange;
import dev.threadsmigration.ledger.FollowedChanges;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.ledger.SharedRecords;
import dev.threadsmigration.legacy.LegacyKeys;
import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Metadata;
import dev.threadsmigration.model.TargetRecord;
import dev.threadsmigration.target.Halving;
import dev.threadsmigration.target.RecordRemoval;
import dev.threadsmigration.target.RowsInUse;
import dev.threadsmigration.target.TargetRecords;
import dev.threadsmigration.target.TargetTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Removes the records whose legacy rows are gone, chunk by chunk, each in one transaction with its copies, its ledger entries
 * and its notes: those that we wrote, and those of the application's that legacy has been given. Stays: what the target does
 * not hold as both sides said it last, what rows that stay refer to, which ON DELETE CASCADE would take along, and what another
 * legacy row became, too. It needs no checkpoint: what was removed, or is kept, is to go no longer.
 */
public final class DeletedRecords implements ItemReader<List<MappedRow>>, ItemWriter<List<MappedRow>> {

    static final String CHANGED = "it changed in the new system";
    static final String SHARED = "another row became the same record";
    static final String REFUSED = "the target refuses to delete it";
    static final String STAYED = "the target keeps it, as a trigger may";
    static final String NOT_OURS = "it was in the target before, and is not ours";
    static final String DELETED_TOO = "it was deleted in the new system, too";

    private final DataSource target;
    private final TargetTable table;
    private final Entity entity;
    private final LegacyKeys legacy;
    private final Ledger ledger;
    private final SharedRecords sharedRecords;
    private final DeletedRows deleted;
    private final FollowedChanges followed;
    private final CarriedWrites carried;
    private final RowsInUse inUse;
    private final RecordRemoval removal;
    private final String oldSystem;
    private final boolean queuesWrites;
    private final int chunkSize;

    /**
     * @param legacy those of the rows that the job file does not leave out
     * @param oldSystem the marker that says which legacy system a thread came from
     * @param queuesWrites whether what the application writes is carried to legacy, which without an entry is new there
     */
    public DeletedRecords(
            DataSource target,
            TargetTable table,
            LegacyKeys legacy,
            Ledger ledger,
            SharedRecords sharedRecords,
            DeletedRows deleted,
            FollowedChanges followed,
            CarriedWrites carried,
            RowsInUse inUse,
            RecordRemoval removal,
            String oldSystem,
            boolean queuesWrites,
            int chunkSize) {
        this.target = target;
        this.table = table;
        this.entity = table.entity();
        this.legacy = legacy;
        this.ledger = ledger;
        this.sharedRecords = sharedRecords;
        this.deleted = deleted;
        this.followed = followed;
        this.carried = carried;
        this.inUse = inUse;
        this.removal = removal;
        this.oldSystem = oldSystem;
        this.queuesWrites = queuesWrites;
        this.chunkSize = chunkSize;
    }

    @Override
    public @Nullable List<MappedRow> read() {
        List<MappedRow> rows = deleted.going(entity, chunkSize);
        return rows.isEmpty() ? null : rows;
    }

    @Override
    public void write(Chunk<? extends List<MappedRow>> chunk) throws SQLException {
        for (List<MappedRow> rows : chunk) {
            CurrentConnection.use(target, connection -> follow(connection, stillGone(rows)));
        }
    }

    /** They were looked for a while ago, and a run that was killed may be resumed much later. */
    private List<MappedRow> stillGone(List<MappedRow> rows) throws SQLException {
        Set<String> there =
                legacy.present(rows.stream().map(MappedRow::legacyId).toList());
        followed.forget(
                entity,
                rows.stream().filter(row -> there.contains(row.legacyId())).toList());
        return rows.stream().filter(row -> !there.contains(row.legacyId())).toList();
    }

    private void follow(Connection connection, List<MappedRow> rows) throws SQLException {
        Map<String, Long> asCarried = carried.asCarried(entity, rows);
        Map<Boolean, List<MappedRow>> ours = rows.stream()
                .collect(Collectors.partitioningBy(row -> row.migrated() || asCarried.containsKey(row.mark())));
        // First, since one of them may be the same record as one of ours.
        forgetTheirs(connection, ours.get(false));
        List<FollowedChange> done = new ArrayList<>();
        List<FollowedChange> kept = new ArrayList<>();
        List<MappedRow> going = removable(connection, ours.get(true), asCarried, done, kept);
        if (!going.isEmpty()) {
            table.dialect().checkConstraintsAtOnce(connection);
            Halving.put(
                    connection,
                    table.dialect(),
                    going,
                    some -> remove(connection, some, done, kept),
                    (row, why) -> kept.add(FollowedChange.kept(row, REFUSED, Halving.message(why))));
        }
        removal.forgetSnapshots(
                connection, done.stream().map(FollowedChange::row).toList());
        forget(connection, done);
        followed.note(entity, kept);
    }

    /**
     * What was there before we came stays. So does its entry where nothing else tells who put our marker there, or that legacy
     * had the record and somebody deleted it.
     */
    private void forgetTheirs(Connection connection, List<MappedRow> theirs) throws SQLException {
        List<UUID> ids = theirs.stream().map(MappedRow::newId).toList();
        Map<UUID, TargetRecord> there =
                queuesWrites || entity == Entity.THREADS ? new TargetRecords(table).find(connection, ids) : Map.of();
        Set<UUID> known = knownAsOurs(there.keySet());
        Map<Boolean, List<MappedRow>> needed = theirs.stream()
                .collect(Collectors.partitioningBy(row -> there.containsKey(row.newId())
                        && !known.contains(row.newId())
                        && (queuesWrites || isMarked(there.get(row.newId())))));
        forget(
                connection,
                needed.get(false).stream()
                        .map(row -> FollowedChange.forgotten(row, NOT_OURS))
                        .toList());
        followed.note(
                entity,
                needed.get(true).stream()
                        .map(row -> FollowedChange.kept(row, NOT_OURS, null))
                        .toList());
    }

    /** Those of these records that another entry is about, by which they are ours or another migration's. */
    private Set<UUID> knownAsOurs(Set<UUID> ids) {
        if (ids.isEmpty()) {
            return Set.of();
        }
        Set<UUID> known = sharedRecords.moved(entity, ids);
        List<MappedRow> entries = ledger.entriesOfNewIds(entity, ids).values().stream()
                .flatMap(List::stream)
                .toList();
        Set<String> carriedOnes = carried.asCarried(entity, entries).keySet();
        entries.stream().filter(entry -> carriedOnes.contains(entry.mark())).forEach(entry -> known.add(entry.newId()));
        return known;
    }

    private boolean isMarked(@Nullable TargetRecord record) {
        return record != null
                && record.get(Field.METADATA) instanceof Metadata metadata
                && Content.isMarked(metadata.json(), oldSystem);
    }

    private void forget(Connection connection, List<FollowedChange> done) throws SQLException {
        List<MappedRow> rows = done.stream().map(FollowedChange::row).toList();
        ledger.forgetDeleted(connection, entity, rows);
        carried.forgetWritten(entity, rows);
        followed.note(entity, done);
    }

    /**
     * Those that nothing keeps in the target; they are locked.
     *
     * @param asCarried the hashes of records that legacy could not say exactly
     */
    private List<MappedRow> removable(
            Connection connection,
            List<MappedRow> ours,
            Map<String, Long> asCarried,
            List<FollowedChange> done,
            List<FollowedChange> kept)
            throws SQLException {
        List<UUID> ids = ours.stream().map(MappedRow::newId).toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<UUID, TargetRecord> there = inUse.lock(connection, ids, null).others();
        Map<UUID, String> needed = inUse.needed(connection, ids);
        Set<UUID> shared = sharedRecords.shared(entity, ours);
        List<MappedRow> removable = new ArrayList<>();
        for (MappedRow row : ours) {
            TargetRecord record = there.get(row.newId());
            String neededBy = needed.get(row.newId());
            if (record == null) {
                done.add(FollowedChange.forgotten(row, DELETED_TOO));
            } else if (!isAsBothSaid(record, row, asCarried.get(row.mark()))) {
                kept.add(FollowedChange.kept(row, CHANGED, null));
            } else if (shared.contains(row.newId())) {
                kept.add(FollowedChange.kept(row, SHARED, null));
            } else if (neededBy != null) {
                kept.add(FollowedChange.kept(row, "rows of " + neededBy + " refer to it", null));
            } else {
                removable.add(row);
            }
        }
        return removable;
    }

    private static boolean isAsBothSaid(TargetRecord record, MappedRow row, @Nullable Long asCarried) {
        long hash = row.migrated() ? Content.hashOfOurs(record, row.contentHash()) : Content.hash(record);
        return hash == row.contentHash() || Objects.equals(asCarried, hash);
    }

    private void remove(
            Connection connection, List<MappedRow> rows, List<FollowedChange> done, List<FollowedChange> kept)
            throws SQLException {
        Set<UUID> stayed = removal.remove(connection, rows);
        for (MappedRow row : rows) {
            if (stayed.contains(row.newId())) {
                kept.add(FollowedChange.kept(row, STAYED, null));
            } else {
                done.add(FollowedChange.removed(row));
            }
        }
    }
}
