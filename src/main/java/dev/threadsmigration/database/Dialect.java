package dev.threadsmigration.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The one seam between database servers: what is asked of every one. An instance has no state. */
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

    /**
     * A key's column as SQL, as it can be compared with a column that refers to it.
     *
     * @param sql the column
     * @param referring perhaps of another type
     */
    default String comparableKey(String sql, Column key, Column referring) {
        return sql;
    }

    /** A column of texts as SQL, on which functions of texts work. */
    default String textExpression(Column column) {
        return quote(column.name());
    }

    /** A column as SQL, to be read. */
    default String readExpression(Column column) {
        return quote(column.name());
    }

    /** A condition on a key's column: it holds bytes that no key can be made of. Null where it never does. */
    default @Nullable String holdsNoKey(Column column) {
        return column.isBinaryUuid() ? "OCTET_LENGTH(" + quote(column.name()) + ") <> 16" : null;
    }

    /** More such properties for a connection to legacy, which is there, and whose columns of any type are read always alike. */
    default Map<String, String> readingProperties() {
        return Map.of();
    }

    /** Properties of a connection whose results may take no more of the memory than this. */
    default Map<String, String> memoryProperties(MemoryShare share) {
        return Map.of();
    }

    /** Whether the driver gave up on a result that would have taken more of the memory than it may. */
    default boolean isTooLarge(SQLException error) {
        return false;
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

    /** What each session begins with, where no property does it; null: nothing. */
    default @Nullable String sessionStatement() {
        return null;
    }

    /** What a session was to be begun with and was not, by name, since something answers in the server's place. */
    default List<String> settingsLeftOut(Connection connection) throws SQLException {
        return List.of();
    }

    /** Whether one gives a name and a password to get in. */
    default boolean knowsUsers() {
        return true;
    }

    /** A SELECT of one row and one column that says which database this is, however its URL was written. */
    String identityQuery();

    /** A parameter for a value of this column, of the Java type that its reader gives. */
    default String parameter(Column column) {
        return "?";
    }

    /** Whether two spellings of a text in this column may be equal. */
    default boolean mayIgnoreCase(Column column) {
        return column.typeName().equalsIgnoreCase("citext");
    }

    /** A text as SQL of which each spelling is a value of its own, whatever the collation says. */
    default String spelling(Column column) {
        return quote(column.name());
    }

    /** The end of a SELECT that passes over some rows and yields so many of those that follow. */
    default String rows(long passedOver, int wanted) {
        return " LIMIT " + wanted + (passedOver == 0 ? "" : " OFFSET " + passedOver);
    }

    /** The end of a SELECT whose rows nobody else can change until its transaction ends. */
    default String locked() {
        return " FOR UPDATE";
    }

    /** A call that yields another random number from 0 to 1 for each row. */
    default String random() {
        return "random()";
    }

    /** The length of a text in characters. */
    default String characters(String expression) {
        return "CHAR_LENGTH(" + expression + ")";
    }

    /** Whether {@code (a, b) > (?, ?)} is answered from an index on a and b; else it is spelt out. */
    default boolean comparesRowsByIndex() {
        return true;
    }

    /** The column with the type that it really has, where the driver names another one. */
    default Column understand(Column column) {
        return column;
    }

    /** The same of a column of a table, of which the catalogue tells what a result does not. */
    default Column understand(Column column, Column inCatalogue) {
        return understand(column);
    }

    /** A value of a source's column in the form in which the driver passes it on unchanged. */
    default @Nullable Object bindable(@Nullable Object value) {
        return value;
    }

    /** Whether the column may get another value where a row is changed that is not told one. */
    default boolean mayChangeByItself(Column column) {
        return false;
    }

    /** How to read a column whose values the driver would bend; null: the usual way of its type. */
    default @Nullable ValueReader reader(Column column) {
        return null;
    }

    /** Whether the error says that the user may not do what was asked for. */
    default boolean isForbidden(SQLException error) {
        return false;
    }

    /** Whether the error says that nobody may write there: a replica, or a server, session or file that is read-only. */
    default boolean isReadOnly(SQLException error) {
        return "25006".equals(error.getSQLState());
    }

    /** The connection's user, as a GRANT names him. */
    default String grantee(Connection connection) throws SQLException {
        return quote(connection.getMetaData().getUserName());
    }

    /** The statements, on one line, that let the connection's user read a table which he may not read; empty: none is known. */
    default String rightsToRead(Connection connection, TableName table) throws SQLException {
        return "GRANT SELECT ON " + table.quoted(this) + " TO " + grantee(connection);
    }

    /**
     * The sequences from which a new row takes numbers although the connection's user may not use them.
     *
     * @param given the columns that the row has values for
     */
    default List<TableName> forbiddenSequences(Connection connection, TableName table, Collection<Column> given)
            throws SQLException {
        return List.of();
    }

    /** Whether a row that is inserted is given back with what the server has put into it; not by every view. */
    default boolean givesInsertedRows(Connection connection, TableName table) throws SQLException {
        return true;
    }

    /** Whether the error is about the data that was sent, so that fewer or other rows might pass. */
    default boolean isAboutData(SQLException error) {
        String state = error.getSQLState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /**
     * Makes constraints that would fire at commit fire at once, so that a bad row is found while it can still be set
     * apart. Lasts until the end of the transaction.
     */
    default void checkConstraintsAtOnce(Connection connection) throws SQLException {
        // Most servers have no deferred constraints.
    }

    /** Whether the error may go away by itself: the server is away, restarts, or chose us as a deadlock's victim. */
    boolean isPassing(SQLException error);

    /** Whether others were in the way: they kept a lock for too long, or waited for one of ours in turn. */
    default boolean isBlocked(SQLException error) {
        return Set.of("40001", "40P01", "55P03").contains(String.valueOf(error.getSQLState()));
    }
}
