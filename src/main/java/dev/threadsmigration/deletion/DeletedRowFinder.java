package dev.threadsmigration.deletion;

import dev.threadsmigration.ledger.DeletedRows;
import dev.threadsmigration.ledger.FollowedChange;
import dev.threadsmigration.ledger.FollowedChanges;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.legacy.LegacyKeys;
import dev.threadsmigration.model.Entity;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Asks legacy which rows of ledger entries are still there, and notes those that are not. Nothing else is done about them: how
 * many there are decides whether anything is. A row that the job file's where leaves out by now is not there either.
 */
public final class DeletedRowFinder implements ItemWriter<List<MappedRow>> {

    private final Entity entity;
    private final LegacyKeys legacy;
    private final DeletedRows deleted;
    private final FollowedChanges followed;
    private final boolean anyOpen;

    /** @param legacy those of the rows that the job file does not leave out */
    public DeletedRowFinder(Entity entity, LegacyKeys legacy, DeletedRows deleted, FollowedChanges followed) {
        this.entity = entity;
        this.legacy = legacy;
        this.deleted = deleted;
        this.followed = followed;
        this.anyOpen = deleted.anyOpen(entity);
    }

    @Override
    public void write(Chunk<? extends List<MappedRow>> chunk) throws SQLException {
        for (List<MappedRow> rows : chunk) {
            look(rows);
        }
    }

    private void look(List<MappedRow> rows) throws SQLException {
        Set<String> there =
                legacy.present(rows.stream().map(MappedRow::legacyId).toList());
        Set<String> known = anyOpen ? deleted.open(entity, rows) : Set.of();
        List<MappedRow> back = new ArrayList<>();
        List<FollowedChange> gone = new ArrayList<>();
        for (MappedRow row : rows) {
            boolean isThere = there.contains(row.legacyId());
            if (isThere && known.contains(row.mark())) {
                back.add(row);
            } else if (!isThere && !known.contains(row.mark())) {
                gone.add(FollowedChange.gone(row));
            }
        }
        followed.forget(entity, back);
        followed.note(entity, gone);
    }
}
