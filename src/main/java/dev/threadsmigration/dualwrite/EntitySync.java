package dev.threadsmigration.dualwrite;

import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.ledger.AdoptedRows;
import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.ledger.QueuedWrite;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.RollbackItem;
import dev.threadsmigration.ledger.RollbackItems;
import dev.threadsmigration.ledger.Settled;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.TargetRecord;
import dev.threadsmigration.target.TargetRecords;
import dev.threadsmigration.target.TargetTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The queued writes of one entity, and what is known of the records that were written.
 *
 * @param table of the target
 * @param idIsKey whether legacy has the ids as the keys of its rows, and not in a column beside them
 */
public record EntitySync(
        DataSource target,
        TargetTable table,
        Ledger ledger,
        WriteQueue queue,
        CarriedWrites carried,
        AdoptedRows adopted,
        RollbackItems rollbacks,
        Rejects rejects,
        boolean idIsKey) {

    /** As PostgreSQL spells one. In a column of texts any other spelling is another id than those that we write. */
    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    static final String NO_UUID = "its id is no UUID";
    static final String SEVERAL_ROWS = "several legacy rows became this record";

    Entity entity() {
        return table.entity();
    }

    /** Whether the target has columns beside the fields, of which a record does not tell whether they changed. */
    boolean hasExtras() {
        return !table.extras().isEmpty();
    }

    /**
     * A record that was written, with all of its writes that are looked at together.
     *
     * @param entries the ledger's; none where the application made it
     */
    record Written(UUID id, List<QueuedWrite> writes, List<MappedRow> entries) {

        boolean isNew() {
            return entries.isEmpty();
        }

        /** Of a record that is not new, and not of several rows. */
        MappedRow entry() {
            return entries.get(0);
        }
    }

    /** The records of these writes, once each; a write of what can be none of ours is held. */
    List<Written> records(Collection<? extends QueuedWrite> writes) {
        Map<UUID, List<QueuedWrite>> byId = new LinkedHashMap<>();
        List<QueuedWrite> others = new ArrayList<>();
        for (QueuedWrite write : writes) {
            if (UUID_TEXT.matcher(write.recordId()).matches()) {
                byId.computeIfAbsent(UUID.fromString(write.recordId()), id -> new ArrayList<>())
                        .add(write);
            } else {
                others.add(write);
            }
        }
        queue.hold(others, NO_UUID, null);
        Map<UUID, List<MappedRow>> entries = ledger.entriesOfNewIds(entity(), byId.keySet());
        return byId.entrySet().stream()
                .map(record -> new Written(
                        record.getKey(), record.getValue(), entries.getOrDefault(record.getKey(), List.of())))
                .toList();
    }

    /** Those of these records that the target has, as it has them now. */
    Map<UUID, TargetRecord> stored(Collection<UUID> ids) throws SQLException {
        return CurrentConnection.query(
                target, connection -> new TargetRecords(table).find(connection, Set.copyOf(ids)));
    }

    /** {@link CarriedWrites#asCarried} of these records. */
    Map<String, Long> asCarried(Collection<Written> records) {
        return carried.asCarried(entity(), entries(records));
    }

    private static List<MappedRow> entries(Collection<Written> records) {
        return records.stream().flatMap(record -> record.entries().stream()).toList();
    }

    /**
     * The hashes of what a rollback that was undone had carried back to legacy, by {@link Ledger#mark}, as long as the ledger has
     * those that it had then.
     */
    Map<String, Long> asRolledBack(Collection<Written> records) {
        List<MappedRow> entries = entries(records);
        Map<String, RollbackItem> latest = rollbacks.latest(entity(), entries);
        Map<String, Long> hashes = new HashMap<>();
        for (MappedRow entry : entries) {
            RollbackItem item = latest.get(entry.mark());
            if (item != null
                    && item.action().writesLegacy()
                    && item.done()
                    && Objects.equals(item.legacyHash(), entry.contentHash())) {
                hashes.put(entry.mark(), item.targetHash());
            }
        }
        return hashes;
    }

    /** Whether a legacy row that gives this hash now was changed by nobody but us since it was migrated. */
    static boolean isUnchanged(MappedRow entry, @Nullable Long now, Map<String, Long> asRolledBack) {
        return now != null && (now == entry.contentHash() || now.equals(asRolledBack.get(entry.mark())));
    }

    /**
     * Notes in the ledger what legacy has now.
     *
     * @param made rows that were made for records of the application
     * @param updated rows that were there before
     */
    void settle(List<MappedRow> made, List<MappedRow> updated) throws SQLException {
        List<Settled> settled = made.stream()
                .map(row -> Settled.madeByApplication(entity(), row))
                .toList();
        CurrentConnection.use(target, connection -> {
            ledger.settle(connection, entity(), settled);
            adopted.add(connection, entity(), made.stream().filter(this::adopts).toList());
            ledger.update(connection, entity(), updated);
        });
        // Of a row under the same key that is gone, and was rejected before.
        rejects.clear(
                entity(), settled.stream().map(row -> row.accepted().source()).toList());
    }

    /** Whether nothing in the row says its record's id, so that it must be remembered as that record's. */
    boolean adopts(MappedRow row) {
        return idIsKey && !row.legacyId().equals(row.newId().toString());
    }
}
