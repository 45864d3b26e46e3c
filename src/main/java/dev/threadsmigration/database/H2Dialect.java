package dev.threadsmigration.database;

import dev.threadsmigration.model.Metadata;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** H2 2.x, embedded or as a server. */
final class H2Dialect implements TargetDialect {

    private static final SessionSetup SESSION = new H2Session();
    private static final ServerErrors ERRORS = new H2Errors();

    @Override
    public String productName() {
        return "H2";
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
    public String jsonType() {
        return "json";
    }

    @Override
    public String instantType() {
        return "TIMESTAMP WITH TIME ZONE";
    }

    @Override
    public String fold(String identifier) {
        return identifier.toUpperCase(Locale.ROOT);
    }

    @Override
    public String overriding() {
        return "OVERRIDING SYSTEM VALUE ";
    }

    @Override
    public String analyze(String table, String columns) {
        return "ANALYZE TABLE " + table;
    }

    @Override
    public String parameter(Column column) {
        return column.typeName().equalsIgnoreCase("json") ? "? FORMAT JSON" : "?";
    }

    @Override
    public @Nullable String carriesMarker(Column metadata) {
        return metadata.typeName().equalsIgnoreCase("json")
                ? "(%1$s).\"migrated\" = JSON 'true' AND CAST((%1$s).\"oldSystem\" AS varchar) = '\"' || ? || '\"'"
                        .formatted(quote(metadata.name()))
                : null;
    }

    @Override
    public String identityQuery() {
        return "SELECT 'h2:' || COALESCE(DATABASE_PATH(), DATABASE())";
    }

    /** The standard's words, which it understands whatever server it imitates. */
    @Override
    public String rows(long passedOver, int wanted) {
        return (passedOver == 0 ? "" : " OFFSET " + passedOver + " ROWS") + " FETCH FIRST " + wanted + " ROWS ONLY";
    }

    /** H2 counts UTF-16 units, of which a code point may take two. */
    @Override
    public String textType(int longest) {
        return longest == 0 ? "varchar" : "varchar(" + longest * 2 + ")";
    }

    /** Beside other conditions H2 would compare every row that its index finds with every value of the array. */
    @Override
    public String rowsAmong(String table, String column, String type) {
        return "UNNEST(CAST(? AS " + type + " ARRAY)) AS wanted (one) JOIN " + table + " m ON TRUE WHERE m." + column
                + " = wanted.one";
    }

    @Override
    public String spelling(Column column) {
        return "CAST(" + quote(column.name()) + " AS VARBINARY)";
    }

    @Override
    public boolean comparesRowsByIndex() {
        return false;
    }

    @Override
    public String rowAsJson(String row, List<Column> columns) {
        return columns.stream()
                .map(column -> "KEY '%s' VALUE %s"
                        .formatted(column.name().replace("'", "''"), asJson(row + "." + quote(column.name()), column)))
                .collect(Collectors.joining(", ", "CAST(JSON_OBJECT(", ") AS varchar)"));
    }

    /** Of other values H2 makes no JSON by itself. */
    private static String asJson(String value, Column column) {
        if (column.isUuid()) {
            return "CAST(" + value + " AS varchar)";
        }
        return switch (column.jdbcType()) {
            case Types.BOOLEAN,
                    Types.TINYINT,
                    Types.SMALLINT,
                    Types.INTEGER,
                    Types.BIGINT,
                    Types.NUMERIC,
                    Types.DECIMAL,
                    Types.REAL,
                    Types.FLOAT,
                    Types.DOUBLE -> value;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> "RAWTOHEX(" + value + ")";
            default -> column.typeName().equalsIgnoreCase("json") ? value : "CAST(" + value + " AS varchar)";
        };
    }

    @Override
    public void load(Connection connection, TableName table, List<BulkColumn> columns, BulkRows rows)
            throws SQLException {
        String names = columns.stream().map(column -> quote(column.name())).collect(Collectors.joining(", "));
        String parameters = columns.stream()
                .map(column -> isJson(column) ? "? FORMAT JSON" : "?")
                .collect(Collectors.joining(", "));
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO " + table.quoted(this) + " (" + names + ") VALUES (" + parameters + ")")) {
            for (int row = 0; row < rows.size(); row++) {
                for (int column = 0; column < columns.size(); column++) {
                    insert.setObject(
                            column + 1,
                            value(columns.get(column), columns.get(column).value(rows, row, column)));
                }
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static boolean isJson(BulkColumn column) {
        return column.typeName().equalsIgnoreCase("json");
    }

    private static @Nullable Object value(BulkColumn column, @Nullable Object value) {
        if (value instanceof Metadata metadata) {
            return isJson(column) ? metadata.json().getBytes(StandardCharsets.UTF_8) : metadata.json();
        }
        if (value instanceof Instant instant) {
            return column.typeName().toUpperCase(Locale.ROOT).contains("WITH TIME ZONE")
                    ? instant.atOffset(ZoneOffset.UTC)
                    : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        }
        return value;
    }
}
