package dev.threadsmigration.database;

import java.sql.Connection;
import java.util.List;

/** A server that can be read from, not written to: a legacy database only. */
interface SourceDialect extends Dialect {

    @Override
    default String jsonType() {
        throw onlyASource();
    }

    @Override
    default String instantType() {
        throw onlyASource();
    }

    @Override
    default String fold(String identifier) {
        return identifier;
    }

    @Override
    default void checkConstraintsAtOnce(Connection connection) {
        throw onlyASource();
    }

    @Override
    default void load(Connection connection, TableName table, List<BulkColumn> columns, BulkRows rows) {
        throw onlyASource();
    }

    @Override
    default String parameter(Column column) {
        return "?";
    }

    @Override
    default String carriesMarker(Column metadata) {
        throw onlyASource();
    }

    private UnsupportedOperationException onlyASource() {
        return new UnsupportedOperationException(productName() + " can be migrated from, not to");
    }
}
