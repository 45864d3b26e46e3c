package dev.threadsmigration.target;

import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.Settled;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Outcome;
import dev.threadsmigration.model.Rejected;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import dev.threadsmigration.model.TargetRecord;
import dev.threadsmigration.target.ExistingRecords.Found;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes a chunk in the step's transaction, with a handful of statements however large it is: look up the referenced
 * records, look up what is there under the same ids, load the rest and its ledger entries, keep the rejects.
 *
 * <p>A row that got its outcome earlier is passed over, so that writing a chunk twice changes nothing.
 */
public final class ChunkWriter implements ItemWriter<Outcome> {

    private final DataSource target;
    private final TargetTable table;
    private final Entity entity;
    private final Ledger ledger;
    private final Rejects rejects;
    private final List<References> references;
    private final ExistingRecords existing;
    private final TargetRecords records;
    private final RecordWriter writer;
    private final EarlierOutcomes earlier;
    private final ChunkProgress progress;

    /**
     * @param references of the table's entity, which all its writers of a run share
     * @param oldSystem the marker that says which legacy system a thread came from
     */
    public ChunkWriter(
            DataSource target,
            TargetTable table,
            List<References> references,
            Ledger ledger,
            Rejects rejects,
            String oldSystem,
            EarlierOutcomes earlier,
            ChunkProgress progress) {
        this.target = target;
        this.table = table;
        this.entity = table.entity();
        this.ledger = ledger;
        this.rejects = rejects;
        this.earlier = earlier;
        this.progress = progress;
        this.references = references;
        this.existing = new ExistingRecords(table, oldSystem);
        this.records = new TargetRecords(table);
        this.writer = new RecordWriter(table, ledger);
    }

    @Override
    public void write(Chunk<? extends Outcome> chunk) throws SQLException {
        CurrentConnection.use(target, connection -> {
            table.dialect().checkConstraintsAtOnce(connection);
            write(connection, chunk.getItems());
        });
    }

    private void write(Connection connection, List<? extends Outcome> outcomes) throws SQLException {
        ChunkOutcomes chunk = new ChunkOutcomes(existing, outcomes.size());
        sort(connection, withReferences(connection, accepted(outcomes, chunk), chunk), chunk);
        List<Settled> fresh = chunk.fresh();
        Map<UUID, SQLException> refused = new HashMap<>();
        writer.write(connection, fresh, (record, why) -> {
            refused.put(record.accepted().record().id(), why);
            settleRefused(connection, record, why, chunk);
        });
        for (Settled twin : chunk.twins()) {
            SQLException why = refused.get(twin.accepted().record().id());
            if (why == null) {
                chunk.duplicate(twin);
            } else {
                settleRefused(connection, twin, why, chunk);
            }
        }
        ledger.settle(connection, entity, chunk.duplicates());
        int rejectedBefore = earlier.rejected() ? forgetEarlierRejects(outcomes) : 0;
        List<Rejected> rejectedNow = withoutSettled(chunk.rejected());
        rejects.keep(entity, rejectedNow);
        tellWhenCommitted(fresh.size() - refused.size(), chunk.duplicates().size(), rejectedNow.size(), rejectedBefore);
    }

    private static List<Accepted> accepted(List<? extends Outcome> outcomes, ChunkOutcomes chunk) {
        List<Accepted> accepted = new ArrayList<>(outcomes.size());
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Accepted good) {
                accepted.add(good);
            } else if (outcome instanceof Rejected bad) {
                chunk.reject(bad);
            }
        }
        return accepted;
    }

    /** A record that has arrived keeps that outcome, although its legacy row has become one that would be rejected. */
    private List<Rejected> withoutSettled(List<Rejected> rejected) {
        Set<String> settled = settledAmong(rejected.stream().map(Rejected::source));
        return rejected.stream()
                .filter(reject -> !settled.contains(Ledger.mark(reject.source())))
                .toList();
    }

    /** @return how many there were */
    private int forgetEarlierRejects(List<? extends Outcome> outcomes) {
        List<LegacyRow> rows = outcomes.stream().map(Outcome::source).toList();
        Set<String> rejectedBefore = rejects.among(entity, rows);
        rejects.clear(
                entity,
                rows.stream()
                        .filter(row -> rejectedBefore.contains(Ledger.mark(row)))
                        .toList());
        return rejectedBefore.size();
    }

    private void tellWhenCommitted(int migrated, int duplicate, int rejected, int rejectedBefore) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                progress.chunkWritten(entity, migrated, duplicate, rejected, rejectedBefore);
            }
        });
    }

    private List<Accepted> withReferences(Connection connection, List<Accepted> accepted, ChunkOutcomes chunk)
            throws SQLException {
        Map<Accepted, Rejection> problems = References.problems(connection, references, accepted);
        problems.forEach(chunk::reject);
        return References.without(accepted, problems);
    }

    /** Tells what is there already from what is new to the target. */
    private void sort(Connection connection, List<Accepted> accepted, ChunkOutcomes chunk) throws SQLException {
        Found there = existing.find(connection, accepted);
        Set<String> settledBefore =
                settledAmong(accepted.stream().filter(there::holds).map(Accepted::source));
        for (Accepted record : accepted) {
            if (!settledBefore.isEmpty() && settledBefore.contains(Ledger.mark(record.source()))) {
                continue;
            }
            if (there.marked().contains(record)) {
                chunk.duplicate(new Settled(record, true, 0));
                continue;
            }
            TargetRecord found = there.others().get(record.record().id());
            if (found == null) {
                chunk.isNew(record);
            } else {
                chunk.isThere(record, found);
            }
        }
    }

    /** The marks of those rows that got their outcome in an earlier run; none is looked for where no row had one. */
    private Set<String> settledAmong(Stream<LegacyRow> rows) {
        List<LegacyRow> candidates = earlier.settled() ? rows.toList() : List.of();
        return candidates.isEmpty()
                ? Set.of()
                : ledger.newIds(entity, candidates).keySet();
    }

    /** The target refused this one: somebody was quicker, a referenced record is gone, or a rule of its own forbids it. */
    private void settleRefused(Connection connection, Settled record, SQLException why, ChunkOutcomes chunk)
            throws SQLException {
        Accepted accepted = record.accepted();
        UUID id = accepted.record().id();
        TargetRecord found = records.find(connection, List.of(id)).get(id);
        if (found != null) {
            if (!ledger.newIds(entity, List.of(accepted.source())).containsKey(Ledger.mark(accepted.source()))) {
                chunk.isThere(accepted, found);
            }
            return;
        }
        references.forEach(References::forget);
        if (!withReferences(connection, List.of(accepted), chunk).isEmpty()) {
            chunk.reject(
                    accepted,
                    new Rejection(
                            RejectionCode.TARGET_REFUSED, null, "the target refused it: " + Halving.message(why)));
        }
    }
}
