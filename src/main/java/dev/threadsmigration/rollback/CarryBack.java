package dev.threadsmigration.rollback;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.ledger.RollbackItem;
import dev.threadsmigration.ledger.RollbackItem.Action;
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
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Writes changes of the new system to legacy. The two databases share no transaction: legacy commits first, then the item
 * is noted as done, and what a kill in between repeats gives the same. Before legacy commits, each row is read again and
 * must become, if it were migrated now, the record that the target holds. Where it does not, since legacy cannot hold the
 * change, or where either side was changed once more, legacy stays as it was and the item is not done: the removal keeps the
 * record.
 */
public final class CarryBack implements ItemWriter<RollbackItem> {

    private final EntityRollback rollback;
    private final DataSource legacy;
    private final LegacyTable table;
    private final RecordProcessor processor;
    private final LegacyWriter writer;
    private final ReverseMapping reverse;
    private final ReferenceIds references;

    public CarryBack(
            EntityRollback rollback,
            DataSource legacy,
            LegacyTable table,
            RecordProcessor processor,
            ReverseMapping reverse) {
        this.rollback = rollback;
        this.legacy = legacy;
        this.table = table;
        this.processor = processor;
        this.writer = new LegacyWriter(table);
        this.reverse = reverse;
        this.references = new ReferenceIds(rollback.ledger());
    }

    @Override
    public void write(Chunk<? extends RollbackItem> chunk) throws SQLException {
        List<RollbackItem> all = List.copyOf(chunk.getItems());
        Map<UUID, TargetRecord> stored =
                rollback.stored(all.stream().map(RollbackItem::newId).toList());
        List<RollbackItem> todo = all.stream()
                .filter(item -> isAsAnalysed(item, stored.get(item.newId())))
                .toList();
        try (Connection connection = legacy.getConnection()) {
            connection.setAutoCommit(false);
            try {
                List<RollbackItem> proven = carry(connection, todo, stored);
                while (proven.size() < todo.size()) {
                    connection.rollback();
                    todo = proven;
                    proven = carry(connection, todo, stored);
                }
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
        rollback.items().done(todo);
    }

    private static boolean isAsAnalysed(RollbackItem item, @Nullable TargetRecord stored) {
        return stored != null && Content.hash(stored) == item.targetHash();
    }

    /** Writes these changes and answers with those that legacy holds then; of one that it refuses, with all others. */
    private List<RollbackItem> carry(Connection connection, List<RollbackItem> todo, Map<UUID, TargetRecord> stored)
            throws SQLException {
        // On this connection, which alone sees what it has written.
        Sides sides = new Sides(new LegacyRows(new SingleConnectionDataSource(connection, true), table), processor);
        sides.lock(todo.stream()
                .filter(item -> item.action() == Action.CARRY)
                .map(RollbackItem::legacyId)
                .toList());
        List<String> keys = todo.stream().map(RollbackItem::legacyId).toList();
        Map<String, LegacyRow> before = sides.legacy(keys);
        List<RollbackItem> asLookedAt = todo.stream()
                .filter(item -> isAsLookedAt(item, sides, stored.get(item.newId()), before.get(item.mark())))
                .toList();
        if (asLookedAt.size() < todo.size()) {
            return asLookedAt;
        }
        for (RollbackItem item : todo) {
            LegacyRow row = before.get(item.mark());
            if (!write(connection, item, stored.get(item.newId()), row, row == null ? null : sides.forward(row))) {
                return todo.stream().filter(other -> other != item).toList();
            }
        }
        Map<String, LegacyRow> after = sides.legacy(keys);
        return todo.stream()
                .filter(item -> isBack(sides, stored.get(item.newId()), after.get(item.mark())))
                .toList();
    }

    /** Somebody may have changed the legacy row since it was looked at, above all where a rollback was killed in between. */
    private boolean isAsLookedAt(RollbackItem item, Sides sides, TargetRecord stored, @Nullable LegacyRow row) {
        return row == null
                || item.action() == Action.CARRY && Objects.equals(sides.forwardHash(row), item.legacyHash())
                || isBack(sides, stored, row);
    }

    private boolean isBack(Sides sides, TargetRecord stored, @Nullable LegacyRow written) {
        TargetRecord forward = written == null ? null : sides.forward(written);
        return forward != null && reverse.isBack(stored, forward);
    }

    /**
     * @param forward what the row becomes, as it is; null where there is none, or where it would be rejected
     * @return false where legacy refuses the values, after which nothing more can be written in this transaction
     */
    private boolean write(
            Connection connection,
            RollbackItem item,
            TargetRecord stored,
            @Nullable LegacyRow row,
            @Nullable TargetRecord forward)
            throws SQLException {
        try {
            Map<Column, @Nullable Object> columns =
                    reverse.columns(stored, item.legacyId(), forward, references::legacyId);
            if (row == null) {
                writer.insert(connection, item.legacyId(), columns);
            } else {
                writer.update(connection, item.legacyId(), columns);
            }
        } catch (ReverseMapping.IrreversibleException e) {
            // Legacy has changed since it was looked at; nothing is written, and so nothing will be proven.
        } catch (SQLException e) {
            if (table.dialect().isAboutData(e)) {
                return false;
            }
            throw new SQLException(
                    "legacy %s %s cannot be written: %s".formatted(rollback.entity(), item.legacyId(), e.getMessage()),
                    e.getSQLState(),
                    e);
        }
        return true;
    }
}
