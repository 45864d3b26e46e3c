package dev.threadsmigration.database;

import java.sql.Types;
import java.util.Map;

/** How columns of PostgreSQL's types are read and written as SQL. */
final class PostgreSqlTypes {

    private static final String BITS = "bit";
    private static final String MONEY = "money";

    /** No types, but what the driver calls columns that count. */
    private static final Map<String, String> COUNTED =
            Map.of("serial", "int4", "bigserial", "int8", "smallserial", "int2");

    private final PostgreSqlDialect dialect;

    PostgreSqlTypes(PostgreSqlDialect dialect) {
        this.dialect = dialect;
    }

    /**
     * The driver does not know citext, which an extension brings, takes any number of bits for a boolean, and money for floating
     * point.
     */
    Column understand(Column column) {
        return switch (column.typeName()) {
            case "citext" -> column.withJdbcType(Types.VARCHAR);
            case BITS -> column.size() == 1 ? column : column.withJdbcType(Types.OTHER);
            case MONEY -> column.withJdbcType(Types.NUMERIC);
            default -> column;
        };
    }

    String parameter(Column column) {
        if (column.typeName().equals(BITS)) {
            // As bit alone it would be cut off after the first.
            return column.jdbcType() == Types.BIT ? "CAST(CAST(? AS integer) AS bit)" : "CAST(? AS varbit)";
        }
        // A text is not taken for a json, an enum or a date by itself.
        return column.isUuid() || column.isInteger() ? "?" : "CAST(? AS " + name(column) + ")";
    }

    /** The server writes money as its locale has it, with commas or points between thousands, which the driver cannot read. */
    String readExpression(Column column) {
        String name = dialect.quote(column.name());
        return column.typeName().equals(MONEY) ? "CAST(" + name + " AS numeric)" : name;
    }

    String comparableKey(String sql, Column key, Column referring) {
        boolean alike = key.typeName().equals(referring.typeName()) || key.isInteger() && referring.isInteger();
        return alike ? sql : "CAST(" + sql + " AS " + name(referring) + ")";
    }

    /** A type that people made may have any name; the driver quotes it only where it puts a schema before it. */
    String name(Column column) {
        String name = column.typeName();
        return name.contains("\"") ? name : dialect.quote(COUNTED.getOrDefault(name, name));
    }
}
