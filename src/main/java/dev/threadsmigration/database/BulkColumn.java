package dev.threadsmigration.database;

import org.jspecify.annotations.Nullable;

/**
 * A column that is loaded in bulk.
 *
 * @param name as the database spells it
 * @param typeName the database's own name of its type
 * @param constant its value in all rows, of which {@link BulkRows} is not asked then; null: each row has its own
 */
public record BulkColumn(
        String name, String typeName, @Nullable Object constant) {

    public BulkColumn(String name, String typeName) {
        this(name, typeName, null);
    }

    /** The column with one value for all rows. */
    public BulkColumn always(Object value) {
        return new BulkColumn(name, typeName, value);
    }

    @Nullable
    Object value(BulkRows rows, int row, int column) {
        return constant == null ? rows.value(row, column) : constant;
    }
}
