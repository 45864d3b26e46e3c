package dev.threadsmigration.target;

import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.Settled;
import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
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
import java.util.LinkedHashMap;
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
        List<Rejected> rejected = new ArrayList<>();
        List<Accepted> accepted = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            if (outcome instanceof Accepted good) {
                accepted.add(good);
            } else if (outcome instanceof Rejected bad) {
                rejected.add(bad);
            }
        }
        List<Accepted> referring = withReferences(connection, accepted, rejected);
        List<Settled> duplicates = new ArrayList<>();
        List<Settled> twins = new ArrayList<>();
        List<Settled> fresh = fresh(connection, referring, duplicates, twins, rejected);
        Map<UUID, SQLException> refused = new HashMap<>();
        writer.write(connection, fresh, (record, why) -> {
            refused.put(record.accepted().record().id(), why);
            settleRefused(connection, record, why, duplicates, rejected);
        });
        for (Settled twin : twins) {
            SQLException why = refused.get(twin.accepted().record().id());
            if (why == null) {
                duplicates.add(twin);
            } else {
                settleRefused(connection, twin, why, duplicates, rejected);
            }
        }
        ledger.settle(connection, entity, duplicates);
        int rejectedBefore = earlier.rejected() ? forgetEarlierRejects(outcomes) : 0;
        List<Rejected> rejectedNow = withoutSettled(rejected);
        rejects.keep(entity, rejectedNow);
        tellWhenCommitted(fresh.size() - refused.size(), duplicates.size(), rejectedNow.size(), rejectedBefore);
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

    private List<Accepted> withReferences(Connection connection, List<Accepted> accepted, List<Rejected> rejected)
            throws SQLException {
        List<Accepted> remaining = accepted;
        for (References reference : references) {
            References.Broken broken = reference.broken(connection, remaining);
            if (broken.isEmpty()) {
                continue;
            }
            List<Accepted> passed = new ArrayList<>(remaining.size());
            for (Accepted record : remaining) {
                Rejection problem = broken.problem(record);
                if (problem == null) {
                    passed.add(record);
                } else {
                    rejected.add(reject(record, problem));
                }
            }
            remaining = passed;
        }
        return remaining;
    }

    /**
     * Sets apart what is there already; what is left is new to the target.
     *
     * @param twins the same records once more, which are there if the first of them is taken
     */
    private List<Settled> fresh(
            Connection connection,
            List<Accepted> accepted,
            List<Settled> duplicates,
            List<Settled> twins,
            List<Rejected> rejected)
            throws SQLException {
        Found there = existing.find(connection, accepted);
        Set<String> settledBefore =
                settledAmong(accepted.stream().filter(there::holds).map(Accepted::source));
        Map<UUID, Settled> fresh = new LinkedHashMap<>(accepted.size() * 2);
        for (Accepted record : accepted) {
            UUID id = record.record().id();
            if (!settledBefore.isEmpty() && settledBefore.contains(Ledger.mark(record.source()))) {
                continue;
            }
            TargetRecord found = there.others().get(id);
            if (there.marked().contains(record)) {
                duplicates.add(new Settled(record, true, 0));
                continue;
            }
            if (found != null) {
                settleExisting(record, found, duplicates, rejected);
                continue;
            }
            Settled made = new Settled(record, false, Content.hash(record.record()));
            Settled first = fresh.putIfAbsent(id, made);
            if (first == null) {
                continue;
            }
            if (existing.isDuplicate(record, first.accepted().record())) {
                twins.add(new Settled(record, true, first.contentHash()));
            } else {
                rejected.add(reject(
                        record,
                        new Rejection(
                                RejectionCode.ID_REPEATED,
                                Field.ID,
                                "another legacy row has the id %s, too, with other content".formatted(id))));
            }
        }
        return List.copyOf(fresh.values());
    }

    /** The marks of those rows that got their outcome in an earlier run; none is looked for where no row had one. */
    private Set<String> settledAmong(Stream<LegacyRow> rows) {
        List<LegacyRow> candidates = earlier.settled() ? rows.toList() : List.of();
        return candidates.isEmpty()
                ? Set.of()
                : ledger.newIds(entity, candidates).keySet();
    }

    private void settleExisting(
            Accepted record, TargetRecord found, List<Settled> duplicates, List<Rejected> rejected) {
        if (existing.isDuplicate(record, found)) {
            duplicates.add(new Settled(record, true, Content.hash(found)));
        } else {
            rejected.add(reject(record, existing.taken(record, found)));
        }
    }

    /** The target refused this one: somebody was quicker, a referenced record is gone, or a rule of its own forbids it. */
    private void settleRefused(
            Connection connection, Settled record, SQLException why, List<Settled> duplicates, List<Rejected> rejected)
            throws SQLException {
        Accepted accepted = record.accepted();
        UUID id = accepted.record().id();
        TargetRecord found = records.find(connection, List.of(id)).get(id);
        if (found != null) {
            if (!ledger.newIds(entity, List.of(accepted.source())).containsKey(Ledger.mark(accepted.source()))) {
                settleExisting(accepted, found, duplicates, rejected);
            }
            return;
        }
        references.forEach(References::forget);
        List<Rejected> unreferenced = new ArrayList<>();
        if (!withReferences(connection, List.of(accepted), unreferenced).isEmpty()) {
            unreferenced.add(reject(
                    accepted,
                    new Rejection(RejectionCode.TARGET_REFUSED, null, "the target refused it: " + message(why))));
        }
        rejected.addAll(unreferenced);
    }

    private static String message(SQLException why) {
        return String.valueOf(why.getMessage()).strip().replaceAll("\\s*\\n\\s*", "; ");
    }

    private static Rejected reject(Accepted accepted, Rejection reason) {
        return new Rejected(accepted.source(), accepted.record().id(), reason);
    }
}
