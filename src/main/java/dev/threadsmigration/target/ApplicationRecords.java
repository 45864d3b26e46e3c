package dev.threadsmigration.target;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.TargetRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;

/** Writes records one by one as an application does: what is written here is queued for legacy. */
public final class ApplicationRecords {

    private final TargetTable table;
    private final RecordUpdate update;

    public ApplicationRecords(TargetTable table) {
        // What other columns hold is not ours to say.
        this.table = table.withoutExtras();
        this.update = new RecordUpdate(this.table);
    }

    public void insert(Connection connection, TargetRecord record) throws SQLException {
        include(connection);
        List<Column> columns = table.writtenColumns();
        String values = columns.stream().map(table.dialect()::parameter).collect(Collectors.joining(", "));
        try (PreparedStatement statement = connection.prepareStatement(
                "INSERT INTO " + table.from() + " (" + table.columnList() + ") VALUES (" + values + ")")) {
            for (int i = 0; i < columns.size(); i++) {
                statement.setObject(i + 1, RecordUpdate.value(columns.get(i), record.get(i)));
            }
            statement.executeUpdate();
        }
    }

    /** Writes all fields of a record that is there. */
    public void update(Connection connection, TargetRecord record) throws SQLException {
        include(connection);
        update.write(connection, List.of(record));
    }

    /** Whether there was such a record. */
    public boolean delete(Connection connection, UUID id) throws SQLException {
        include(connection);
        try (PreparedStatement statement = table.withIds(
                connection,
                "DELETE FROM " + table.from() + " WHERE " + table.quoted(Field.ID) + " = ANY(?)",
                List.of(id))) {
            return statement.executeUpdate() > 0;
        }
    }

    private void include(Connection connection) throws SQLException {
        Objects.requireNonNull(table.dialect().writeCapture(), "preflight refuses other targets")
                .include(connection);
    }
}
