package dev.threadsmigration.dualwrite;

import dev.threadsmigration.carryback.LegacyChanges;
import dev.threadsmigration.carryback.LegacyChanges.Change;
import dev.threadsmigration.carryback.LegacyChanges.WrittenRow;
import dev.threadsmigration.carryback.Sides;
import dev.threadsmigration.config.SyncConflict;
import dev.threadsmigration.dualwrite.EntitySync.Written;
import dev.threadsmigration.ledger.CarriedWrites.Action;
import dev.threadsmigration.ledger.CarriedWrites.Carried;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.ledger.OtherMigrations;
import dev.threadsmigration.ledger.QueuedWrite;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.mapping.LegacyPrecision;
import dev.threadsmigration.mapping.Markers;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.TargetRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Carries records that the application made or changed to legacy, as the target has them now. Legacy commits first, then the
 * queue, in the step's transaction; what a kill in between repeats finds legacy as it is to be. A legacy row has changed
 * where migrating it now gives another hash than the ledger has. Writes of deleted records are left to {@link DeleteSync}.
 */
public final class WriteSync implements ItemWriter<QueuedWrite> {

    static final String CHANGED_TOO = "it changed in legacy, too";
    static final String DELETED_IN_LEGACY = "its legacy row was deleted";
    static final String TAKEN = "legacy has another record under its id";
    static final String REJECTED = "its legacy row was rejected, and has not been moved since";
    static final String SEVERAL_OF_KEY = "several legacy rows have its key";
    static final String REFUSED = "legacy cannot take it";
    static final String NO_PLACE = "legacy has no place for what changed";

    private final EntitySync sync;
    private final Sides legacy;
    private final LegacyChanges changes;
    private final LegacyPrecision precision;
    private final Rejects rejects;
    private final OtherMigrations others;
    private final NewKeys newKeys;
    private final SyncConflict onConflict;
    private final TransactionOperations ahead;
    private final boolean dryRun;

    /**
     * @param legacy with the rows that the job file's where leaves out
     * @param ahead the target's transactions that are not those of the step
     * @param dryRun whether nothing is to be written to legacy
     */
    public WriteSync(
            EntitySync sync,
            Sides legacy,
            LegacyChanges changes,
            LegacyPrecision precision,
            Rejects rejects,
            OtherMigrations others,
            NewKeys newKeys,
            SyncConflict onConflict,
            TransactionOperations ahead,
            boolean dryRun) {
        this.sync = sync;
        this.legacy = legacy;
        this.changes = changes;
        this.precision = precision;
        this.rejects = rejects;
        this.others = others;
        this.newKeys = newKeys;
        this.onConflict = onConflict;
        this.ahead = ahead;
        this.dryRun = dryRun;
    }

    @Override
    public void write(Chunk<? extends QueuedWrite> chunk) throws SQLException {
        List<Written> records = sync.records(chunk.getItems());
        Map<UUID, TargetRecord> stored =
                sync.stored(records.stream().map(Written::id).toList());
        records.stream()
                .filter(record -> !record.isNew() && record.entry().migrated())
                .forEach(record -> stored.computeIfPresent(record.id(), (id, read) -> Markers.ofOurs(read)));
        Set<UUID> ofOthers = others.theirs(
                sync.entity(),
                records.stream()
                        .filter(Written::isNew)
                        .map(record -> stored.get(record.id()))
                        .filter(Objects::nonNull)
                        .toList());
        Results results = new Results(sync);
        String noKey = newKeys.whyNone();
        List<Written> present = new ArrayList<>();
        for (Written record : records) {
            boolean isThere = stored.containsKey(record.id());
            if (ofOthers.contains(record.id()) || !isThere && record.isNew()) {
                // Another legacy's, or made and deleted before anybody looked.
                results.done(record);
            } else if (record.isNew() && noKey != null) {
                results.held(record, noKey, null);
            } else if (isThere) {
                present.add(record);
            }
        }
        Map<Change, Written> todo = changes(present, stored, results);
        List<Change> all = List.copyOf(todo.keySet());
        LegacyChanges.Result result =
                dryRun ? changes.foresee(all) : changes.write(all, written -> announce(written, todo, stored));
        result.refused().forEach((change, why) -> results.held(todo.get(change), REFUSED, why));
        settle(result.written(), todo, stored, results);
        results.note();
    }

    /** What is to be written, with the record that it is of. */
    private Map<Change, Written> changes(List<Written> present, Map<UUID, TargetRecord> stored, Results results)
            throws SQLException {
        Map<UUID, List<String>> keys = newKeys.known(
                present.stream().filter(Written::isNew).map(Written::id).toList());
        Map<String, LegacyRow> rows = legacy.legacy(present.stream()
                .flatMap(record -> record.isNew()
                        ? keys.getOrDefault(record.id(), List.of()).stream()
                        : Stream.of(record.entry().legacyId()))
                .toList());
        Map<String, Long> asCarried = sync.asCarried(present);
        Map<String, Long> asRolledBack = sync.asRolledBack(present);
        Map<Change, Written> todo = new LinkedHashMap<>();
        for (Written record : present) {
            TargetRecord there = stored.get(record.id());
            Change change = record.isNew()
                    ? insertion(
                            record,
                            Markers.withoutMarkers(precision.rounded(there)),
                            keys.getOrDefault(record.id(), List.of()),
                            rows,
                            results)
                    : change(record, there, rows, asCarried, asRolledBack, results);
            if (change != null) {
                todo.put(change, record);
            }
        }
        return todo;
    }

    /** @param keys those under which legacy may have the record's row; none where it has yet to count one */
    private @Nullable Change insertion(
            Written record, TargetRecord wanted, List<String> keys, Map<String, LegacyRow> rows, Results results) {
        if (keys.size() > 1) {
            results.held(record, TAKEN, null);
            return null;
        }
        String key = keys.isEmpty() ? null : keys.get(0);
        LegacyRow row = key == null ? null : rows.get(Ledger.mark(1, key));
        if (row == null || says(row, wanted) && !isRejected(row)) {
            // Also one that is there as it is to be: an earlier sync made it, and was killed.
            return new Change(key, 1, wanted, false, null, false);
        }
        results.held(record, isRejected(row) ? REJECTED : TAKEN, null);
        return null;
    }

    private boolean isRejected(LegacyRow row) {
        return !rejects.among(sync.entity(), List.of(row)).isEmpty();
    }

    private boolean says(LegacyRow row, TargetRecord wanted) {
        TargetRecord forward = legacy.forward(row);
        return forward != null && precision.holds(wanted, forward);
    }

    private @Nullable Change change(
            Written record,
            TargetRecord stored,
            Map<String, LegacyRow> rows,
            Map<String, Long> asCarried,
            Map<String, Long> asRolledBack,
            Results results) {
        TargetRecord wanted = precision.rounded(stored);
        MappedRow entry = record.entry();
        LegacyRow row = rows.get(entry.mark());
        if (record.entries().size() > 1) {
            results.held(record, EntitySync.SEVERAL_ROWS, null);
            return null;
        }
        if (rows.containsKey(Ledger.mark(2, entry.legacyId()))) {
            results.held(record, SEVERAL_OF_KEY, null);
            return null;
        }
        Long now = row == null ? null : legacy.forwardHash(row);
        if (row != null && says(row, wanted) && Objects.equals(now, entry.contentHash())) {
            said(record, Content.hash(stored), asCarried.get(entry.mark()), results);
            return null;
        }
        boolean unchanged = row != null && (EntitySync.isUnchanged(entry, now, asRolledBack) || says(row, wanted));
        String why = row == null ? DELETED_IN_LEGACY : CHANGED_TOO;
        if (!unchanged && !results.takesTarget(record, why, onConflict)) {
            return null;
        }
        return new Change(entry.legacyId(), entry.occurrence(), wanted, row != null, now, false);
    }

    /** Legacy says what it can of the record. Where that is not all, no later run may take the rest for a difference. */
    private void said(Written record, long targetHash, @Nullable Long asCarried, Results results) {
        boolean isKnown = Objects.equals(asCarried, targetHash)
                || record.entry().contentHash() == targetHash && !sync.hasExtras();
        if (isKnown) {
            results.done(record);
        } else {
            results.done(record, Carried.asFarAsLegacyCan(record.entry(), NO_PLACE, targetHash));
        }
    }

    /** In a transaction of its own: it must be there when legacy has committed, whatever becomes of ours. */
    private void announce(Map<Change, WrittenRow> written, Map<Change, Written> todo, Map<UUID, TargetRecord> stored) {
        List<Carried> announced = new ArrayList<>();
        written.forEach((change, row) -> announced.add(carried(change, row, todo.get(change), stored)));
        ahead.executeWithoutResult(status -> sync.carried().announce(sync.entity(), announced));
    }

    private static Carried carried(Change change, WrittenRow row, Written record, Map<UUID, TargetRecord> stored) {
        MappedRow entry = record.isNew()
                ? new MappedRow(row.legacyId(), 1, record.id(), false, row.contentHash())
                : record.entry().withContent(row.contentHash());
        return Carried.written(
                entry, change.known() ? Action.UPDATED : Action.INSERTED, Content.hash(stored.get(record.id())));
    }

    private void settle(
            Map<Change, WrittenRow> written, Map<Change, Written> todo, Map<UUID, TargetRecord> stored, Results results)
            throws SQLException {
        List<MappedRow> updated = new ArrayList<>();
        List<MappedRow> made = new ArrayList<>();
        written.forEach((change, row) -> {
            Written record = todo.get(change);
            Carried carried = carried(change, row, record, stored);
            if (record.isNew()) {
                made.add(carried.row());
            } else {
                updated.add(carried.row());
            }
            results.done(record, carried);
        });
        sync.settle(made, updated);
    }
}
