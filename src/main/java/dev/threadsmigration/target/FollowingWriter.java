package dev.threadsmigration.target;

import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.FollowedChange;
import dev.threadsmigration.ledger.FollowedChanges;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.mapping.Markers;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Outcome;
import dev.threadsmigration.model.Rejected;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.TargetRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Writes a chunk of a run that follows legacy: rows without an outcome as {@link ChunkWriter} does, and what changed in the
 * others since they were moved, in the same transaction. A change is known by the hash that the ledger keeps. It is written
 * where the record is ours, or was carried to legacy, and the target still holds what we wrote or carried; what people have
 * changed or deleted there stays, and of a record that was carried what legacy has no column for.
 */
public final class FollowingWriter implements ItemWriter<Outcome> {

    static final String REJECTED = "its legacy row would be rejected now";
    static final String OTHER_ID = "its legacy row gives another id now";
    static final String NOT_OURS = "it was in the target before, and is not ours";
    static final String DELETED = "it was deleted in the new system";
    static final String CHANGED_TOO = "it changed in the new system, too";
    static final String REFUSED = "the target refuses the change";

    private final DataSource target;
    private final TargetTable table;
    private final Entity entity;
    private final ChunkWriter writer;
    private final List<References> references;
    private final Ledger ledger;
    private final FollowedChanges followed;
    private final CarriedWrites carried;
    private final TargetRecords records;
    private final RecordUpdate update;
    private final RecordUpdate fieldsUpdate;
    private final Predicate<Field> heldByLegacy;
    private final boolean anyKept;

    /**
     * @param writer of the rows that have no outcome yet
     * @param references of the table's entity, which all its writers of a run share
     * @param heldByLegacy whether legacy has a column for a field
     */
    public FollowingWriter(
            DataSource target,
            TargetTable table,
            ChunkWriter writer,
            List<References> references,
            Ledger ledger,
            FollowedChanges followed,
            CarriedWrites carried,
            Predicate<Field> heldByLegacy) {
        this.target = target;
        this.table = table;
        this.entity = table.entity();
        this.writer = writer;
        this.references = references;
        this.ledger = ledger;
        this.followed = followed;
        this.carried = carried;
        this.records = new TargetRecords(table);
        this.update = new RecordUpdate(table);
        this.fieldsUpdate = new RecordUpdate(table.withoutExtras());
        this.heldByLegacy = heldByLegacy;
        this.anyKept = followed.anyKept(entity);
    }

    /** What a row that has arrived would become now. */
    private record Arrived(MappedRow entry, Outcome now) {}

    /** A record that says something else now than what the ledger knows of it. */
    private record Change(MappedRow entry, Accepted now, long hash) {

        TargetRecord record() {
            // The markers say where a record came from: not from legacy, where the application made it.
            return entry.migrated() ? now.record() : Markers.withoutMarkers(now.record());
        }

        String mark() {
            return entry.mark();
        }

        MappedRow updated() {
            return entry.withContent(hash);
        }
    }

    @Override
    public void write(Chunk<? extends Outcome> chunk) throws SQLException {
        Map<String, MappedRow> entries = ledger.entries(
                entity, chunk.getItems().stream().map(Outcome::source).toList());
        List<Outcome> unsettled = new ArrayList<>();
        List<Arrived> arrived = new ArrayList<>();
        for (Outcome outcome : chunk) {
            MappedRow entry = entries.get(Ledger.mark(outcome.source()));
            if (entry == null) {
                unsettled.add(outcome);
            } else {
                arrived.add(new Arrived(entry, outcome));
            }
        }
        if (!unsettled.isEmpty()) {
            writer.write(new Chunk<>(unsettled));
        }
        CurrentConnection.use(target, connection -> follow(connection, arrived));
    }

    private void follow(Connection connection, List<Arrived> arrived) throws SQLException {
        List<FollowedChange> found = new ArrayList<>();
        List<MappedRow> same = new ArrayList<>();
        List<Change> changed = new ArrayList<>();
        for (Arrived row : arrived) {
            if (row.now() instanceof Rejected rejected) {
                found.add(kept(row.entry(), REJECTED, rejected.reason()));
            } else if (row.now() instanceof Accepted accepted) {
                long hash = Content.hash(accepted.record());
                if (hash == row.entry().contentHash()) {
                    same.add(row.entry());
                } else if (!accepted.record().id().equals(row.entry().newId())) {
                    found.add(FollowedChange.unchanged(row.entry(), OTHER_ID, null));
                } else {
                    changed.add(new Change(row.entry(), accepted, hash));
                }
            }
        }
        if (!changed.isEmpty()) {
            apply(connection, changed, found, same);
        }
        if (anyKept) {
            followed.forgetKept(entity, same);
        }
        followed.note(entity, found);
    }

    private void apply(Connection connection, List<Change> changed, List<FollowedChange> found, List<MappedRow> same)
            throws SQLException {
        Map<String, Long> asCarried =
                carried.asCarried(entity, changed.stream().map(Change::entry).toList());
        List<Change> ours = new ArrayList<>();
        List<Change> theirs = new ArrayList<>();
        for (Change change : changed) {
            boolean isOurs = change.entry().migrated() || asCarried.containsKey(change.mark());
            (isOurs ? ours : theirs).add(change);
        }
        table.dialect().checkConstraintsAtOnce(connection);
        update(connection, withReferences(connection, ours, found), asCarried, found);
        leaveTheirs(connection, theirs, found, same);
    }

    /** What was there before we came is only told of; the ledger may not have its hash. */
    private void leaveTheirs(
            Connection connection, List<Change> theirs, List<FollowedChange> found, List<MappedRow> same)
            throws SQLException {
        Map<UUID, TargetRecord> there = records.find(
                connection,
                theirs.stream().map(change -> change.entry().newId()).toList());
        for (Change change : theirs) {
            TargetRecord stored = there.get(change.entry().newId());
            if (stored == null) {
                found.add(FollowedChange.unchanged(change.entry(), DELETED, null));
            } else if (Content.hash(stored) == change.hash()) {
                same.add(change.entry());
            } else {
                found.add(FollowedChange.unchanged(change.entry(), NOT_OURS, null));
            }
        }
    }

    private List<Change> withReferences(Connection connection, List<Change> changes, List<FollowedChange> found)
            throws SQLException {
        Map<Accepted, Rejection> problems = References.problems(
                connection, references, changes.stream().map(Change::now).toList());
        List<Change> passed = new ArrayList<>();
        for (Change change : changes) {
            Rejection problem = problems.get(change.now());
            if (problem == null) {
                passed.add(change);
            } else {
                found.add(kept(change.entry(), REJECTED, problem));
            }
        }
        return passed;
    }

    /** @param asCarried the hashes of records that legacy cannot say exactly */
    private void update(
            Connection connection, List<Change> changes, Map<String, Long> asCarried, List<FollowedChange> found)
            throws SQLException {
        Map<UUID, TargetRecord> there = records.lock(
                connection,
                changes.stream().map(change -> change.entry().newId()).toList());
        List<Change> ours = new ArrayList<>();
        Map<Change, TargetRecord> carriedOnes = new LinkedHashMap<>();
        List<Change> settled = new ArrayList<>();
        for (Change change : changes) {
            TargetRecord stored = there.get(change.entry().newId());
            if (stored == null) {
                found.add(FollowedChange.unchanged(change.entry(), DELETED, null));
                continue;
            }
            long hash = change.entry().migrated()
                    ? Content.hashOfOurs(stored, change.entry().contentHash())
                    : Content.hash(stored);
            if (Objects.equals(asCarried.get(change.mark()), hash)) {
                carriedOnes.put(change, kept(change.record(), stored));
            } else if (hash == change.entry().contentHash()) {
                ours.add(change);
            } else if (hash == change.hash()) {
                settled.add(change);
            } else {
                found.add(FollowedChange.unchanged(change.entry(), CHANGED_TOO, null));
            }
        }
        settled.addAll(write(connection, ours, update, Change::record, found));
        List<Change> followedOnes =
                write(connection, List.copyOf(carriedOnes.keySet()), fieldsUpdate, carriedOnes::get, found);
        settled.addAll(followedOnes);
        List<MappedRow> updated = settled.stream().map(Change::updated).toList();
        ledger.update(connection, entity, updated);
        carried.follow(
                entity,
                followedOnes.stream()
                        .collect(Collectors.toMap(Change::updated, change -> Content.hash(carriedOnes.get(change)))));
        updated.stream().map(FollowedChange::updated).forEach(found::add);
    }

    /** Those that were written. */
    private List<Change> write(
            Connection connection,
            List<Change> changes,
            RecordUpdate by,
            Function<Change, TargetRecord> record,
            List<FollowedChange> found)
            throws SQLException {
        List<Change> written = new ArrayList<>();
        Halving.put(
                connection,
                table.dialect(),
                changes,
                some -> {
                    by.write(connection, some.stream().map(record).toList());
                    written.addAll(some);
                },
                (change, why) -> found.add(FollowedChange.unchanged(change.entry(), REFUSED, Halving.message(why))));
        return written;
    }

    /** What the application wrote where legacy has no column stays: legacy does not contradict it. */
    private TargetRecord kept(TargetRecord now, TargetRecord stored) {
        TargetRecord kept = now;
        for (Field field : entity.fields()) {
            if (!heldByLegacy.test(field)) {
                kept = kept.with(field, stored.get(field));
            }
        }
        return kept;
    }

    private static FollowedChange kept(MappedRow entry, String because, Rejection reason) {
        return FollowedChange.unchanged(entry, because, reason.code().code() + ": " + reason.message());
    }
}
