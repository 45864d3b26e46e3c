package dev.threadsmigration.database;

import org.jspecify.annotations.Nullable;

/**
 * An index or a foreign key of a table, as it can be taken off and put back.
 *
 * @param sql the index's whole statement, or what follows the foreign key's name
 * @param column the foreign key's one column; null for an index
 * @param referenced the table that a foreign key refers to; null for an index
 */
public record TableDefinition(
        Kind kind,
        TableName table,
        String name,
        String sql,
        @Nullable String column,
        @Nullable TableName referenced) {

    /** What is defined. Indexes are put back before foreign keys. */
    public enum Kind {
        INDEX("index"),
        FOREIGN_KEY("foreign key");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** For messages. */
        public String words() {
            return words;
        }
    }

    /** The statement that takes it off. */
    public String drop(Dialect dialect) {
        return kind == Kind.INDEX
                ? "DROP INDEX " + new TableName(table.schema(), name).quoted(dialect)
                : "ALTER TABLE " + table.quoted(dialect) + " DROP CONSTRAINT " + dialect.quote(name);
    }

    /** The statement that puts it back. */
    public String create(Dialect dialect) {
        return kind == Kind.INDEX
                ? sql
                : "ALTER TABLE " + table.quoted(dialect) + " ADD CONSTRAINT " + dialect.quote(name) + " " + sql;
    }

    /** For messages. */
    @Override
    public String toString() {
        return kind.words() + " " + name + " of " + table.name();
    }
}
