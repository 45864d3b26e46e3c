package dev.threadsmigration.dualwrite;

import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.RunLock;
import dev.threadsmigration.legacy.KeysOfIds;
import dev.threadsmigration.legacy.LegacyKey;
import dev.threadsmigration.legacy.LegacyRows;
import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.mapping.RecordProcessor;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Outcome;
import dev.threadsmigration.target.ChunkWriter;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds records in legacy that the target does not have yet, and moves them as {@code migrate} would. */
final class LegacyFallback {

    private final Map<Entity, Source> sources;
    private final Ledger ledger;
    private final CarriedWrites carried;
    private final TransactionTemplate transaction;
    private final RunLock lock;

    /**
     * @param transaction of the target
     * @param lock of the migration: while a run has it, nothing is moved here
     */
    LegacyFallback(
            Map<Entity, Source> sources,
            Ledger ledger,
            CarriedWrites carried,
            TransactionTemplate transaction,
            RunLock lock) {
        this.sources = sources;
        this.ledger = ledger;
        this.carried = carried;
        this.transaction = transaction;
        this.lock = lock;
    }

    /**
     * Where an entity's records come from.
     *
     * @param keysOfIds of the same rows
     * @param processor a new one each time, since none can be used by two threads
     * @param writer the same
     */
    record Source(
            MappingRules rules,
            LegacyRows rows,
            KeysOfIds keysOfIds,
            Supplier<RecordProcessor> processor,
            Supplier<ChunkWriter> writer) {

        Outcome outcome(LegacyRow row) {
            return processor.get().process(row);
        }

        /** The key of the row with this id; null where there is none, or several are. */
        @Nullable
        String key(String id) throws SQLException {
            if (rules.idIsKey()) {
                return id;
            }
            List<String> found = keysOfIds.of(id);
            return found.size() == 1 ? found.get(0) : null;
        }
    }

    /**
     * The record of a legacy row, as the target would have it; empty where there is none, where it would be rejected, and
     * where it was moved before, so that somebody has deleted it in the target since.
     */
    Optional<Accepted> find(Entity entity, String legacyId) throws SQLException {
        List<LegacyRow> rows = sources.get(entity).rows().withKey(legacyId);
        // Which of several rows is meant, the migration decides.
        return rows.size() == 1 ? accepted(entity, rows.get(0)) : Optional.empty();
    }

    private Optional<Accepted> accepted(Entity entity, LegacyRow row) {
        // In this order: what is not announced any more is in the ledger.
        return !carried.isAnnounced(entity, row.legacyId())
                        && ledger.entries(entity, List.of(row)).isEmpty()
                        && sources.get(entity).outcome(row) instanceof Accepted accepted
                ? Optional.of(accepted)
                : Optional.empty();
    }

    /** The id of the record that a legacy row became; null where it has not been moved, or is one of several of its key. */
    @Nullable
    UUID newId(Entity entity, String legacyId) {
        return ledger.newId(entity, legacyId);
    }

    /** The key of the legacy row whose record has this id; null where it cannot be told from the id, or there is none. */
    @Nullable
    String legacyId(Entity entity, UUID id) throws SQLException {
        Source source = sources.get(entity);
        boolean isThere = source.rules().keyHoldsNewIds() || source.rules().idIsHeldBesideKey();
        return isThere ? source.key(id.toString()) : null;
    }

    /** Moves a record, and first those that it refers to; does nothing while a run has the migration's lock. */
    synchronized void move(Accepted record) throws SQLException {
        if (!lock.tryAcquire()) {
            return;
        }
        try (lock) {
            Map<Accepted, Entity> all = new LinkedHashMap<>();
            collect(record, all);
            for (Map.Entry<Accepted, Entity> one : all.entrySet()) {
                ChunkWriter writer = sources.get(one.getValue()).writer().get();
                transaction.executeWithoutResult(status -> {
                    try {
                        writer.write(new Chunk<>(List.of(one.getKey())));
                    } catch (SQLException e) {
                        throw new IllegalStateException("a record could not be moved: " + e.getMessage(), e);
                    }
                });
            }
        }
    }

    /** Those that are referred to come first. */
    private void collect(Accepted record, Map<Accepted, Entity> all) throws SQLException {
        Entity entity = record.record().entity();
        for (Entity referenced : entity.references()) {
            String id = reference(entity, referenced, record.source());
            String key = id == null || !sources.containsKey(referenced)
                    ? null
                    : sources.get(referenced).key(id);
            if (key != null) {
                Optional<Accepted> parent = find(referenced, key);
                if (parent.isPresent()) {
                    collect(parent.get(), all);
                }
            }
        }
        all.put(record, entity);
    }

    /** The id that a row refers to. */
    private @Nullable String reference(Entity entity, Entity referenced, LegacyRow row) {
        MappingRules rules = sources.get(entity).rules();
        @Nullable
        Object[] values = rules.columns(entity.referenceTo(referenced)).stream()
                .map(column -> row.value(rules.table().position(column.name())))
                .toArray();
        return values.length == 0 ? null : LegacyKey.text(values, values.length);
    }
}
