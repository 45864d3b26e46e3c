package dev.threadsmigration.validation;

import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.ValidationIssue;
import dev.threadsmigration.ledger.ValidationLog;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.target.StoredRecord;
import dev.threadsmigration.target.StoredRecords;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Compares a chunk of legacy rows with the target: one statement asks the ledger where they went, one fetches what is
 * there. What is found is kept in the step's transaction.
 */
public final class ComparingWriter implements ItemWriter<LegacyRow> {

    private final Entity entity;
    private final Ledger ledger;
    private final Rejects rejects;
    private final StoredRecords stored;
    private final RecordComparison comparison;
    private final CarriedWrites carried;
    private final ValidationLog log;
    private final long validation;
    private final String part;

    /**
     * @param validation the validation's number
     * @param part the key range or sample
     */
    public ComparingWriter(
            Entity entity,
            Ledger ledger,
            Rejects rejects,
            StoredRecords stored,
            RecordComparison comparison,
            CarriedWrites carried,
            ValidationLog log,
            long validation,
            String part) {
        this.entity = entity;
        this.ledger = ledger;
        this.rejects = rejects;
        this.stored = stored;
        this.comparison = comparison;
        this.carried = carried;
        this.log = log;
        this.validation = validation;
        this.part = part;
    }

    @Override
    public void write(Chunk<? extends LegacyRow> chunk) throws SQLException {
        List<LegacyRow> rows = List.copyOf(chunk.getItems());
        Map<String, UUID> newIds = ledger.newIds(entity, rows);
        Map<UUID, StoredRecord> records = stored.find(newIds.values());
        List<LegacyRow> withoutNewId = new ArrayList<>();
        long compared = 0;
        long missing = 0;
        Map<Field, Long> lost = new EnumMap<>(Field.class);
        Map<LegacyRow, List<ValidationIssue>> found = new LinkedHashMap<>();
        for (LegacyRow row : rows) {
            UUID newId = newIds.get(Ledger.mark(row));
            if (newId == null) {
                withoutNewId.add(row);
                continue;
            }
            compared++;
            StoredRecord record = records.get(newId);
            if (record == null) {
                missing++;
                found.put(
                        row,
                        List.of(new ValidationIssue(
                                entity.label(), row.legacyId(), "missing", null, null, newId.toString(), null)));
            } else {
                List<ValidationIssue> differences = comparison.compare(row, record, Origin.MIGRATION);
                if (differences.isEmpty()) {
                    comparison.lost(row, record.fields()).forEach(field -> lost.merge(field, 1L, Long::sum));
                } else {
                    found.put(row, differences);
                }
            }
        }
        found = comparedByOrigin(found, newIds, records);
        log.add(
                validation,
                entity,
                part,
                new ValidationLog.Totals(
                        rows.size(), unsettled(withoutNewId), compared, missing, found.size() - missing),
                found.values().stream().flatMap(List::stream).toList(),
                lost);
    }

    /** What is left of these where a record that we did not write is compared as such. */
    private Map<LegacyRow, List<ValidationIssue>> comparedByOrigin(
            Map<LegacyRow, List<ValidationIssue>> found, Map<String, UUID> newIds, Map<UUID, StoredRecord> records) {
        if (found.isEmpty()) {
            return found;
        }
        Map<String, MappedRow> entries = ledger.entries(entity, found.keySet());
        Set<String> written = carried.writtenAmong(
                entity, found.keySet().stream().map(LegacyRow::legacyId).toList());
        Map<LegacyRow, List<ValidationIssue>> left = new LinkedHashMap<>();
        found.forEach((row, issues) -> {
            String mark = Ledger.mark(row);
            StoredRecord record = records.get(newIds.get(mark));
            MappedRow entry = entries.get(mark);
            Origin origin = written.contains(mark)
                    ? Origin.APPLICATION
                    : entry == null || entry.migrated() ? Origin.MIGRATION : Origin.FOUND;
            List<ValidationIssue> still =
                    record == null || origin == Origin.MIGRATION ? issues : comparison.compare(row, record, origin);
            if (!still.isEmpty()) {
                left.put(row, still);
            }
        });
        return left;
    }

    /** How many of the rows without a new id are not among the rejected ones either. */
    private long unsettled(List<LegacyRow> rows) {
        Set<String> rejected = rows.isEmpty() ? Set.of() : rejects.among(entity, rows);
        return rows.stream().filter(row -> !rejected.contains(Ledger.mark(row))).count();
    }
}
