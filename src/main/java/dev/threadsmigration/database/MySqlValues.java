package dev.threadsmigration.database;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The types of MySQL and MariaDB whose values the driver would bend. */
final class MySqlValues {

    static final String BITS = "BIT";

    private static final Pattern NO_DATE = Pattern.compile("^0000|-00");

    private MySqlValues() {}

    /** Null where the usual reader is right. */
    static @Nullable ValueReader reader(Column column) {
        return switch (column.jdbcType()) {
            case Types.TIMESTAMP -> MySqlValues::dateTime;
            case Types.TIMESTAMP_WITH_TIMEZONE ->
                (results, position) -> dateTime(results, position) instanceof LocalDateTime time
                        ? time.atOffset(ZoneOffset.UTC)
                        : results.getString(position);
            case Types.DATE -> MySqlValues::date;
            case Types.DECIMAL -> column.typeName().equalsIgnoreCase(BITS) ? MySqlValues::bits : null;
            default -> null;
        };
    }

    /**
     * What is no date, such as 0000-00-00 or 2024-00-15, stays the text that the server sent, for the mapping to reject:
     * the driver makes NULL of the one and fails at the other. The text serves for nothing else, since the driver spells
     * the fraction .050 as .50.
     */
    private static @Nullable Object dateTime(ResultSet results, int position) throws SQLException {
        String text = results.getString(position);
        return text == null || NO_DATE.matcher(text).find() ? text : results.getObject(position, LocalDateTime.class);
    }

    private static @Nullable Object date(ResultSet results, int position) throws SQLException {
        String text = results.getString(position);
        return text == null || NO_DATE.matcher(text).find() ? text : LocalDate.parse(text);
    }

    private static @Nullable Object bits(ResultSet results, int position) throws SQLException {
        byte[] bytes = results.getBytes(position);
        return bytes == null ? null : new BigDecimal(new BigInteger(1, bytes));
    }
}
