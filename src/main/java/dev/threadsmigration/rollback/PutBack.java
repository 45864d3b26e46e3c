package dev.threadsmigration.rollback;

import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.Settled;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.TargetRecord;
import dev.threadsmigration.target.RemovedRecords;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Undoes a rollback, chunk by chunk: the kept rows go back into the target, and their entries into the ledger. */
public final class PutBack implements ItemReader<List<MappedRow>>, ItemWriter<List<MappedRow>> {

    private final Entity entity;
    private final DataSource target;
    private final RemovedRecords removed;
    private final Ledger ledger;
    private final Rejects rejects;
    private final int chunkSize;

    public PutBack(
            Entity entity, DataSource target, RemovedRecords removed, Ledger ledger, Rejects rejects, int chunkSize) {
        this.entity = entity;
        this.target = target;
        this.removed = removed;
        this.ledger = ledger;
        this.rejects = rejects;
        this.chunkSize = chunkSize;
    }

    /** The next rows that are kept still; it needs no checkpoint, since what was put back is kept no longer. */
    @Override
    public @Nullable List<MappedRow> read() throws SQLException {
        List<MappedRow> rows = CurrentConnection.query(target, connection -> removed.kept(connection, chunkSize));
        return rows.isEmpty() ? null : rows;
    }

    @Override
    public void write(Chunk<? extends List<MappedRow>> chunk) throws SQLException {
        CurrentConnection.use(target, connection -> {
            for (List<MappedRow> rows : chunk) {
                Map<UUID, TargetRecord> records = removed.putBack(connection, rows);
                List<Settled> settled = rows.stream()
                        .map(row -> settled(row, records.get(row.newId())))
                        .toList();
                ledger.settle(connection, entity, settled);
                // A run between the rollback and its undoing may have rejected what its legacy row had become.
                rejects.clear(
                        entity,
                        settled.stream().map(row -> row.accepted().source()).toList());
            }
        });
    }

    private static Settled settled(MappedRow row, TargetRecord record) {
        LegacyRow source = new LegacyRow(row.legacyId(), row.occurrence(), List.of(), new Object[0]);
        // What the migration wrote, so that the next rollback sees again what people made of it.
        return new Settled(new Accepted(source, record), false, row.contentHash());
    }
}
