package dev.threadsmigration.target;

import dev.threadsmigration.database.BulkColumn;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.mapping.TargetTypes;
import dev.threadsmigration.model.Field;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Reads the target's rows as they are stored, for those who check what was written. */
public final class StoredRecords {

    private final DataSource target;
    private final TargetTable table;
    private final String columns;

    public StoredRecords(DataSource target, TargetTable table) {
        this.target = target;
        this.table = table;
        this.columns = table.dialect()
                .quoteAll(table.bulkColumns().stream().map(BulkColumn::name).toList());
    }

    /** The rows under these ids. */
    public Map<UUID, StoredRecord> find(Collection<UUID> ids) throws SQLException {
        Map<UUID, StoredRecord> found = new HashMap<>();
        if (ids.isEmpty()) {
            return found;
        }
        String sql = "SELECT " + columns + " FROM " + table.from() + " WHERE " + table.quoted(Field.ID) + " = ANY(?)";
        CurrentConnection.use(target, connection -> {
            try (PreparedStatement statement = table.withIds(connection, sql, ids);
                    ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    StoredRecord row = row(result);
                    found.put(UUID.fromString((String) row.fields().get(Field.ID)), row);
                }
            }
        });
        return found;
    }

    private StoredRecord row(ResultSet result) throws SQLException {
        Map<Field, Object> fields = new EnumMap<>(Field.class);
        int position = 1;
        for (Field field : table.entity().fields()) {
            Object value =
                    value(result, position++, field.kind(), table.columns().get(field));
            if (value != null) {
                fields.put(field, value);
            }
        }
        Map<String, Object> extras = table.extras().isEmpty() ? Map.of() : new HashMap<>();
        for (Column column : table.extras()) {
            Object value = value(result, position++, Objects.requireNonNull(TargetTypes.kindOf(column)), column);
            if (value != null) {
                extras.put(column.name(), value);
            }
        }
        return new StoredRecord(fields, extras);
    }

    private static @Nullable Object value(ResultSet result, int position, Field.Kind kind, Column column)
            throws SQLException {
        Object value = switch (kind) {
            case ID, TEXT, METADATA -> result.getString(position);
            case BOOLEAN -> result.getBoolean(position);
            case INTEGER -> result.getLong(position);
            case INSTANT ->
                column.isInstant()
                        ? utc(result.getObject(position, OffsetDateTime.class))
                        : result.getObject(position, LocalDateTime.class);
        };
        return result.wasNull() ? null : value;
    }

    private static @Nullable LocalDateTime utc(@Nullable OffsetDateTime time) {
        return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime();
    }
}
