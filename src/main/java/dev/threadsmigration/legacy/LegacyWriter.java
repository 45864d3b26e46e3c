package dev.threadsmigration.legacy;

import dev.threadsmigration.database.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
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
        execute(connection, insert(all, table.dialect().overriding()), columns, LegacyKey.written(key, table.key()));
    }

    /**
     * Inserts a row, for which legacy counts the key.
     *
     * @return the key; null where legacy does not tell it
     */
    public @Nullable String insert(Connection connection, Map<Column, @Nullable Object> columns) throws SQLException {
        String[] key = {table.key().get(0).name()};
        try (PreparedStatement statement =
                connection.prepareStatement(insert(List.copyOf(columns.keySet()), ""), key)) {
            bind(statement, columns, List.of());
            statement.executeUpdate();
            try (ResultSet keys = statement.getGeneratedKeys()) {
                long counted = keys.next() ? keys.getLong(1) : 0;
                return counted == 0 || keys.wasNull() ? null : Long.toString(counted);
            }
        }
    }

    private String insert(List<Column> columns, String overriding) {
        String names = columns.stream().map(table::quoted).collect(Collectors.joining(", "));
        String parameters = columns.stream()
                .map(column -> table.dialect().parameter(column))
                .collect(Collectors.joining(", "));
        return "INSERT INTO " + table.from() + " (" + names + ") " + overriding + "VALUES (" + parameters + ")";
    }

    /**
     * Deletes the row with this key, or all of them.
     *
     * @return how many there were
     */
    public int delete(Connection connection, String key) throws SQLException {
        return execute(
                connection,
                "DELETE FROM " + table.from() + " WHERE " + table.condition(table.compareKey("=")),
                Map.of(),
                LegacyKey.values(key, table.key()));
    }

    private int execute(Connection connection, String sql, Map<Column, @Nullable Object> columns, List<Object> key)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, columns, key);
            return statement.executeUpdate();
        }
    }

    private void bind(PreparedStatement statement, Map<Column, @Nullable Object> columns, List<Object> key)
            throws SQLException {
        int position = 1;
        for (Object value : columns.values()) {
            statement.setObject(position++, table.dialect().bindable(value));
        }
        for (Object value : key) {
            statement.setObject(position++, value);
        }
    }
}
