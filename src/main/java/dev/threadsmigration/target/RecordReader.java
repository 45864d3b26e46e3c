package dev.threadsmigration.target;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.TargetRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads rows of the target, selected by {@link TargetTable#columnList()}, as records. */
final class RecordReader {

    private final TargetTable table;
    private final List<Field> fields;

    RecordReader(TargetTable table) {
        this.table = table;
        this.fields = table.entity().fields();
    }

    TargetRecord read(ResultSet result) throws SQLException {
        @Nullable Object[] values = new Object[fields.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(result, i + 1, fields.get(i));
        }
        return new TargetRecord(table.entity(), values);
    }

    private @Nullable Object value(ResultSet result, int position, Field field) throws SQLException {
        return switch (field.kind()) {
            case ID -> {
                String id = result.getString(position);
                yield id == null ? null : id(id);
            }
            case TEXT -> result.getString(position);
            case INSTANT -> instant(result, position, table.columns().get(field));
            case METADATA -> Content.found(result.getString(position));
            case BOOLEAN -> {
                boolean value = result.getBoolean(position);
                yield result.wasNull() ? null : value;
            }
            case INTEGER -> {
                int value = result.getInt(position);
                yield result.wasNull() ? null : value;
            }
        };
    }

    /** Where ids are texts, an id of somebody else's record may be any: then it equals none of ours. */
    private static Object id(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            return id;
        }
    }

    private static @Nullable Object instant(ResultSet result, int position, Column column) throws SQLException {
        if (column.isInstant()) {
            OffsetDateTime time = result.getObject(position, OffsetDateTime.class);
            return time == null ? null : time.toInstant();
        }
        LocalDateTime time = result.getObject(position, LocalDateTime.class);
        return time == null ? null : time.toInstant(ZoneOffset.UTC);
    }
}
