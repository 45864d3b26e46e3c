package dev.threadsmigration.legacy;

import dev.threadsmigration.database.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Writes rows back into a legacy table. What it writes twice is the same as once. */
public final class LegacyWriter {

    private final LegacyTable table;

    public LegacyWriter(LegacyTable table) {
        this.table = table;
    }

    /** Sets columns of the row with this key, and sees to it that the others stay as they are. */
    public void update(Connection connection, String key, Map<Column, @Nullable Object> columns) throws SQLException {
        if (columns.isEmpty()) {
            return;
        }
        String assignments = Stream.concat(
                        columns.keySet().stream()
                                .map(column -> table.quoted(column) + " = "
                                        + table.dialect().parameter(column)),
                        table.changingWith(columns.keySet()).stream()
                                .map(column -> table.quoted(column) + " = " + table.quoted(column)))
                .collect(Collectors.joining(", "));
        execute(
                connection,
                "UPDATE " + table.from() + " SET " + assignments + " WHERE " + table.condition(table.compareKey("=")),
                columns,
                LegacyKey.values(key, table.key()));
    }

    /** Inserts a row with this key. */
    public void insert(Connection connection, String key, Map<Column, @Nullable Object> columns) throws SQLException {
        List<Column> all = new ArrayList<>(columns.keySet());
        all.addAll(table.key());
        String names = all.stream().map(table::quoted).collect(Collectors.joining(", "));
        String parameters =
                all.stream().map(column -> table.dialect().parameter(column)).collect(Collectors.joining(", "));
        execute(
                connection,
                "INSERT INTO " + table.from() + " (" + names + ") "
                        + table.dialect().overriding() + "VALUES (" + parameters + ")",
                columns,
                LegacyKey.written(key, table.key()));
    }

    /** Deletes the row with this key, or all of them. */
    public void delete(Connection connection, String key) throws SQLException {
        execute(
                connection,
                "DELETE FROM " + table.from() + " WHERE " + table.condition(table.compareKey("=")),
                Map.of(),
                LegacyKey.values(key, table.key()));
    }

    private void execute(Connection connection, String sql, Map<Column, @Nullable Object> columns, List<Object> key)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int position = 1;
            for (Object value : columns.values()) {
                statement.setObject(position++, table.dialect().bindable(value));
            }
            for (Object value : key) {
                statement.setObject(position++, value);
            }
            statement.executeUpdate();
        }
    }
}
