package dev.threadsmigration.target;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Metadata;
import dev.threadsmigration.model.TargetRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes new values over records that are in the target: all that the migration writes, and nothing beside it. */
final class RecordUpdate {

    private static final String INTEGRITY_VIOLATION = "23000";

    private final TargetTable table;
    private final List<Column> columns;
    private final String sql;

    RecordUpdate(TargetTable table) {
        this.table = table;
        // The id stays what it is.
        this.columns = table.writtenColumns().stream().skip(1).toList();
        this.sql = columns.stream()
                .map(column -> table.dialect().quote(column.name()) + " = "
                        + table.dialect().parameter(column))
                .collect(Collectors.joining(
                        ", ",
                        "UPDATE " + table.from() + " SET ",
                        " WHERE " + table.quoted(Field.ID) + " = "
                                + table.dialect().parameter(table.columns().get(Field.ID))));
    }

    /** All of them or none. */
    void write(Connection connection, List<TargetRecord> records) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (TargetRecord record : records) {
                for (int i = 0; i < columns.size(); i++) {
                    statement.setObject(i + 1, value(columns.get(i), record.get(i + 1)));
                }
                statement.setObject(columns.size() + 1, value(table.columns().get(Field.ID), record.id()));
                statement.addBatch();
            }
            if (Arrays.stream(statement.executeBatch()).anyMatch(rows -> rows == 0)) {
                throw new SQLException("a row was not written: does a trigger keep it?", INTEGRITY_VIOLATION);
            }
        }
    }

    /** A record's value as it is bound for a column. */
    static @Nullable Object value(Column column, @Nullable Object value) {
        if (value instanceof Metadata metadata) {
            return metadata.json();
        }
        if (value instanceof UUID uuid && !column.isUuid()) {
            return uuid.toString();
        }
        if (value instanceof Instant instant) {
            return column.isInstant()
                    ? instant.atOffset(ZoneOffset.UTC)
                    : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        }
        return value;
    }
}
