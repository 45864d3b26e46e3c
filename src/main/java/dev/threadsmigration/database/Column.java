package dev.threadsmigration.database;

import java.sql.JDBCType;
import java.sql.Types;
import java.util.Collection;
import java.util.Optional;

/**
 * A column of a table or of a query.
 *
 * @param name as its database spells it
 * @param jdbcType one of {@link Types}
 * @param typeName the database's own name of the type, such as {@code timestamptz}
 * @param size the greatest length of a text, in the database's count; meaningless for other types
 * @param nullable whether it may hold NULL, as far as the database says
 * @param fill what the database puts there by itself
 */
public record Column(String name, int jdbcType, String typeName, int size, boolean nullable, Fill fill) {

    /** What the database puts into a column by itself. */
    public enum Fill {
        /** Nothing. */
        NONE,
        /** A value where none is given. */
        DEFAULT,
        /** A value computed of other columns, and none that is given. */
        ALWAYS
    }

    private static final int UUID_BYTES = 16;

    /** The column that somebody names: where two names differ only in case, the one that is spelt so. */
    public static Optional<Column> named(Collection<Column> columns, String name) {
        return Names.find(columns, Column::name, name);
    }

    /** The same column, of another of {@link Types}. */
    public Column withJdbcType(int type) {
        return new Column(name, type, typeName, size, nullable, fill);
    }

    /** The same column, its type by another name. */
    public Column withTypeName(String type) {
        return new Column(name, jdbcType, type, size, nullable, fill);
    }

    /** The same column, which the database fills so. */
    public Column withFill(Fill by) {
        return new Column(name, jdbcType, typeName, size, nullable, by);
    }

    /** Whether the database computes it of other columns, so that nothing can be written into it. */
    public boolean isComputed() {
        return fill == Fill.ALWAYS;
    }

    /** Whether the database fills it where nothing is given. */
    public boolean hasDefault() {
        return fill != Fill.NONE;
    }

    public boolean isText() {
        return switch (jdbcType) {
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB -> true;
            default -> false;
        };
    }

    /** Whether each of its values has a type of its own, since SQLite was told none. */
    public boolean isUntyped() {
        return typeName.isEmpty();
    }

    /** Whether it is of the extension of that name, whose schema the type's name has where it is on no search path. */
    public boolean isCitext() {
        return typeName.matches("citext|\".*\"\\.\"citext\"");
    }

    public boolean isUuid() {
        return typeName.equalsIgnoreCase("uuid");
    }

    /** Whether it holds 16 bytes a value, the other way to keep UUIDs. */
    public boolean isBinaryUuid() {
        return size == UUID_BYTES && (jdbcType == Types.BINARY || jdbcType == Types.VARBINARY);
    }

    /** Whether its values are instants. PostgreSQL's driver reports timestamptz as TIMESTAMP, so the name counts, too. */
    public boolean isInstant() {
        return jdbcType == Types.TIMESTAMP_WITH_TIMEZONE || typeName.equalsIgnoreCase("timestamptz");
    }

    /** Whether its values are bytes; not for large objects, which SQLite lets be of any kind. */
    public boolean isBinary() {
        return switch (jdbcType) {
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY -> true;
            default -> false;
        };
    }

    public boolean isDecimal() {
        return jdbcType == Types.NUMERIC || jdbcType == Types.DECIMAL;
    }

    public boolean isInteger() {
        return switch (jdbcType) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> true;
            default -> false;
        };
    }

    /** The type for messages. */
    public String describeType() {
        return typeName.isEmpty() ? JDBCType.valueOf(jdbcType).getName() : typeName;
    }
}
