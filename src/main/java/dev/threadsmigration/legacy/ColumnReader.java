package dev.threadsmigration.legacy;

import com.fasterxml.uuid.impl.UUIDUtil;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.ValueReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Chooses how a column is read: as the Java type that loses nothing of its values. */
final class ColumnReader {

    private ColumnReader() {}

    /** One for each column, in their order. */
    static ValueReader[] all(List<Column> columns, Dialect dialect) {
        return columns.stream().map(column -> of(column, dialect)).toArray(ValueReader[]::new);
    }

    private static ValueReader of(Column column, Dialect dialect) {
        ValueReader own = dialect.reader(column);
        if (own != null) {
            return own;
        }
        if (column.isBinaryUuid()) {
            return ColumnReader::uuidOfBytes;
        }
        if (column.isUuid()) {
            return (results, position) -> results.getObject(position, UUID.class);
        }
        if (column.isInteger()) {
            return (results, position) -> {
                long value = results.getLong(position);
                return results.wasNull() ? null : value;
            };
        }
        if (column.isInstant()) {
            return (results, position) -> results.getObject(position, OffsetDateTime.class);
        }
        return switch (column.jdbcType()) {
            case Types.TIMESTAMP -> (results, position) -> results.getObject(position, LocalDateTime.class);
            case Types.DATE -> (results, position) -> results.getObject(position, LocalDate.class);
            case Types.NUMERIC, Types.DECIMAL -> ColumnReader::decimal;
            case Types.BOOLEAN, Types.BIT ->
                (results, position) -> {
                    boolean value = results.getBoolean(position);
                    return results.wasNull() ? null : value;
                };
            case Types.REAL ->
                (results, position) -> {
                    // As it is spelt: 0.1, and not the double that is nearest to the float.
                    float value = results.getFloat(position);
                    return results.wasNull() ? null : Double.valueOf(Float.toString(value));
                };
            case Types.FLOAT, Types.DOUBLE ->
                (results, position) -> {
                    double value = results.getDouble(position);
                    return results.wasNull() ? null : value;
                };
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> ResultSet::getBytes;
            default -> ResultSet::getString;
        };
    }

    /**
     * PostgreSQL has decimals that are no number or have no end; as texts they are kept, or rejected like other texts.
     * MariaDB's driver has a type of its own for unsigned ones.
     */
    private static @Nullable Object decimal(ResultSet results, int position) throws SQLException {
        Object value = results.getObject(position);
        if (value instanceof BigInteger whole) {
            return new BigDecimal(whole);
        }
        return value instanceof Double odd ? odd.toString() : value;
    }

    private static @Nullable Object uuidOfBytes(ResultSet results, int position) throws SQLException {
        byte[] bytes = results.getBytes(position);
        return bytes == null || bytes.length != Long.BYTES * 2 ? bytes : UUIDUtil.uuid(bytes);
    }
}
