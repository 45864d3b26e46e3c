package dev.threadsmigration.database;

import org.jspecify.annotations.Nullable;

/**
 * A table as its database spells it.
 *
 * @param schema null: the connection's own
 */
public record TableName(@Nullable String schema, String name) {

    /** The name for SQL, each part quoted. */
    public String quoted(Dialect dialect) {
        return schema == null ? dialect.quote(name) : dialect.quote(schema) + "." + dialect.quote(name);
    }

    @Override
    public String toString() {
        return schema == null ? name : schema + "." + name;
    }
}
