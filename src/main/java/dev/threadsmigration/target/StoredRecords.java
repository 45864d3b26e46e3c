package dev.threadsmigration.target;

import dev.threadsmigration.model.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Reads the target's rows as they are stored, for those who check what was written. */
public final class StoredRecords {

    private final DataSource target;
    private final TargetTable table;

    public StoredRecords(DataSource target, TargetTable table) {
        this.target = target;
        this.table = table;
    }

    /**
     * The rows under these ids. Dates are {@link LocalDateTime}s in UTC, ids and metadata are texts; a field that is NULL
     * is absent.
     */
    public Map<UUID, Map<Field, Object>> find(Collection<UUID> ids) throws SQLException {
        Map<UUID, Map<Field, Object>> found = new HashMap<>();
        if (ids.isEmpty()) {
            return found;
        }
        Connection connection = DataSourceUtils.getConnection(target);
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + table.columnList() + " FROM "
                + table.from() + " WHERE " + table.quoted(Field.ID) + " = ANY(?)")) {
            statement.setArray(1, connection.createArrayOf(table.idArrayType(Field.ID), table.idsToBind(ids)));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    Map<Field, Object> row = row(result);
                    found.put(UUID.fromString((String) row.get(Field.ID)), row);
                }
            }
        } finally {
            DataSourceUtils.releaseConnection(connection, target);
        }
        return found;
    }

    private Map<Field, Object> row(ResultSet result) throws SQLException {
        Map<Field, Object> row = new EnumMap<>(Field.class);
        int position = 1;
        for (Field field : table.entity().fields()) {
            Object value = value(result, position++, field);
            if (value != null) {
                row.put(field, value);
            }
        }
        return row;
    }

    private @Nullable Object value(ResultSet result, int position, Field field) throws SQLException {
        String type = table.columns().get(field).typeName().toLowerCase(Locale.ROOT);
        Object value = switch (field.kind()) {
            case ID, TEXT, METADATA -> result.getString(position);
            case BOOLEAN -> result.getBoolean(position);
            case INTEGER -> result.getInt(position);
            case INSTANT ->
                type.equals("timestamptz") || type.contains("with time zone")
                        ? utc(result.getObject(position, OffsetDateTime.class))
                        : result.getObject(position, LocalDateTime.class);
        };
        return result.wasNull() ? null : value;
    }

    private static @Nullable LocalDateTime utc(@Nullable OffsetDateTime time) {
        return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }
}
