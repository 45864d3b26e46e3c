package dev.threadsmigration.legacy;

import dev.threadsmigration.database.Column;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads one column's values as the Java type that loses nothing of them. */
interface ColumnReader {

    @Nullable
    Object read(ResultSet results, int position) throws SQLException;

    static ColumnReader of(Column column) {
        if (column.isUuid()) {
            return (results, position) -> results.getObject(position, UUID.class);
        }
        if (column.isInteger()) {
            return (results, position) -> {
                long value = results.getLong(position);
                return results.wasNull() ? null : value;
            };
        }
        String type = column.typeName().toLowerCase(Locale.ROOT);
        // PostgreSQL's driver reports timestamptz as TIMESTAMP, so the name decides before the number.
        if (type.equals("timestamptz") || column.jdbcType() == Types.TIMESTAMP_WITH_TIMEZONE) {
            return (results, position) -> results.getObject(position, OffsetDateTime.class);
        }
        return switch (column.jdbcType()) {
            case Types.TIMESTAMP -> (results, position) -> results.getObject(position, LocalDateTime.class);
            case Types.DATE -> (results, position) -> results.getObject(position, LocalDate.class);
            case Types.NUMERIC, Types.DECIMAL -> ResultSet::getBigDecimal;
            case Types.BOOLEAN, Types.BIT ->
                (results, position) -> {
                    boolean value = results.getBoolean(position);
                    return results.wasNull() ? null : value;
                };
            case Types.REAL, Types.FLOAT, Types.DOUBLE ->
                (results, position) -> {
                    double value = results.getDouble(position);
                    return results.wasNull() ? null : value;
                };
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> ResultSet::getBytes;
            default -> ResultSet::getString;
        };
    }
}
