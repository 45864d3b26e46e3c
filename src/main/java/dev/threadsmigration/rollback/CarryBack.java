package dev.threadsmigration.rollback;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.RollbackItem;
import dev.threadsmigration.ledger.RollbackItems;
import dev.threadsmigration.legacy.LegacyRows;
import dev.threadsmigration.legacy.LegacyWriter;
import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.mapping.RecordProcessor;
import dev.threadsmigration.mapping.ReverseMapping;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.TargetRecord;
import dev.threadsmigration.target.TargetRecords;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Writes changes of the new system to legacy. The two databases share no transaction: legacy commits first, then the item
 * is noted as done, and what a kill in between repeats gives the same. Each row is read again and must become, if it were
 * migrated now, the record that the target holds.
 */
public final class CarryBack implements ItemWriter<RollbackItem> {

    private final Entity entity;
    private final DataSource target;
    private final DataSource legacy;
    private final TargetRecords records;
    private final Sides sides;
    private final LegacyWriter writer;
    private final ReverseMapping reverse;
    private final ReferenceIds references;
    private final RollbackItems items;
    private final long rollback;

    public CarryBack(
            Entity entity,
            DataSource target,
            DataSource legacy,
            TargetRecords records,
            LegacyRows rows,
            LegacyWriter writer,
            RecordProcessor processor,
            ReverseMapping reverse,
            Ledger ledger,
            RollbackItems items,
            long rollback) {
        this.entity = entity;
        this.target = target;
        this.legacy = legacy;
        this.records = records;
        this.sides = new Sides(rows, processor);
        this.writer = writer;
        this.reverse = reverse;
        this.references = new ReferenceIds(ledger);
        this.items = items;
        this.rollback = rollback;
    }

    @Override
    public void write(Chunk<? extends RollbackItem> chunk) throws SQLException {
        List<RollbackItem> todo = List.copyOf(chunk.getItems());
        Map<UUID, TargetRecord> stored = stored(todo);
        List<String> keys = todo.stream().map(RollbackItem::legacyId).toList();
        Map<String, LegacyRow> before = sides.legacy(keys);
        try (Connection connection = legacy.getConnection()) {
            connection.setAutoCommit(false);
            try {
                for (RollbackItem item : todo) {
                    write(connection, item, stored.get(item.newId()), before.get(item.mark()));
                }
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
        Map<String, LegacyRow> after = sides.legacy(keys);
        todo.forEach(item -> prove(item, stored.get(item.newId()), after.get(item.mark())));
        items.done(rollback, entity, todo);
    }

    private Map<UUID, TargetRecord> stored(List<RollbackItem> todo) throws SQLException {
        List<UUID> ids = todo.stream().map(RollbackItem::newId).toList();
        return CurrentConnection.query(target, connection -> records.find(connection, ids));
    }

    private void write(Connection connection, RollbackItem item, @Nullable TargetRecord stored, @Nullable LegacyRow row)
            throws SQLException {
        if (stored == null) {
            return; // deleted since the analysis; the removal finds it gone
        }
        try {
            TargetRecord forward = row == null ? null : sides.forward(row);
            Map<Column, @Nullable Object> columns = reverse.columns(stored, forward, references::legacyId);
            if (row == null) {
                writer.insert(connection, item.legacyId(), columns);
            } else {
                writer.update(connection, item.legacyId(), columns);
            }
        } catch (SQLException e) {
            throw new SQLException(
                    "legacy %s %s cannot be written: %s".formatted(entity, item.legacyId(), e.getMessage()),
                    e.getSQLState(),
                    e);
        }
    }

    private void prove(RollbackItem item, @Nullable TargetRecord stored, @Nullable LegacyRow written) {
        TargetRecord forward = written == null ? null : sides.forward(written);
        boolean asAnalysed = stored != null && Content.hash(stored) == item.targetHash();
        if (forward == null || !asAnalysed || !reverse.isBack(stored, forward)) {
            throw new RollbackStoppedException(
                    "Legacy %s %s is not what it must be after the change was carried back. The change is in the target still."
                            .formatted(entity, item.legacyId()),
                    false);
        }
    }
}
