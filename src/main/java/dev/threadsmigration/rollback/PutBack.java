package dev.threadsmigration.rollback;

import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.database.ServerErrors;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.Settled;
import dev.threadsmigration.legacy.KeyRange;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.TargetRecord;
import dev.threadsmigration.target.Halving;
import dev.threadsmigration.target.RemovedRecords;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/**
 * Undoes a rollback, chunk by chunk: the kept rows go back into the target, and their entries into the ledger. What the target
 * refuses by now, since the record that it refers to was deleted, say, is kept on, and a further undoing tries it again.
 */
public final class PutBack implements ItemReader<List<MappedRow>>, ItemWriter<List<MappedRow>> {

    private final EntityRollback rollback;
    private final RemovedRecords removed;
    private final Rejects rejects;
    private final int chunkSize;
    private final KeyRange range;
    private @Nullable UUID last;

    /** @param range of the kept records' ids */
    public PutBack(EntityRollback rollback, RemovedRecords removed, Rejects rejects, int chunkSize, KeyRange range) {
        this.rollback = rollback;
        this.removed = removed;
        this.rejects = rejects;
        this.chunkSize = chunkSize;
        this.range = range;
    }

    /** The next rows that are kept still; it needs no checkpoint, since what was put back is kept no longer. */
    @Override
    public @Nullable List<MappedRow> read() throws SQLException {
        List<MappedRow> rows = CurrentConnection.query(
                rollback.target(), connection -> removed.kept().page(connection, range, last, chunkSize));
        if (rows.isEmpty()) {
            return null;
        }
        last = rows.get(rows.size() - 1).newId();
        return rows;
    }

    @Override
    public void write(Chunk<? extends List<MappedRow>> chunk) throws SQLException {
        CurrentConnection.use(rollback.target(), connection -> {
            TargetDialect dialect = rollback.table().dialect();
            dialect.checkConstraintsAtOnce(connection);
            for (List<MappedRow> rows : chunk) {
                Map<MappedRow, String> kept = new LinkedHashMap<>();
                Halving.put(
                        connection,
                        dialect,
                        rows,
                        some -> putBack(connection, some),
                        // Without the values, so that many records can be counted together.
                        (row, why) -> kept.put(row, "the target refuses it: " + ServerErrors.inShort(why)));
                rollback.items().keep(kept, Set.of());
            }
        });
    }

    private void putBack(Connection connection, List<MappedRow> rows) throws SQLException {
        Map<UUID, TargetRecord> records = removed.putBack(connection, rows);
        List<Settled> settled =
                rows.stream().map(row -> settled(row, records.get(row.newId()))).toList();
        rollback.ledger().settle(connection, rollback.entity(), settled);
        // A run between the rollback and its undoing may have rejected what its legacy row had become.
        rejects.clear(
                rollback.entity(),
                settled.stream().map(row -> row.accepted().source()).toList());
    }

    private static Settled settled(MappedRow row, TargetRecord record) {
        LegacyRow source = new LegacyRow(row.legacyId(), row.occurrence(), List.of(), new Object[0]);
        // What the migration wrote, so that the next rollback sees again what people made of it.
        return new Settled(new Accepted(source, record), false, row.contentHash());
    }
}
