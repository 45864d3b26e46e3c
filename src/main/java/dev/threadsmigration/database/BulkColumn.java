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

    /** A column as it was found; an extension's type without the schema that its name may have. */
    public static BulkColumn of(Column column) {
        return new BulkColumn(column.name(), column.isCitext() ? "citext" : column.typeName());
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
