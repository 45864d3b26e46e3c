package dev.threadsmigration.database;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The types of MySQL and MariaDB whose values the driver would bend. */
final class MySqlValues {

    private MySqlValues() {}

    /** Null where the usual reader is right. */
    static @Nullable ValueReader reader(Column column) {
        return switch (column.jdbcType()) {
            case Types.TIMESTAMP ->
                column.typeName().equalsIgnoreCase("TIMESTAMP")
                        ? dates(text -> dateTime(text).atOffset(ZoneOffset.UTC))
                        : dates(MySqlValues::dateTime);
            case Types.DATE -> dates(LocalDate::parse);
            case Types.BIT -> column.size() == 1 ? null : MySqlValues::bits;
            default -> null;
        };
    }

    private static LocalDateTime dateTime(String text) {
        return LocalDateTime.parse(text.replace(' ', 'T'));
    }

    /**
     * What is no date, such as 0000-00-00 or 2024-00-15, stays the text that the server sent, for the mapping to reject:
     * the driver makes NULL of the one and fails at the other.
     */
    private static ValueReader dates(Function<String, Object> parse) {
        return (results, position) -> {
            String text = results.getString(position);
            if (text == null) {
                return null;
            }
            try {
                return parse.apply(text);
            } catch (DateTimeException e) {
                return text;
            }
        };
    }

    private static @Nullable Object bits(ResultSet results, int position) throws SQLException {
        byte[] bytes = results.getBytes(position);
        return bytes == null ? null : new BigInteger(1, bytes).longValue();
    }
}
