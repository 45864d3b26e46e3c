package dev.threadsmigration.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one seam between database servers. An instance has no state. */
public interface Dialect {

    /** @throws IllegalArgumentException where the URL names a database that is not supported */
    static Dialect of(String jdbcUrl) {
        if (jdbcUrl.startsWith("jdbc:postgresql:")) {
            return new PostgreSqlDialect();
        }
        if (jdbcUrl.startsWith("jdbc:h2:")) {
            return new H2Dialect();
        }
        if (MySqlDialect.speaks(jdbcUrl)) {
            return new MySqlDialect();
        }
        if (jdbcUrl.startsWith("jdbc:sqlite:")) {
            return new SqliteDialect();
        }
        throw new IllegalArgumentException(
                "databases are: jdbc:postgresql:, jdbc:mysql:, jdbc:mariadb:, jdbc:sqlite:, jdbc:h2:");
    }

    /** The server's name for people. */
    String productName();

    /** The name of the JSON type that the target's metadata is made with. */
    String jsonType();

    /** The name, as {@link BulkColumn} has it, of the type of an instant with its zone. */
    String instantType();

    /** The spelling that an unquoted identifier gets. */
    String fold(String identifier);

    /** The identifier in SQL, whatever characters it holds. */
    default String quote(String identifier) {
        if (identifier.isEmpty() || identifier.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("not an identifier: '" + identifier + "'");
        }
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** The identifiers in SQL, separated by commas. */
    default String quoteAll(List<String> identifiers) {
        return identifiers.stream().map(this::quote).collect(Collectors.joining(", "));
    }

    /** A key's column as SQL, as it can be compared with a parameter and ordered by. */
    default String keyExpression(Column column) {
        return quote(column.name());
    }

    /** More such properties for a connection that reads columns of any type, and must read each always alike. */
    default Map<String, String> readingProperties() {
        return Map.of();
    }

    /** What stands before the rows of an INSERT that gives columns a value which the server would make itself. */
    default String overriding() {
        return "";
    }

    /** Properties of a connection to this server, beside user and password. */
    Map<String, String> connectionProperties();

    /** The URL by which the driver that is in use knows the server. */
    default String driverUrl(String jdbcUrl) {
        return jdbcUrl;
    }

    /** A SELECT of one row and one column that says which database this is, however its URL was written. */
    String identityQuery();

    /** A parameter for a value of this column, of the Java type that its reader gives. */
    String parameter(Column column);

    /**
     * A condition on a metadata column: it carries the marker of the old system that the one parameter names. Null where the
     * column may hold what the server cannot look into, so that it must be read.
     */
    @Nullable
    String carriesMarker(Column metadata);

    /**
     * The legacy id that the marker of a system names in a metadata column, as SQL: NULL where it is another system's, which
     * is a parameter. Null where it is better to read the row.
     */
    default @Nullable String markedId(Column metadata) {
        return null;
    }

    /** Whether two spellings of a text in this column may be equal. */
    default boolean mayIgnoreCase(Column column) {
        return column.typeName().equalsIgnoreCase("citext");
    }

    /** The statement that refreshes the planner's knowledge of some columns of a table, both given as SQL. */
    default String analyze(String table, String columns) {
        return "ANALYZE " + table + " (" + columns + ")";
    }

    /** A call that yields another random number from 0 to 1 for each row. */
    default String random() {
        return "random()";
    }

    /** Whether a table that a transaction created is gone when it is rolled back. */
    default boolean rollsBackDefinitions() {
        return false;
    }

    /** The type of a text of at most this many code points; 0: of any length. */
    default String textType(int longest) {
        return longest == 0 ? "text" : "varchar(" + longest + ")";
    }

    /** The length of a text in characters. */
    default String characters(String expression) {
        return "CHAR_LENGTH(" + expression + ")";
    }

    /**
     * What follows FROM to find the rows of a table, called {@code m} there, whose column holds one of the values of an
     * array, the first parameter; further conditions may follow with AND.
     *
     * @param type the values' type in SQL
     */
    default String rowsAmong(String table, String column, String type) {
        return table + " m WHERE m." + column + " = ANY(?)";
    }

    /** Whether UUIDs are in the order of their bytes, each from 0 to 255. */
    default boolean ordersUuidsByBytes() {
        return false;
    }

    /** Whether {@code (a, b) > (?, ?)} is answered from an index on a and b; else it is spelt out. */
    default boolean comparesRowsByIndex() {
        return true;
    }

    /** The column with the type that it really has, where the driver names another one. */
    default Column understand(Column column) {
        return column;
    }

    /** A value of a source's column in the form in which the driver passes it on unchanged. */
    default @Nullable Object bindable(@Nullable Object value) {
        return value;
    }

    /** How to read a column whose values the driver would bend; null: the usual way of its type. */
    default @Nullable ValueReader reader(Column column) {
        return null;
    }

    /**
     * Makes constraints that would fire at commit fire at once, so that a bad row is found while it can still be set
     * apart. Lasts until the end of the transaction.
     */
    void checkConstraintsAtOnce(Connection connection) throws SQLException;

    /** UUIDs to bind to a parameter that is an array of the type {@code uuid}. */
    default Array uuids(Connection connection, Collection<UUID> uuids) throws SQLException {
        return connection.createArrayOf("uuid", uuids.toArray());
    }

    /** Inserts the rows by the fastest way that the server offers, all or none of them. */
    void load(Connection connection, TableName table, List<BulkColumn> columns, BulkRows rows) throws SQLException;

    /**
     * A SELECT of a mark in time, a number: every transaction before it has ended, and what is written later can be told from
     * what was there; null: cannot be told.
     */
    default @Nullable String horizonQuery() {
        return null;
    }

    /** With a horizon as its parameter, a SELECT of the age that a row has at least if it was written before it. */
    default String ageAtHorizonQuery() {
        throw new UnsupportedOperationException(productName() + " has no horizon");
    }

    /** The age of a row, as SQL. */
    default String ageOfRow() {
        throw new UnsupportedOperationException(productName() + " has no horizon");
    }

    /** Whether the database tells by {@code has_table_privilege} and its like what somebody may do. */
    default boolean tellsPrivileges() {
        return false;
    }

    /**
     * A SELECT of whether a lock for a text, its only parameter, was free and is now ours, until the session ends; null: there
     * are no such locks.
     */
    default @Nullable String tryLockQuery() {
        return null;
    }

    /**
     * A SELECT of whether any session has the lock that {@link #tryLockQuery} takes for a text, its only parameter; null: can
     * be found out only by taking it.
     */
    default @Nullable String isLockedQuery() {
        return null;
    }

    /** A SELECT of how many seconds the slowest replica is behind; null: cannot be asked. */
    default @Nullable String replicationLagQuery() {
        return null;
    }

    /** A SELECT of how many sessions of others are at work in this database; null: cannot be asked. */
    default @Nullable String activeSessionsQuery() {
        return null;
    }

    /** Whether {@link #deferrable} finds any. */
    default boolean defersIndexes() {
        return false;
    }

    /**
     * The secondary indexes and foreign keys of a table that can be taken off while it is filled, and put back exactly as they
     * were; in a transaction of the caller's. None where the server's DDL is not part of a transaction.
     */
    default List<TableDefinition> deferrable(Connection connection, TableName table) throws SQLException {
        return List.of();
    }

    /** What stands under a definition's name now, in the words of {@link TableDefinition#sql}; empty: nothing. */
    default Optional<String> current(Connection connection, TableDefinition definition) throws SQLException {
        return Optional.empty();
    }

    /** Whether the error says that others kept a lock for longer than this session was told to wait. */
    default boolean isLockTimeout(SQLException error) {
        return "55P03".equals(error.getSQLState());
    }

    /** Whether the error is about the data that was sent, so that fewer or other rows might pass. */
    default boolean isAboutData(SQLException error) {
        String state = error.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** Whether the error may go away by itself: the server is away, restarts, or chose us as a deadlock's victim. */
    boolean isPassing(SQLException error);
}
