package dev.threadsmigration.target;

import dev.threadsmigration.ledger.Settled;
import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Rejected;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import dev.threadsmigration.model.TargetRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What becomes of the records of one chunk, as far as is known while it is written. */
final class ChunkOutcomes {

    private final ExistingRecords existing;
    private final Map<UUID, Settled> fresh;
    private final List<Settled> twins = new ArrayList<>();
    private final List<Settled> duplicates = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();

    /** @param size of the chunk */
    ChunkOutcomes(ExistingRecords existing, int size) {
        this.existing = existing;
        this.fresh = new LinkedHashMap<>(size * 2);
    }

    void reject(Rejected record) {
        rejected.add(record);
    }

    void reject(Accepted record, Rejection reason) {
        rejected.add(new Rejected(record.source(), record.record().id(), reason));
    }

    void duplicate(Settled record) {
        duplicates.add(record);
    }

    /** The target holds something under the record's id: the record itself, or another one. */
    void isThere(Accepted record, TargetRecord found) {
        if (existing.isDuplicate(record, found)) {
            duplicate(new Settled(record, true, Content.hash(found)));
        } else {
            reject(record, existing.taken(record, found));
        }
    }

    /** The target holds nothing under the record's id; an earlier row of the chunk may have become the same record. */
    void isNew(Accepted record) {
        UUID id = record.record().id();
        Settled made = new Settled(record, false, Content.hash(record.record()));
        Settled first = fresh.putIfAbsent(id, made);
        if (first == null) {
            return;
        }
        if (existing.isDuplicate(record, first.accepted().record())) {
            twins.add(new Settled(record, true, first.contentHash()));
        } else {
            reject(
                    record,
                    new Rejection(
                            RejectionCode.ID_REPEATED,
                            Field.ID,
                            "another legacy row has the id %s, too, with other content".formatted(id)));
        }
    }

    /** Those to be written. */
    List<Settled> fresh() {
        return List.copyOf(fresh.values());
    }

    /** The same records as some of the fresh ones once more, which are duplicates if those are taken. */
    List<Settled> twins() {
        return twins;
    }

    List<Settled> duplicates() {
        return duplicates;
    }

    List<Rejected> rejected() {
        return rejected;
    }
}
