package dev.threadsmigration.rollback;

import dev.threadsmigration.carryback.ReferenceIds;
import dev.threadsmigration.carryback.Sides;
import dev.threadsmigration.config.OnConflict;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.ledger.RollbackItem;
import dev.threadsmigration.ledger.RollbackItem.Action;
import dev.threadsmigration.legacy.LegacyRows;
import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.mapping.Markers;
import dev.threadsmigration.mapping.RecordProcessor;
import dev.threadsmigration.mapping.ReverseMapping;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.TargetRecord;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Looks at both sides of every migrated record before anything is touched. A record has changed in the new system when its
 * hash is not the one that the ledger remembers, and in legacy when migrating it now would give another hash. Where it gives
 * what an earlier rollback found in the target, legacy has been given that, and has not changed since.
 */
public final class Analysis implements ItemWriter<MappedRow> {

    private final EntityRollback rollback;
    private final Sides sides;
    private final Sides allSides;
    private final ReverseMapping reverse;
    private final ReferenceIds references;
    private final OnConflict onConflict;
    private final boolean writesLegacy;

    /**
     * @param all the rows, with those that the job file's where leaves out
     * @param writesLegacy whether changes go to legacy; if not, they are in the snapshot only
     */
    public Analysis(
            EntityRollback rollback,
            LegacyRows rows,
            LegacyRows all,
            RecordProcessor processor,
            ReverseMapping reverse,
            ReferenceIds references,
            OnConflict onConflict,
            boolean writesLegacy) {
        this.rollback = rollback;
        this.sides = new Sides(rows, processor);
        this.allSides = new Sides(all, processor);
        this.reverse = reverse;
        this.references = references;
        this.onConflict = onConflict;
        this.writesLegacy = writesLegacy;
    }

    @Override
    public void write(Chunk<? extends MappedRow> chunk) throws SQLException {
        List<MappedRow> ours = chunk.getItems().stream()
                .filter(MappedRow::migrated)
                .map(MappedRow.class::cast)
                .toList();
        Map<UUID, TargetRecord> stored =
                rollback.stored(ours.stream().map(MappedRow::newId).toList());
        Map<String, RollbackItem> before = rollback.items().before(ours);
        List<RollbackItem> found = new ArrayList<>();
        List<MappedRow> same = new ArrayList<>();
        List<MappedRow> others = new ArrayList<>();
        for (MappedRow row : ours) {
            TargetRecord record = stored.get(row.newId());
            if (record == null) {
                found.add(RollbackItem.gone(row));
            } else {
                boolean asWritten = isAsWritten(row, record);
                if (!asWritten) {
                    record = Markers.ofOurs(record);
                    stored.put(row.newId(), record);
                    asWritten = isAsWritten(row, record);
                }
                asWritten &= !before.containsKey(row.mark());
                (asWritten && row.occurrence() == 1 ? same : others).add(row);
            }
        }
        if (writesLegacy) {
            found.addAll(deleted(same, stored));
        }
        found.addAll(writesLegacy ? looked(others, stored, before) : kept(others, stored));
        rollback.items().add(found);
    }

    private static boolean isAsWritten(MappedRow row, TargetRecord stored) {
        return Content.hash(stored) == row.contentHash();
    }

    /** Of a record that nobody changed, no more is asked than whether its legacy row is there. */
    private List<RollbackItem> deleted(List<MappedRow> same, Map<UUID, TargetRecord> stored) throws SQLException {
        Set<String> present =
                sides.present(same.stream().map(MappedRow::legacyId).toList());
        List<MappedRow> absent =
                same.stream().filter(row -> !present.contains(row.legacyId())).toList();
        Map<String, Set<Long>> leftOut = leftOut(absent);
        return absent.stream()
                .filter(row -> !isAmong(leftOut, row, row.contentHash()))
                .map(row -> restored(row, stored.get(row.newId())))
                .toList();
    }

    private List<RollbackItem> looked(
            List<MappedRow> others, Map<UUID, TargetRecord> stored, Map<String, RollbackItem> before)
            throws SQLException {
        Map<String, LegacyRow> legacy =
                sides.legacy(others.stream().map(MappedRow::legacyId).toList());
        // Where other rows have the key, nobody can tell which of them was meant.
        Set<String> keys = legacy.values().stream().map(LegacyRow::legacyId).collect(Collectors.toSet());
        Map<String, Set<Long>> leftOut = leftOut(
                others.stream().filter(row -> !keys.contains(row.legacyId())).toList());
        List<RollbackItem> found = new ArrayList<>();
        for (MappedRow row : others) {
            LegacyRow there = legacy.get(row.mark());
            RollbackItem item = there == null
                    ? absent(row, stored.get(row.newId()), leftOut)
                    : look(row, stored.get(row.newId()), there, before.get(row.mark()));
            if (item != null) {
                found.add(item);
            }
        }
        return found;
    }

    private static List<RollbackItem> kept(List<MappedRow> others, Map<UUID, TargetRecord> stored) {
        return others.stream()
                .filter(row -> !isAsWritten(row, stored.get(row.newId())))
                .map(row -> item(
                        row,
                        Action.KEEP_LEGACY,
                        Content.hash(stored.get(row.newId())),
                        "not what was migrated, legacy's is kept"))
                .toList();
    }

    /** What rows would become that the job file's where leaves out now, by their key: they are not to be inserted again. */
    private Map<String, Set<Long>> leftOut(List<MappedRow> absent) throws SQLException {
        Map<String, Set<Long>> leftOut = new HashMap<>();
        for (LegacyRow row : allSides.legacy(
                        absent.stream().map(MappedRow::legacyId).toList())
                .values()) {
            Long hash = allSides.forwardHash(row);
            if (hash != null) {
                leftOut.computeIfAbsent(row.legacyId(), key -> new HashSet<>()).add(hash);
            }
        }
        return leftOut;
    }

    private static boolean isAmong(Map<String, Set<Long>> hashes, MappedRow row, long hash) {
        return hashes.getOrDefault(row.legacyId(), Set.of()).contains(hash);
    }

    /** A record whose legacy row is not found, be it that it was deleted or that the job file leaves it out now. */
    private @Nullable RollbackItem absent(MappedRow row, TargetRecord stored, Map<String, Set<Long>> leftOut) {
        long now = Content.hash(stored);
        if (isAmong(leftOut, row, now)) {
            return now == row.contentHash() ? null : changedAlike(row, now);
        }
        return isAmong(leftOut, row, row.contentHash())
                ? item(
                        row,
                        onConflict == OnConflict.KEEP_LEGACY ? Action.KEEP_LEGACY : Action.CONFLICT,
                        now,
                        "changed in the new system, and the job file's where leaves its legacy row out")
                : restored(row, stored);
    }

    private static RollbackItem changedAlike(MappedRow row, long now) {
        return item(row, Action.KEEP_LEGACY, now, "changed on both sides in the same way");
    }

    private RollbackItem restored(MappedRow row, TargetRecord stored) {
        return writable(row, stored, null, Action.RESTORE, Content.hash(stored), "its legacy row was deleted");
    }

    /** @param before what the last rollback that had to do with it found; null: none had */
    private @Nullable RollbackItem look(
            MappedRow row, TargetRecord stored, LegacyRow legacy, @Nullable RollbackItem before) {
        long now = Content.hash(stored);
        boolean asWritten = now == row.contentHash();
        if (asWritten && before == null) {
            return null;
        }
        Long forward = sides.forwardHash(legacy);
        if (Objects.equals(forward, now)) {
            return asWritten ? null : changedAlike(row, now);
        }
        boolean asCarriedBack = before != null && Objects.equals(forward, before.targetHash());
        if (asCarriedBack || !asWritten && Objects.equals(forward, row.contentHash())) {
            return writable(row, stored, sides.forward(legacy), Action.CARRY, now, "changed in the new system");
        }
        if (asWritten) {
            return null;
        }
        return switch (onConflict) {
            case KEEP_LEGACY -> item(row, Action.KEEP_LEGACY, now, "changed on both sides, legacy's is kept");
            case TAKE_TARGET ->
                writable(row, stored, sides.forward(legacy), Action.CARRY, now, "changed on both sides");
            case STOP -> item(row, Action.CONFLICT, now, "changed on both sides");
        };
    }

    /**
     * The action, or a conflict where the legacy row cannot hold what would be written. Where legacy's is to be kept and is
     * gone, the target has the last there is of the record.
     */
    private RollbackItem writable(
            MappedRow row, TargetRecord stored, @Nullable TargetRecord before, Action action, long now, String detail) {
        try {
            reverse.columns(stored, row.legacyId(), before, references::legacyId);
            return item(row, action, now, before == null ? null : Content.hash(before), detail);
        } catch (ReverseMapping.IrreversibleException e) {
            if (onConflict != OnConflict.KEEP_LEGACY) {
                return item(row, Action.CONFLICT, now, e.getMessage());
            }
            return action == Action.CARRY
                    ? item(row, Action.KEEP_LEGACY, now, e.getMessage())
                    : item(row, Action.KEPT, now, "its legacy row was deleted and cannot be written again");
        }
    }

    private static RollbackItem item(MappedRow row, Action action, long hash, String detail) {
        return item(row, action, hash, null, detail);
    }

    private static RollbackItem item(
            MappedRow row, Action action, long hash, @Nullable Long legacyHash, String detail) {
        return new RollbackItem(
                row.legacyId(),
                row.occurrence(),
                row.newId(),
                action,
                hash,
                legacyHash,
                detail,
                !action.writesLegacy());
    }
}
