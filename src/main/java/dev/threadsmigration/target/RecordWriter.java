package dev.threadsmigration.target;

import dev.threadsmigration.database.BulkColumn;
import dev.threadsmigration.database.BulkRows;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.Settled;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts records and their ledger entries into the target. */
final class RecordWriter {

    private final TargetTable table;
    private final List<BulkColumn> columns;
    private final Ledger ledger;

    RecordWriter(TargetTable table, Ledger ledger) {
        this.table = table;
        this.columns = table.bulkColumns();
        this.ledger = ledger;
    }

    void write(Connection connection, List<Settled> records, Halving.Refusal<Settled> refusal) throws SQLException {
        Halving.put(
                connection,
                table.dialect(),
                records,
                some -> {
                    table.dialect().load(connection, table.name(), columns, rows(some));
                    ledger.settle(connection, table.entity(), some);
                },
                refusal);
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
