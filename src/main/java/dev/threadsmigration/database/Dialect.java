package dev.threadsmigration.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
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
        if (MySqlSession.isFor(jdbcUrl)) {
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

    /**
     * A column of a key with the type that its values have, where the database does not say it.
     *
     * @param from what the rows come from, as SQL
     * @param name of the table or view; null: the rows come from a query
     */
    default Column keyColumn(Connection connection, String from, @Nullable TableName name, Column column)
            throws SQLException {
        return column;
    }

    /** A reader that does not pass over what the driver cannot give as it is, but says so by an error. */
    default ValueReader strict(ValueReader reader) {
        return reader;
    }

    /** A column as SQL, to be read. */
    default String readExpression(Column column) {
        return quote(column.name());
    }

    /** A condition on a key's column: it holds bytes that no key can be made of. Null where it never does. */
    default @Nullable String holdsNoKey(Column column) {
        return column.isBinaryUuid() ? "OCTET_LENGTH(" + quote(column.name()) + ") <> 16" : null;
    }

    /** What stands before the rows of an INSERT that gives columns a value which the server would make itself. */
    default String overriding() {
        return "";
    }

    /** What our sessions with this server begin with. */
    SessionSetup session();

    /** What this server means by its errors. */
    ServerErrors errors();

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

    /** The names of the indexes of a table that promise nothing of all its rows, so that a unique one may hold a value twice. */
    default Set<String> indexesOfSomeRows(Connection connection, TableName table) throws SQLException {
        return Set.of();
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

    /** Whether rows of the table or view can be {@link #locked}. */
    default boolean canLock(Connection connection, TableName table) throws SQLException {
        return true;
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

    /** Before a transaction that reads, and then writes what others may write, too; not within one. */
    default void prepareToWrite(Connection connection) throws SQLException {
        // Most servers make others wait by locks of rows.
    }

    /**
     * Makes constraints that would fire at commit fire at once, so that a bad row is found while it can still be set
     * apart. Lasts until the end of the transaction.
     */
    default void checkConstraintsAtOnce(Connection connection) throws SQLException {
        // Most servers have no deferred constraints.
    }
}
