package dev.threadsmigration.rollback;

import dev.threadsmigration.carryback.LegacyChanges;
import dev.threadsmigration.carryback.LegacyChanges.Change;
import dev.threadsmigration.ledger.RollbackItem;
import dev.threadsmigration.ledger.RollbackItem.Action;
import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.mapping.Markers;
import dev.threadsmigration.model.TargetRecord;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Writes changes of the new system to legacy. The two databases share no transaction: legacy commits first, then the item
 * is noted as done, and what a kill in between repeats gives the same. Where legacy does not take a change, or where either
 * side was changed once more, the item is not done: the removal keeps the record.
 */
public final class CarryBack implements ItemWriter<RollbackItem> {

    private final EntityRollback rollback;
    private final LegacyChanges changes;

    public CarryBack(EntityRollback rollback, LegacyChanges changes) {
        this.rollback = rollback;
        this.changes = changes;
    }

    @Override
    public void write(Chunk<? extends RollbackItem> chunk) throws SQLException {
        List<RollbackItem> all = List.copyOf(chunk.getItems());
        Map<UUID, TargetRecord> stored =
                rollback.stored(all.stream().map(RollbackItem::newId).toList());
        stored.replaceAll((id, record) -> Markers.ofOurs(record));
        List<RollbackItem> todo = all.stream()
                .filter(item -> isAsAnalysed(item, stored.get(item.newId())))
                .toList();
        Map<String, RollbackItem> items = todo.stream().collect(Collectors.toMap(RollbackItem::mark, item -> item));
        LegacyChanges.Result result = changes.write(todo.stream()
                .map(item -> change(item, stored.get(item.newId())))
                .toList());
        rollback.items()
                .done(result.written().keySet().stream()
                        .map(change -> items.get(change.mark()))
                        .toList());
        rollback.items()
                .refused(result.refused().entrySet().stream()
                        .collect(Collectors.toMap(
                                entry -> items.get(entry.getKey().mark()), Map.Entry::getValue)));
    }

    private static boolean isAsAnalysed(RollbackItem item, @Nullable TargetRecord stored) {
        return stored != null && Content.hash(stored) == item.targetHash();
    }

    private static Change change(RollbackItem item, TargetRecord stored) {
        return new Change(
                item.legacyId(), item.occurrence(), stored, item.action() == Action.CARRY, item.legacyHash(), true);
    }
}
