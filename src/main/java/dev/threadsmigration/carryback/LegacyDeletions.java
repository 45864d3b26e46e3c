package dev.threadsmigration.carryback;

import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.legacy.LegacyReferrers;
import dev.threadsmigration.legacy.LegacyRows;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.legacy.LegacyWriter;
import dev.threadsmigration.mapping.RecordProcessor;
import dev.threadsmigration.mapping.ReverseMapping;
import dev.threadsmigration.model.LegacyRow;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Deletes legacy rows, many in one transaction of legacy's; none that is no longer what it was looked at, and none that
 * another row refers to, which might go with it.
 */
public final class LegacyDeletions {

    private final LegacyTransaction transaction;
    private final LegacyTable table;
    private final RecordProcessor processor;
    private final LegacyReferrers referrers;
    private final LegacyWriter writer;

    public LegacyDeletions(DataSource legacy, LegacyTable table, RecordProcessor processor, LegacyReferrers referrers) {
        this.transaction = new LegacyTransaction(legacy, table.dialect());
        this.table = table;
        this.processor = processor;
        this.referrers = referrers;
        this.writer = new LegacyWriter(table);
    }

    /**
     * A row to delete.
     *
     * @param before the hash of what it gave when it was looked at; null where it would have been rejected
     */
    public record Deletion(MappedRow entry, @Nullable Long before) {}

    /**
     * What became of deletions.
     *
     * @param deleted with the rows as they were
     * @param refused with the reason; these rows are still there
     */
    public record Result(Map<Deletion, LegacyRow> deleted, Map<Deletion, String> refused) {}

    /**
     * @param rows those to delete, as they were when they were looked at
     * @param announcement gets to know which will have been deleted, before legacy commits it
     */
    public Result delete(Map<Deletion, LegacyRow> rows, Consumer<Map<Deletion, LegacyRow>> announcement)
            throws SQLException {
        if (table.isQuery()) {
            return foresee(rows);
        }
        Map<Deletion, String> refused = new LinkedHashMap<>();
        return new Result(transaction.run(List.copyOf(rows.keySet()), refused, this::delete, announcement), refused);
    }

    /** What {@link #delete} would do, as far as can be told without writing. */
    public Result foresee(Map<Deletion, LegacyRow> rows) {
        if (!table.isQuery()) {
            return new Result(rows, Map.of());
        }
        Map<Deletion, String> refused = new LinkedHashMap<>();
        rows.keySet().forEach(deletion -> refused.put(deletion, ReverseMapping.FROM_QUERY));
        return new Result(Map.of(), refused);
    }

    private Map<Deletion, LegacyRow> delete(Connection connection, List<Deletion> todo, Map<Deletion, String> refused)
            throws SQLException {
        Sides sides = new Sides(new LegacyRows(new SingleConnectionDataSource(connection, true), table), processor);
        List<String> keys =
                todo.stream().map(deletion -> deletion.entry().legacyId()).toList();
        sides.lock(keys);
        Map<String, LegacyRow> there = sides.legacy(keys);
        boolean guarded = !refused.isEmpty();
        Map<Deletion, LegacyRow> deleted = new LinkedHashMap<>();
        for (Deletion deletion : todo) {
            LegacyRow row = there.get(deletion.entry().mark());
            String refusal = refusal(connection, deletion, row, there, sides);
            if (refusal != null) {
                refused.put(deletion, refusal);
                continue;
            }
            try {
                LegacyTransaction.execute(
                        connection,
                        guarded,
                        () -> writer.delete(connection, deletion.entry().legacyId()));
            } catch (SQLException e) {
                if (!table.dialect().errors().isAboutData(e)) {
                    throw e;
                }
                refused.put(deletion, LegacyTransaction.refusal(e));
                if (guarded) {
                    continue;
                }
                return Map.of();
            }
            deleted.put(deletion, row);
        }
        return deleted;
    }

    private @Nullable String refusal(
            Connection connection,
            Deletion deletion,
            @Nullable LegacyRow row,
            Map<String, LegacyRow> there,
            Sides sides)
            throws SQLException {
        String key = deletion.entry().legacyId();
        if (row == null || !Objects.equals(sides.forwardHash(row), deletion.before())) {
            return "its legacy row changed meanwhile";
        }
        if (there.containsKey(Ledger.mark(2, key))) {
            return "several legacy rows have its key";
        }
        Optional<String> referrer = referrers.of(connection, key);
        return referrer.map(name -> "rows of " + name + " refer to it").orElse(null);
    }
}
