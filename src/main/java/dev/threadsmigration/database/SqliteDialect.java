package dev.threadsmigration.database;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;

/** SQLite 3.35 and later, a file. */
final class SqliteDialect implements Dialect {

    /** Opens without creating: a misspelt file name must not make an empty database. Waits for a program that writes. */
    private static final SessionSetup SESSION = () -> Map.of("open_mode", "2", "busy_timeout", "10000");

    private static final ServerErrors ERRORS = new SqliteErrors();

    private static final String NUMERIC = "NUMERIC";

    /** Of no column, of one that is computed or has no type, and of one in a STRICT table. */
    private static final Set<String> WITHOUT_AFFINITY = Set.of("", NUMERIC, "ANY");

    /** What the driver puts in the place of bytes that are no text. */
    private static final char REPLACEMENT = '\uFFFD';

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

    /** It has no such words: who is about to write keeps all others from writing. */
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

    /** In a result, a column without a type is called NUMERIC like one that is. */
    @Override
    public Column understand(Column column, Column inCatalogue) {
        Column understood = understand(column);
        return understood.isUntyped() && inCatalogue.typeName().equals(NUMERIC)
                ? understood.withTypeName(NUMERIC)
                : understood;
    }

    /**
     * The columns that a view or a query puts side by side, or computes, may have any values, whatever type is reported: the
     * values are asked for theirs. Where they are of several, they are compared as texts, since every number is below every
     * text, and a key that was noted down as a text would find none of them.
     */
    @Override
    public Column keyColumn(Connection connection, String from, @Nullable TableName name, Column column)
            throws SQLException {
        if (name != null && isTable(connection, name)) {
            return column;
        }
        String type = "typeof(" + quote(column.name()) + ")";
        Set<String> types = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "SELECT DISTINCT " + type + " FROM " + from + " WHERE " + type + " <> 'null'")) {
            while (found.next()) {
                types.add(found.getString(1));
            }
        }
        if (types.equals(Set.of("integer"))) {
            return column.withJdbcType(Types.BIGINT).withTypeName("INTEGER");
        }
        return column.withJdbcType(Types.VARCHAR).withTypeName(types.equals(Set.of("text")) ? "TEXT" : "");
    }

    private static boolean isTable(Connection connection, TableName name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?")) {
            statement.setString(1, name.name());
            try (ResultSet found = statement.executeQuery()) {
                return found.next();
            }
        }
    }

    @Override
    public String keyExpression(Column column) {
        return textExpression(column);
    }

    @Override
    public String textExpression(Column column) {
        String name = quote(column.name());
        return column.isUntyped() ? "CAST(" + name + " AS TEXT)" : name;
    }

    /** Without a type, a number with a fraction is spelt in other ways here than there. */
    @Override
    public String holdsNoKey(Column column) {
        return "typeof(" + quote(column.name()) + ") " + (column.isUntyped() ? "IN ('blob', 'real')" : "= 'blob'");
    }

    /** Each value has a type of its own, whatever its column was declared to hold. */
    @Override
    public ValueReader reader(Column column) {
        return (results, position) -> {
            Object value = results.getObject(position);
            return value instanceof Integer number ? Long.valueOf(number) : value;
        };
    }

    @Override
    public ValueReader strict(ValueReader reader) {
        return (results, position) -> {
            Object value = reader.read(results, position);
            if (value instanceof String text && text.indexOf(REPLACEMENT) >= 0) {
                checkIsText(text, results.getBytes(position));
            }
            return value;
        };
    }

    /** @param stored in the database's encoding, which is UTF-8 in most */
    private static void checkIsText(String text, byte[] stored) throws SQLException {
        for (Charset encoding : List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
            if (Arrays.equals(text.getBytes(encoding), stored)) {
                return;
            }
        }
        throw new SQLDataException("its bytes are no text of UTF-8");
    }

    /** Whoever has read what another has written since can never write in the same transaction, however long he waits. */
    @Override
    public void prepareToWrite(Connection connection) throws SQLException {
        connection
                .unwrap(SQLiteConnection.class)
                .getConnectionConfig()
                .setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    }
}
