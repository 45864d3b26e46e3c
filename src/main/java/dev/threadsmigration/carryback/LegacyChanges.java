package dev.threadsmigration.carryback;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.legacy.LegacyRows;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.legacy.LegacyWriter;
import dev.threadsmigration.legacy.SettledKeys;
import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.mapping.LegacyPrecision;
import dev.threadsmigration.mapping.RecordProcessor;
import dev.threadsmigration.mapping.ReverseMapping;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.TargetRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
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
    private static final String NO_KEY = "legacy does not tell which key it has counted for it";
    private static final String USED_KEY = "legacy has given it the key of another row, which is gone by now";

    private final LegacyTransaction transaction;
    private final LegacyTable table;
    private final RecordProcessor processor;
    private final LegacyWriter writer;
    private final ReverseMapping reverse;
    private final ReferenceIds references;
    private final SettledKeys unusedKeys;
    private final BiPredicate<TargetRecord, TargetRecord> holds;
    private final LegacyTable moved;
    /** The next key that is made up. */
    private long foreseen = Long.MIN_VALUE;

    /**
     * @param table with the rows that may be written
     * @param unusedKeys knows under which keys no row has been moved
     * @param holds whether legacy holds the first record, where its row becomes the second
     * @param moved the rows among which those that are written must be afterwards, if they were before or are new
     */
    public LegacyChanges(
            DataSource legacy,
            LegacyTable table,
            RecordProcessor processor,
            ReverseMapping reverse,
            ReferenceIds references,
            SettledKeys unusedKeys,
            BiPredicate<TargetRecord, TargetRecord> holds,
            LegacyTable moved) {
        this.transaction = new LegacyTransaction(legacy, table.dialect());
        this.table = table;
        this.processor = processor;
        this.writer = new LegacyWriter(table);
        this.reverse = reverse;
        this.references = references;
        this.unusedKeys = unusedKeys;
        this.holds = holds;
        this.moved = moved;
    }

    /**
     * A record that its legacy row is to hold.
     *
     * @param legacyId null: of a new row, for which legacy counts the key
     * @param known whether there was a row when it was looked at
     * @param before the hash of what that row gave; null where it would have been rejected
     * @param again whether a known row that is gone by now is inserted again
     */
    public record Change(
            @Nullable String legacyId,
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
     * A row that was written.
     *
     * @param contentHash of what it gives now
     */
    public record WrittenRow(String legacyId, long contentHash) {}

    /**
     * What became of changes.
     *
     * @param refused with the reason; these rows are as they were
     */
    public record Result(Map<Change, WrittenRow> written, Map<Change, String> refused) {}

    public Result write(List<Change> changes) throws SQLException {
        return write(changes, written -> {});
    }

    /** @param announcement gets to know what will have been written, before legacy commits it */
    public Result write(List<Change> changes, Consumer<Map<Change, WrittenRow>> announcement) throws SQLException {
        if (table.isQuery()) {
            // Not even locked can its rows be, where it joins or unites tables.
            return foresee(changes);
        }
        Map<Change, String> refused = new LinkedHashMap<>();
        return new Result(transaction.run(changes, refused, this::write, announcement), refused);
    }

    /** What {@link #write} would do, as far as can be told without writing; keys that legacy counts are made up. */
    public Result foresee(List<Change> changes) {
        Map<Change, String> refused = new LinkedHashMap<>();
        Map<Change, WrittenRow> written = new LinkedHashMap<>();
        for (Change change : changes) {
            try {
                reverse.columns(change.record(), change.legacyId(), null, references::legacyId);
                String key = change.legacyId() == null ? Long.toString(foreseen++) : change.legacyId();
                written.put(change, new WrittenRow(key, Content.hash(change.record())));
            } catch (ReverseMapping.IrreversibleException e) {
                refused.put(change, String.valueOf(e.getMessage()));
            }
        }
        return new Result(written, refused);
    }

    /** Writes these; where any is refused, all must be taken back and the others written anew. */
    private Map<Change, WrittenRow> write(Connection connection, List<Change> todo, Map<Change, String> refused)
            throws SQLException {
        // On this connection, which alone sees what it has written.
        Sides sides = new Sides(new LegacyRows(new SingleConnectionDataSource(connection, true), table), processor);
        sides.lock(todo.stream().filter(Change::known).map(Change::legacyId).toList());
        Map<String, LegacyRow> there = sides.legacy(
                todo.stream().map(Change::legacyId).filter(Objects::nonNull).toList());
        int before = refused.size();
        boolean guarded = before > 0;
        todo.stream()
                .filter(change -> !isAsLookedAt(change, sides, there.get(change.mark())))
                .forEach(change -> refused.put(change, CHANGED));
        if (refused.size() > before) {
            return Map.of();
        }
        Set<String> leftOut = leftOut(connection, there.values());
        Map<Change, String> keys = new LinkedHashMap<>();
        for (Change change : todo) {
            String key = write(connection, change, sides, there.get(change.mark()), refused, guarded);
            if (key != null) {
                keys.put(change, key);
            } else if (!guarded) {
                return Map.of();
            }
        }
        Map<String, LegacyRow> rows = sides.legacy(keys.values());
        Set<String> leftOutNow = leftOut(connection, rows.values());
        leftOutNow.removeAll(leftOut);
        Map<Change, WrittenRow> proven = proven(keys, rows, sides, refused);
        keys.forEach((change, key) -> {
            if (leftOutNow.contains(key) && proven.remove(change) != null) {
                refused.put(change, LEFT_OUT);
            }
        });
        return proven;
    }

    /** Those of these rows, by their keys, that are what they are to be. */
    private Map<Change, WrittenRow> proven(
            Map<Change, String> keys, Map<String, LegacyRow> rows, Sides sides, Map<Change, String> refused) {
        Set<String> used = usedBefore(keys);
        Map<Change, WrittenRow> written = new LinkedHashMap<>();
        keys.forEach((change, key) -> {
            TargetRecord forward = forward(sides, rows.get(Ledger.mark(change.occurrence(), key)));
            if (forward != null && change.legacyId() == null) {
                forward = reverse.known(forward, change.record().id());
            }
            if (used.contains(key)) {
                refused.put(change, USED_KEY);
            } else if (forward != null && holds.test(change.record(), forward)) {
                written.put(change, new WrittenRow(key, Content.hash(forward)));
            } else {
                refused.put(change, forward == null ? NOT_HELD : notHeld(change.record(), forward));
            }
        });
        return written;
    }

    /** What somebody's trigger sets is the usual reason. */
    private String notHeld(TargetRecord record, TargetRecord forward) {
        String fields = reverse.different(record, forward).stream()
                .filter(field -> !LegacyPrecision.areNear(record.get(field), forward.get(field)))
                .map(Field::label)
                .collect(Collectors.joining(", "));
        return fields.isEmpty() ? NOT_HELD : NOT_HELD + ": something there sets its " + fields + ", a trigger perhaps";
    }

    /** Those of the keys that legacy counted which another row has had. */
    private Set<String> usedBefore(Map<Change, String> keys) {
        Set<String> counted = keys.entrySet().stream()
                .filter(row -> row.getKey().legacyId() == null)
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
        if (!counted.isEmpty()) {
            unusedKeys.without(List.copyOf(counted)).forEach(counted::remove);
        }
        return counted;
    }

    /** The keys of those rows that are not moved: no later run would find what becomes of them. */
    private Set<String> leftOut(Connection connection, Collection<LegacyRow> rows) throws SQLException {
        if (moved.where() == null) {
            return new HashSet<>();
        }
        Set<String> leftOut = rows.stream().map(LegacyRow::legacyId).collect(Collectors.toSet());
        leftOut.removeAll(new LegacyRows(new SingleConnectionDataSource(connection, true), moved)
                .keys()
                .present(leftOut));
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

    /** @return the row's key; null where it is refused, and unless guarded nothing more can be written in this transaction */
    private @Nullable String write(
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
            if (row == null) {
                reverse.newId(change.record(), change.legacyId(), columns);
            }
            String key = LegacyTransaction.execute(
                    connection, guarded, () -> write(connection, change.legacyId(), row != null, columns));
            if (key == null) {
                refused.put(change, NO_KEY);
            }
            return key;
        } catch (ReverseMapping.IrreversibleException e) {
            refused.put(change, String.valueOf(e.getMessage()));
        } catch (SQLException e) {
            if (!table.dialect().errors().isAboutData(e)) {
                throw new SQLException(
                        "legacy %s %s cannot be written: %s"
                                .formatted(
                                        table.entity(),
                                        Objects.requireNonNullElse(
                                                change.legacyId(),
                                                change.record().id()),
                                        e.getMessage()),
                        e.getSQLState(),
                        e);
            }
            refused.put(change, LegacyTransaction.refusal(e));
        }
        return null;
    }

    private @Nullable String write(
            Connection connection, @Nullable String key, boolean isThere, Map<Column, @Nullable Object> columns)
            throws SQLException {
        if (key == null) {
            return writer.insert(connection, columns);
        }
        if (isThere) {
            writer.update(connection, key, columns);
        } else {
            writer.insert(connection, key, columns);
        }
        return key;
    }
}
