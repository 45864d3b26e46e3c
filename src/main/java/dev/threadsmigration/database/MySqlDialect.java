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
import org.jspecify.annotations.Nullable;

/** MariaDB 10.6 and MySQL 8 and later, both through MariaDB's driver. */
final class MySqlDialect implements Dialect {

    private static final String MYSQL = "jdbc:mysql:";
    private static final String MARIADB = "jdbc:mariadb:";

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

    @Override
    public String driverUrl(String jdbcUrl) {
        return jdbcUrl.startsWith(MYSQL) ? MARIADB + jdbcUrl.substring(MYSQL.length()) : jdbcUrl;
    }

    @Override
    public String quote(String identifier) {
        if (identifier.isEmpty() || identifier.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not an identifier: '" + identifier + "'");
        }
        return '`' + identifier.replace("`", "``") + '`';
    }

    /**
     * A session in UTC, in which a TIMESTAMP reads as the instant that it is; and numbers as numbers: the driver would
     * make true of every tinyint(1) that is not 0, and a date of a year.
     */
    @Override
    public Map<String, String> connectionProperties() {
        return Map.of(
                "sessionVariables", "time_zone='+00:00'",
                "tinyInt1isBit", "false",
                "yearIsDateType", "false",
                "connectTimeout", "10000",
                "tcpKeepAlive", "true");
    }

    /** Each server reads the comment that is meant for it: MySQL has an id of its own, MariaDB its host and port. */
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

    /** An unsigned bigint is read as a decimal, since a long is too small for it. A TIMESTAMP is an instant. */
    @Override
    public Column understand(Column column) {
        return switch (column.typeName().toUpperCase(Locale.ROOT)) {
            case "BIGINT UNSIGNED" -> column.withJdbcType(Types.DECIMAL);
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

    @Override
    public ValueReader reader(Column column) {
        return MySqlValues.reader(column);
    }

    @Override
    public boolean isForbidden(SQLException error) {
        return error.getErrorCode() == TABLE_DENIED || error.getErrorCode() == COLUMN_DENIED;
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
    public boolean isPassing(SQLException error) {
        String state = error.getSQLState();
        return state != null && (state.startsWith("08") || state.equals("40001"))
                || error.getErrorCode() == LOCK_WAIT_TIMEOUT
                || error.getErrorCode() == TOO_MANY_CONNECTIONS
                || error.getErrorCode() == SERVER_SHUTDOWN;
    }
}
