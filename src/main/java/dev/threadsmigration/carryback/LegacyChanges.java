package dev.threadsmigration.carryback;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.legacy.LegacyRows;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.legacy.LegacyWriter;
import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.mapping.RecordProcessor;
import dev.threadsmigration.mapping.ReverseMapping;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.TargetRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Writes records of the target into their legacy rows, many in one transaction of legacy's. Before it commits, each row is
 * read again and must become, if it were migrated now, the record that was written. Where it does not, since legacy cannot
 * hold the record, or where the row is no longer what it was looked at, legacy stays as it was.
 *
 * <p>What it writes twice is the same as once: the caller notes in the target, after legacy's commit, what was written, and
 * may be killed in between.
 */
public final class LegacyChanges {

    private static final String CHANGED = "its legacy row changed meanwhile";
    private static final String LEFT_OUT = "the job file's where would leave its legacy row out";
    private static final String NOT_HELD = "legacy does not hold what was written";

    private final LegacyTransaction transaction;
    private final LegacyTable table;
    private final RecordProcessor processor;
    private final LegacyWriter writer;
    private final ReverseMapping reverse;
    private final ReferenceIds references;
    private final BiPredicate<TargetRecord, TargetRecord> holds;
    private final LegacyTable moved;

    /**
     * @param table with the rows that may be written
     * @param holds whether legacy holds the first record, where its row becomes the second
     * @param moved the rows among which those that are written must be afterwards, if they were before or are new
     */
    public LegacyChanges(
            DataSource legacy,
            LegacyTable table,
            RecordProcessor processor,
            ReverseMapping reverse,
            ReferenceIds references,
            BiPredicate<TargetRecord, TargetRecord> holds,
            LegacyTable moved) {
        this.transaction = new LegacyTransaction(legacy, table.dialect());
        this.table = table;
        this.processor = processor;
        this.writer = new LegacyWriter(table);
        this.reverse = reverse;
        this.references = references;
        this.holds = holds;
        this.moved = moved;
    }

    /**
     * A record that its legacy row is to hold.
     *
     * @param known whether there was a row when it was looked at
     * @param before the hash of what that row gave; null where it would have been rejected
     * @param again whether a known row that is gone by now is inserted again
     */
    public record Change(
            String legacyId,
            int occurrence,
            TargetRecord record,
            boolean known,
            @Nullable Long before,
            boolean again) {

        public String mark() {
            return Ledger.mark(occurrence, legacyId);
        }

        private boolean mayInsert() {
            return again || !known;
        }
    }

    /**
     * What became of changes.
     *
     * @param written with the hash of what each row gives now
     * @param refused with the reason; these rows are as they were
     */
    public record Result(Map<Change, Long> written, Map<Change, String> refused) {}

    public Result write(List<Change> changes) throws SQLException {
        return write(changes, written -> {});
    }

    /** @param announcement gets to know what will have been written, before legacy commits it */
    public Result write(List<Change> changes, Consumer<Map<Change, Long>> announcement) throws SQLException {
        Map<Change, String> refused = new LinkedHashMap<>();
        return new Result(transaction.run(changes, refused, this::write, announcement), refused);
    }

    /** What {@link #write} would do, as far as can be told without writing. */
    public Result foresee(List<Change> changes) {
        Map<Change, String> refused = new LinkedHashMap<>();
        Map<Change, Long> written = new LinkedHashMap<>();
        for (Change change : changes) {
            try {
                reverse.columns(change.record(), change.legacyId(), null, references::legacyId);
                written.put(change, Content.hash(change.record()));
            } catch (ReverseMapping.IrreversibleException e) {
                refused.put(change, String.valueOf(e.getMessage()));
            }
        }
        return new Result(written, refused);
    }

    /** Writes these; where any is refused, all must be taken back and the others written anew. */
    private Map<Change, Long> write(Connection connection, List<Change> todo, Map<Change, String> refused)
            throws SQLException {
        // On this connection, which alone sees what it has written.
        Sides sides = new Sides(new LegacyRows(new SingleConnectionDataSource(connection, true), table), processor);
        sides.lock(todo.stream().filter(Change::known).map(Change::legacyId).toList());
        List<String> keys = todo.stream().map(Change::legacyId).toList();
        Map<String, LegacyRow> there = sides.legacy(keys);
        int before = refused.size();
        boolean guarded = before > 0;
        todo.stream()
                .filter(change -> !isAsLookedAt(change, sides, there.get(change.mark())))
                .forEach(change -> refused.put(change, CHANGED));
        if (refused.size() > before) {
            return Map.of();
        }
        Set<String> leftOut = leftOut(connection, there.values());
        for (Change change : todo) {
            if (!write(connection, change, sides, there.get(change.mark()), refused, guarded)) {
                return Map.of();
            }
        }
        Map<String, LegacyRow> after = sides.legacy(keys);
        Set<String> leftOutNow = leftOut(connection, after.values());
        leftOutNow.removeAll(leftOut);
        Map<Change, Long> written = new LinkedHashMap<>();
        for (Change change : todo) {
            if (refused.containsKey(change)) {
                continue;
            }
            TargetRecord forward = forward(sides, after.get(change.mark()));
            if (leftOutNow.contains(change.legacyId())) {
                refused.put(change, LEFT_OUT);
            } else if (forward != null && holds.test(change.record(), forward)) {
                written.put(change, Content.hash(forward));
            } else {
                refused.put(change, NOT_HELD);
            }
        }
        return written;
    }

    /** The keys of those rows that are not moved: no later run would find what becomes of them. */
    private Set<String> leftOut(Connection connection, Collection<LegacyRow> rows) throws SQLException {
        Set<String> leftOut = rows.stream().map(LegacyRow::legacyId).collect(Collectors.toSet());
        if (moved.where() == null) {
            leftOut.clear();
        } else {
            leftOut.removeAll(new LegacyRows(new SingleConnectionDataSource(connection, true), moved)
                    .keys()
                    .present(leftOut));
        }
        return leftOut;
    }

    /** Somebody may have changed the legacy row since it was looked at, above all where there was a kill in between. */
    private boolean isAsLookedAt(Change change, Sides sides, @Nullable LegacyRow row) {
        if (row == null) {
            return change.mayInsert();
        }
        TargetRecord forward = sides.forward(row);
        return change.known() && Objects.equals(forward == null ? null : Content.hash(forward), change.before())
                || forward != null && holds.test(change.record(), forward);
    }

    private static @Nullable TargetRecord forward(Sides sides, @Nullable LegacyRow row) {
        return row == null ? null : sides.forward(row);
    }

    /** @return false where legacy refuses the values, and nothing more can be written in this transaction */
    private boolean write(
            Connection connection,
            Change change,
            Sides sides,
            @Nullable LegacyRow row,
            Map<Change, String> refused,
            boolean guarded)
            throws SQLException {
        try {
            Map<Column, @Nullable Object> columns =
                    reverse.columns(change.record(), change.legacyId(), forward(sides, row), references::legacyId);
            LegacyTransaction.execute(connection, guarded, () -> {
                if (row == null) {
                    writer.insert(connection, change.legacyId(), columns);
                } else {
                    writer.update(connection, change.legacyId(), columns);
                }
            });
        } catch (ReverseMapping.IrreversibleException e) {
            refused.put(change, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            if (table.dialect().isAboutData(e)) {
                refused.put(change, "legacy refuses it: " + LegacyTransaction.inShort(e));
                return guarded;
            }
            throw new SQLException(
                    "legacy %s %s cannot be written: %s".formatted(table.entity(), change.legacyId(), e.getMessage()),
                    e.getSQLState(),
                    e);
        }
        return true;
    }
}
