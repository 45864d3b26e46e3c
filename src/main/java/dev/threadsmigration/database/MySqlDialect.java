package dev.threadsmigration.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** MariaDB 10.6 and MySQL 8 and later, both through MariaDB's driver. */
final class MySqlDialect implements Dialect {

    private static final Set<String> LISTS = Set.of("ENUM", "SET");

    private static final SessionSetup SESSION = new MySqlSession();
    private static final ServerErrors ERRORS = new MySqlErrors();

    @Override
    public boolean mayIgnoreCase(Column column) {
        return column.isText();
    }

    @Override
    public String productName() {
        return "MySQL or MariaDB";
    }

    @Override
    public SessionSetup session() {
        return SESSION;
    }

    @Override
    public ServerErrors errors() {
        return ERRORS;
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
}
