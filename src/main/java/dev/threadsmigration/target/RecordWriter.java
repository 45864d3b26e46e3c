package dev.threadsmigration.target;

import dev.threadsmigration.database.BulkColumn;
import dev.threadsmigration.database.BulkRows;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.Settled;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts records and their ledger entries into the target. Where the target refuses some of them, they are halved under
 * savepoints until the refused ones are alone and the others are written.
 */
final class RecordWriter {

    private final TargetTable table;
    private final List<BulkColumn> columns;
    private final Ledger ledger;

    RecordWriter(TargetTable table, Ledger ledger) {
        this.table = table;
        this.columns = table.bulkColumns();
        this.ledger = ledger;
    }

    /** What is done about the one record that the target refused. */
    interface Refusal {
        void refused(Settled record, SQLException why) throws SQLException;
    }

    void write(Connection connection, List<Settled> records, Refusal refusal) throws SQLException {
        if (records.isEmpty()) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        try {
            table.dialect().load(connection, table.name(), columns, rows(records));
            ledger.settle(connection, table.entity(), records);
            connection.releaseSavepoint(before);
            return;
        } catch (SQLException e) {
            SQLException cause = e.getNextException() == null ? e : e.getNextException();
            if (!table.dialect().isAboutData(cause)) {
                throw e;
            }
            connection.rollback(before);
            if (records.size() == 1) {
                refusal.refused(records.get(0), cause);
                return;
            }
        }
        int middle = records.size() / 2;
        write(connection, records.subList(0, middle), refusal);
        write(connection, records.subList(middle, records.size()), refusal);
    }

    private static BulkRows rows(List<Settled> records) {
        return new BulkRows() {
            @Override
            public int size() {
                return records.size();
            }

            @Override
            public @Nullable Object value(int row, int column) {
                return records.get(row).accepted().record().get(column);
            }
        };
    }
}
