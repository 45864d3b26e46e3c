package dev.threadsmigration.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** MariaDB 10.6 and MySQL 8 and later, both through MariaDB's driver. */
final class MySqlDialect implements Dialect {

    private static final String MYSQL = "jdbc:mysql:";
    private static final String MARIADB = "jdbc:mariadb:";

    /**
     * In UTC a TIMESTAMP reads as the instant that it is, and the driver can read no other characters. A limit that is meant
     * for the application's statements would stop a large table for good: each server reads the comment that is meant for it.
     */
    private static final String SESSION = """
            SET NAMES utf8mb4, time_zone = '+00:00', sql_select_limit = 18446744073709551615\
             /*!80000 , max_execution_time = 0 */ /*M! , max_statement_time = 0 */""";

    /** By which the driver would give other values, or ask for a zone that the server may not know by its name. */
    private static final Pattern PARAMETERS_OF_VALUES = Pattern.compile(
            "(?<=[?&])(tinyInt1isBit|yearIsDateType|preserveInstants|timezone|forceConnectionTimeZoneToSession)=[^&]*&?",
            Pattern.CASE_INSENSITIVE);

    private static final Set<String> LISTS = Set.of("ENUM", "SET");

    /** No default for a column, not of its character set, refused by a CHECK. */
    private static final Set<Integer> ABOUT_DATA = Set.of(1364, 1366, 3819);

    /** A server, a transaction and a storage engine that are. The first says so of other options, too, none of which concerns rows. */
    private static final Set<Integer> READ_ONLY = Set.of(1290, 1792, 1836);

    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int TOO_MANY_CONNECTIONS = 1040;
    private static final int SERVER_SHUTDOWN = 1053;
    private static final int TABLE_DENIED = 1142;
    private static final int COLUMN_DENIED = 1143;

    static boolean speaks(String jdbcUrl) {
        return jdbcUrl.startsWith(MYSQL) || jdbcUrl.startsWith(MARIADB);
    }

    @Override
    public boolean mayIgnoreCase(Column column) {
        return column.isText();
    }

    @Override
    public String productName() {
        return "MySQL or MariaDB";
    }

    /** The driver heeds the URL's parameters before {@link #connectionProperties}. */
    @Override
    public String driverUrl(String jdbcUrl) {
        String url = jdbcUrl.startsWith(MYSQL) ? MARIADB + jdbcUrl.substring(MYSQL.length()) : jdbcUrl;
        return PARAMETERS_OF_VALUES.matcher(url).replaceAll("");
    }

    /** After whatever the URL lets the driver set by {@code sessionVariables} and {@code initSql}. */
    @Override
    public String sessionStatement() {
        return SESSION;
    }

    @Override
    public String quote(String identifier) {
        if (identifier.isEmpty() || identifier.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not an identifier: '" + identifier + "'");
        }
        return '`' + identifier.replace("`", "``") + '`';
    }

    /** The server writes a FLOAT with six digits, which are fewer than it has, and a DOUBLE with all of them. */
    @Override
    public String readExpression(Column column) {
        String name = quote(column.name());
        return column.jdbcType() == Types.REAL ? "(" + name + " + 0e0)" : name;
    }

    /** Numbers as numbers: the driver would make true of every tinyint(1) that is not 0, and a date of a year. */
    @Override
    public Map<String, String> connectionProperties() {
        return Map.of(
                "tinyInt1isBit", "false",
                "yearIsDateType", "false",
                "connectTimeout", "10000",
                "tcpKeepAlive", "true");
    }

    /** MySQL has an id of its own, MariaDB its host and port. */
    @Override
    public String identityQuery() {
        return """
                SELECT CONCAT('mysql:', /*!80000 @@server_uuid */ /*M! CONCAT(@@hostname, ':', @@port) */,
                              '/', DATABASE())""";
    }

    @Override
    public String random() {
        return "rand()";
    }

    /** Its optimizer reads the whole index for a comparison of rows. */
    @Override
    public boolean comparesRowsByIndex() {
        return false;
    }

    /**
     * An unsigned bigint and a row of bits are decimals, since a long is too small for 64 of them. A TIMESTAMP is an instant.
     */
    @Override
    public Column understand(Column column) {
        return switch (column.typeName().toUpperCase(Locale.ROOT)) {
            case "BIGINT UNSIGNED" -> column.withJdbcType(Types.DECIMAL);
            case MySqlValues.BITS -> column.size() == 1 ? column : column.withJdbcType(Types.DECIMAL);
            case "TIMESTAMP" -> column.withJdbcType(Types.TIMESTAMP_WITH_TIMEZONE);
            default -> column;
        };
    }

    /** The driver would write an instant in the JVM's zone; the session's is UTC. */
    @Override
    public @Nullable Object bindable(@Nullable Object value) {
        return value instanceof OffsetDateTime instant
                ? instant.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime()
                : value;
    }

    /** In a result, it is called a CHAR. */
    @Override
    public Column understand(Column column, Column inCatalogue) {
        return LISTS.contains(inCatalogue.typeName())
                ? column.withTypeName(inCatalogue.typeName())
                : understand(column);
    }

    /** Ordered by its place in the list, but compared with a text as one. */
    @Override
    public String keyExpression(Column column) {
        String name = quote(column.name());
        return LISTS.contains(column.typeName()) ? "CAST(" + name + " AS CHAR) COLLATE utf8mb4_bin" : name;
    }

    @Override
    public ValueReader reader(Column column) {
        return MySqlValues.reader(column);
    }

    /** By ON UPDATE CURRENT_TIMESTAMP. */
    @Override
    public boolean mayChangeByItself(Column column) {
        return column.jdbcType() == Types.TIMESTAMP || column.jdbcType() == Types.TIMESTAMP_WITH_TIMEZONE;
    }

    /** Some say so by a code alone, and a value that an ENUM lacks by a warning's state. */
    @Override
    public boolean isAboutData(SQLException error) {
        String state = error.getSQLState();
        return Dialect.super.isAboutData(error)
                || state != null && (state.startsWith("01") || state.startsWith("45")) // 45: raised by a trigger
                || ABOUT_DATA.contains(error.getErrorCode());
    }

    @Override
    public boolean isForbidden(SQLException error) {
        return error.getErrorCode() == TABLE_DENIED || error.getErrorCode() == COLUMN_DENIED;
    }

    @Override
    public boolean isReadOnly(SQLException error) {
        return Dialect.super.isReadOnly(error) || READ_ONLY.contains(error.getErrorCode());
    }

    /** A name and the hosts from which it may come. */
    @Override
    public String grantee(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet user = statement.executeQuery("SELECT CURRENT_USER()")) {
            user.next();
            String account = user.getString(1);
            int at = account.lastIndexOf('@');
            return quote(account.substring(0, at)) + "@" + quote(account.substring(at + 1));
        }
    }

    @Override
    public boolean isBlocked(SQLException error) {
        return "40001".equals(error.getSQLState()) || error.getErrorCode() == LOCK_WAIT_TIMEOUT;
    }

    @Override
    public boolean isPassing(SQLException error) {
        String state = error.getSQLState();
        return state != null && state.startsWith("08")
                || isBlocked(error)
                || error.getErrorCode() == TOO_MANY_CONNECTIONS
                || error.getErrorCode() == SERVER_SHUTDOWN;
    }
}
