package dev.threadsmigration.database;

import java.sql.Types;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** SQLite 3.35 and later, a file. */
final class SqliteDialect implements Dialect {

    /** Opens without creating: a misspelt file name must not make an empty database. Waits for a program that writes. */
    private static final SessionSetup SESSION = () -> Map.of("open_mode", "2", "busy_timeout", "10000");

    private static final ServerErrors ERRORS = new SqliteErrors();

    private static final Set<String> WITHOUT_AFFINITY = Set.of("", "NUMERIC");

    @Override
    public String productName() {
        return "SQLite";
    }

    @Override
    public SessionSetup session() {
        return SESSION;
    }

    @Override
    public ServerErrors errors() {
        return ERRORS;
    }

    @Override
    public boolean knowsUsers() {
        return false;
    }

    @Override
    public String identityQuery() {
        return "SELECT 'sqlite:' || file FROM pragma_database_list WHERE name = 'main'";
    }

    @Override
    public String random() {
        return "((random() & 9223372036854775807) / 9223372036854775807.0)";
    }

    @Override
    public String spelling(Column column) {
        return quote(column.name()) + " COLLATE BINARY";
    }

    /** It has no such words: whoever wants to write what another has written since he read is told that it is busy. */
    @Override
    public String locked() {
        return "";
    }

    @Override
    public String characters(String expression) {
        return "length(" + expression + ")";
    }

    /**
     * The type by the rules of column affinity ("Datatypes In SQLite", 3.1): a declared type is a wish there, of which
     * only these words are heard.
     */
    @Override
    public Column understand(Column column) {
        String declared = column.typeName().toUpperCase(Locale.ROOT);
        int type;
        if (declared.contains("INT")) {
            type = Types.BIGINT;
        } else if (declared.contains("CHAR") || declared.contains("CLOB") || declared.contains("TEXT")) {
            type = Types.VARCHAR;
        } else if (declared.contains("BLOB")) {
            type = Types.BLOB;
        } else if (declared.contains("REAL") || declared.contains("FLOA") || declared.contains("DOUB")) {
            type = Types.DOUBLE;
        } else if (declared.startsWith("BOOL")) {
            // A number to SQLite, which is told so that one is written back.
            type = Types.BOOLEAN;
        } else {
            // Dates, UUIDs, JSON: "numeric", that is, a number where it looks like one and else a text.
            type = Types.VARCHAR;
        }
        String name = declared.equals("UUID") ? "TEXT" : WITHOUT_AFFINITY.contains(declared) ? "" : column.typeName();
        return column.withJdbcType(type).withTypeName(name);
    }

    /**
     * A column that is computed has no type, which the driver reports as NUMERIC, and so no affinity: every number in it is
     * below every text, and a key that was noted down as a text would find none of them.
     */
    @Override
    public String keyExpression(Column column) {
        String name = quote(column.name());
        return column.isUntyped() ? "CAST(" + name + " AS TEXT)" : name;
    }

    @Override
    public String holdsNoKey(Column column) {
        return "typeof(" + quote(column.name()) + ") = 'blob'";
    }

    /** Each value has a type of its own, whatever its column was declared to hold. */
    @Override
    public ValueReader reader(Column column) {
        return (results, position) -> {
            Object value = results.getObject(position);
            return value instanceof Integer number ? Long.valueOf(number) : value;
        };
    }
}
