package dev.threadsmigration.database;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server that can be written to as well: the new database, and the ledger's. */
public interface TargetDialect extends Dialect {

    /** @throws IllegalArgumentException where the URL names a database that cannot be migrated to */
    static TargetDialect of(String jdbcUrl) {
        if (Dialect.of(jdbcUrl) instanceof TargetDialect target) {
            return target;
        }
        throw new IllegalArgumentException("databases to migrate to are: jdbc:postgresql:, jdbc:h2:");
    }

    /** The characters that the connection's database can hold. */
    default Charset encoding(Connection connection) throws SQLException {
        return StandardCharsets.UTF_8;
    }

    /** The name of the JSON type that the target's metadata is made with. */
    String jsonType();

    /** The name, as {@link BulkColumn} has it, of the type of an instant with its zone. */
    String instantType();

    /** The spelling that an unquoted identifier gets. */
    String fold(String identifier);

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

    /** The statement that refreshes the planner's knowledge of some columns of a table, both given as SQL. */
    default String analyze(String table, String columns) {
        return "ANALYZE " + table + " (" + columns + ")";
    }

    /** Whether a table that a transaction created is gone when it is rolled back. */
    default boolean rollsBackDefinitions() {
        return false;
    }

    /** A column's type as SQL, for one that keeps its values. */
    default String typeOf(Column column) {
        return column.typeName();
    }

    /** The statement that lets rows of a table without a key be deleted although they are published; null: none is needed. */
    default @Nullable String replicateWithoutKey(String table) {
        return null;
    }

    /** Whether the connection's user may make an index of a table in a transaction, which most often takes its owner. */
    default boolean mayIndex(Connection connection, TableName table) throws SQLException {
        return false;
    }

    /** The type of a text of at most this many code points; 0: of any length. */
    default String textType(int longest) {
        return longest == 0 ? "text" : "varchar(" + longest + ")";
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

    /**
     * A row as the text of a JSON object, as SQL.
     *
     * @param row what the row is called there
     * @param columns its columns
     */
    String rowAsJson(String row, List<Column> columns);

    /** UUIDs to bind to a parameter that is an array of the type {@code uuid}. */
    default Array uuids(Connection connection, Collection<UUID> uuids) throws SQLException {
        return connection.createArrayOf("uuid", uuids.toArray());
    }

    /** Inserts the rows by the fastest way that the server offers, all or none of them. */
    void load(Connection connection, TableName table, List<BulkColumn> columns, BulkRows rows) throws SQLException;

    /** Null: what is written later cannot be told from what was there. */
    default @Nullable RowAges rowAges() {
        return null;
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
     * A SELECT that ends all other sessions of this process, with a row for each: their lines may have broken without the server
     * knowing; null: no server keeps such sessions.
     */
    default @Nullable String endSessionsQuery() {
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

    /** How writes of others into a table are captured; null: they cannot be. */
    default @Nullable WriteCapture writeCapture() {
        return null;
    }
}
