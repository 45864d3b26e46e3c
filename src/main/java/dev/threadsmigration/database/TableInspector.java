package dev.threadsmigration.database;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Asks a database what its tables are like. */
public final class TableInspector {

    private static final String[] READABLE = {
        "TABLE", "BASE TABLE", "VIEW", "PARTITIONED TABLE", "MATERIALIZED VIEW", "FOREIGN TABLE"
    };

    private static final int FIRST_ROWS = 100;

    /** What the index of a primary key is called here; it is also listed under its own name where it has one. */
    static final String PRIMARY_KEY = "primary key";

    private TableInspector() {}

    /**
     * The table that a job file means by {@code name}, which may carry its schema. The exact spelling wins; else upper
     * and lower case do not matter.
     */
    public static Optional<TableName> find(Connection connection, String name) throws SQLException {
        int dot = name.indexOf('.');
        Optional<TableName> own = Names.find(tables(connection), TableName::name, name);
        return own.isPresent() || dot < 0
                ? own
                : Names.find(
                        tables(connection, name.substring(0, dot), true), TableName::name, name.substring(dot + 1));
    }

    /** The names of the tables in the connection's own schema, for messages. */
    public static List<String> tableNames(Connection connection) throws SQLException {
        return tables(connection).stream().map(TableName::name).toList();
    }

    /** The tables in the connection's own schema. */
    public static List<TableName> tables(Connection connection) throws SQLException {
        return tables(connection, connection.getSchema(), false);
    }

    private static List<TableName> tables(Connection connection, @Nullable String schema, boolean named)
            throws SQLException {
        List<TableName> found = new ArrayList<>();
        boolean schemas = hasSchemas(connection);
        String catalog = named && !schemas ? schema : connection.getCatalog();
        DatabaseMetaData metaData = connection.getMetaData();
        // A schema that a person named may be spelt in other letters.
        String pattern = named || !schemas ? null : escape(metaData, schema);
        try (ResultSet tables = metaData.getTables(catalog, pattern, "%", READABLE)) {
            while (tables.next()) {
                String tableSchema = tables.getString(named && !schemas ? "TABLE_CAT" : "TABLE_SCHEM");
                boolean same = named
                        ? tableSchema != null && tableSchema.equalsIgnoreCase(schema)
                        : Objects.equals(schema, tableSchema);
                if (same) {
                    found.add(new TableName(tableSchema, tables.getString("TABLE_NAME")));
                }
            }
        }
        return found;
    }

    /** The columns of a table, in its order, with what only the catalogue knows (defaults). */
    public static List<Column> columns(Connection connection, TableName table) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        List<Column> columns = new ArrayList<>();
        try (ResultSet rows = metaData.getColumns(
                catalog(connection, table),
                escape(metaData, schema(connection, table)),
                escape(metaData, table.name()),
                "%")) {
            while (rows.next()) {
                columns.add(new Column(
                        rows.getString("COLUMN_NAME"),
                        rows.getInt("DATA_TYPE"),
                        rows.getString("TYPE_NAME"),
                        rows.getInt("COLUMN_SIZE"),
                        rows.getInt("NULLABLE") != DatabaseMetaData.columnNoNulls,
                        fillOf(rows)));
            }
        }
        return columns;
    }

    /** The columns that a FROM clause yields, be it a table or a query in parentheses. */
    public static List<Column> columnsOf(Connection connection, String from) throws SQLException {
        return columnsOf(connection, from, "");
    }

    /** @param condition a condition of the user's and {@code AND}, or nothing: it is tried, too */
    public static List<Column> columnsOf(Connection connection, String from, String condition) throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT * FROM " + from + "\nWHERE " + condition + "1 = 0");
                ResultSet rows = statement.executeQuery()) {
            ResultSetMetaData metaData = rows.getMetaData();
            List<Column> columns = new ArrayList<>();
            for (int i = 1; i <= metaData.getColumnCount(); i++) {
                columns.add(new Column(
                        metaData.getColumnLabel(i),
                        metaData.getColumnType(i),
                        metaData.getColumnTypeName(i),
                        metaData.getPrecision(i),
                        metaData.isNullable(i) != ResultSetMetaData.columnNoNulls,
                        Column.Fill.NONE));
            }
            return columns;
        } catch (NullPointerException e) {
            // MariaDB's driver answers so to a type that only MySQL has.
            throw new SQLException(
                    "the driver does not know the type of one of its columns, perhaps MySQL's VECTOR: name the others in"
                            + " a SELECT of your own, under migration.mapping.<entity>.query",
                    e);
        }
    }

    /**
     * A number, not 0, that each column holds in one of the first rows. It tells what the column's type does not: in what unit
     * a date is, and on SQLite that it is a number at all.
     */
    public static Map<String, BigDecimal> firstNumbers(
            Connection connection, String from, List<Column> columns, Dialect dialect) throws SQLException {
        Map<String, BigDecimal> numbers = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement()) {
            String read = columns.stream().map(dialect::readExpression).collect(Collectors.joining(", "));
            try (ResultSet rows =
                    statement.executeQuery("SELECT " + read + " FROM " + from + dialect.rows(0, FIRST_ROWS))) {
                while (rows.next()) {
                    for (int i = 0; i < columns.size(); i++) {
                        Object value = value(rows, i + 1, columns.get(i), dialect);
                        if (value instanceof Number number && number.doubleValue() != 0) {
                            numbers.putIfAbsent(columns.get(i).name(), new BigDecimal(number.toString()));
                        }
                    }
                }
            }
        }
        return numbers;
    }

    private static @Nullable Object value(ResultSet rows, int position, Column column, Dialect dialect)
            throws SQLException {
        ValueReader reader = dialect.reader(column);
        if (reader != null) {
            return reader.read(rows, position);
        }
        return column.isInteger() || column.isDecimal() ? rows.getObject(position) : null;
    }

    private static Column.Fill fillOf(ResultSet column) throws SQLException {
        if ("YES".equals(column.getString("IS_GENERATEDCOLUMN"))) {
            return Column.Fill.ALWAYS;
        }
        return column.getString("COLUMN_DEF") != null || "YES".equals(column.getString("IS_AUTOINCREMENT"))
                ? Column.Fill.DEFAULT
                : Column.Fill.NONE;
    }

    /**
     * A name that two columns of a query have. Asked of the query itself: some databases rename one of them as soon as
     * the query stands in parentheses. Empty where the driver cannot tell without running it.
     */
    public static Optional<String> repeatedColumn(Connection connection, String query) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            ResultSetMetaData metaData = statement.getMetaData();
            Set<String> names = new TreeSet<>();
            for (int i = 1; metaData != null && i <= metaData.getColumnCount(); i++) {
                if (!names.add(metaData.getColumnLabel(i))) {
                    return Optional.of(metaData.getColumnLabel(i));
                }
            }
            return Optional.empty();
        }
    }

    /**
     * An index over columns alone, of all rows.
     *
     * @param columns leading column first
     */
    public record Index(String name, List<String> columns, boolean unique) {}

    /** The indexes of a table; those of some of its rows, or of expressions, are left out. */
    public static List<Index> indexes(Connection connection, TableName table) throws SQLException {
        Map<String, TreeMap<Integer, String>> byPosition = new LinkedHashMap<>();
        Set<String> unusable = new TreeSet<>();
        Set<String> unique = new TreeSet<>();
        try (ResultSet rows = connection
                .getMetaData()
                .getIndexInfo(catalog(connection, table), schema(connection, table), table.name(), false, true)) {
            while (rows.next()) {
                String index = rows.getString("INDEX_NAME");
                if (index == null) {
                    continue;
                }
                if (rows.getString("FILTER_CONDITION") != null || rows.getString("COLUMN_NAME") == null) {
                    unusable.add(index);
                    continue;
                }
                if (!rows.getBoolean("NON_UNIQUE")) {
                    unique.add(index);
                }
                byPosition
                        .computeIfAbsent(index, name -> new TreeMap<>())
                        .put(rows.getInt("ORDINAL_POSITION"), rows.getString("COLUMN_NAME"));
            }
        }
        List<Index> indexes = new ArrayList<>();
        // SQLite's integer primary key is the table itself, and is listed as no index.
        List<String> primary = primaryKey(connection, table);
        if (!primary.isEmpty()) {
            indexes.add(new Index(PRIMARY_KEY, primary, true));
        }
        byPosition.forEach((index, columns) -> {
            if (!unusable.contains(index)) {
                indexes.add(new Index(index, List.copyOf(columns.values()), unique.contains(index)));
            }
        });
        return indexes;
    }

    /** The columns of the primary key, leading column first; none where there is none. */
    public static List<String> primaryKey(Connection connection, TableName table) throws SQLException {
        TreeMap<Integer, String> byPosition = new TreeMap<>();
        try (ResultSet rows = connection
                .getMetaData()
                .getPrimaryKeys(catalog(connection, table), schema(connection, table), table.name())) {
            while (rows.next()) {
                byPosition.put(rows.getInt("KEY_SEQ"), rows.getString("COLUMN_NAME"));
            }
        }
        return List.copyOf(byPosition.values());
    }

    /**
     * A foreign key of a table to another one.
     *
     * @param columns its columns
     * @param referred the columns of the other table that they refer to, in the same order
     */
    public record ForeignKey(TableName table, List<String> columns, List<String> referred) {}

    /** The foreign keys of all tables to this one. */
    public static List<ForeignKey> foreignKeysTo(Connection connection, TableName table) throws SQLException {
        Map<List<@Nullable String>, ForeignKey> found = new LinkedHashMap<>();
        try (ResultSet keys = connection
                .getMetaData()
                .getExportedKeys(catalog(connection, table), schema(connection, table), table.name())) {
            while (keys.next()) {
                String schema = keys.getString(hasSchemas(connection) ? "FKTABLE_SCHEM" : "FKTABLE_CAT");
                TableName from = new TableName(schema, keys.getString("FKTABLE_NAME"));
                ForeignKey key = found.computeIfAbsent(
                        Arrays.asList(schema, from.name(), keys.getString("FK_NAME")),
                        same -> new ForeignKey(from, new ArrayList<>(), new ArrayList<>()));
                key.columns().add(keys.getString("FKCOLUMN_NAME"));
                key.referred().add(keys.getString("PKCOLUMN_NAME"));
            }
        }
        return List.copyOf(found.values());
    }

    /** MySQL calls its databases catalogs, and has no schemas in them; SQLite has neither. */
    private static boolean hasSchemas(Connection connection) throws SQLException {
        return connection.getMetaData().supportsSchemasInTableDefinitions();
    }

    private static @Nullable String catalog(Connection connection, TableName table) throws SQLException {
        return table.schema() != null && !hasSchemas(connection) ? table.schema() : connection.getCatalog();
    }

    private static @Nullable String schema(Connection connection, TableName table) throws SQLException {
        return hasSchemas(connection) ? table.schema() : null;
    }

    private static @Nullable String escape(DatabaseMetaData metaData, @Nullable String name) throws SQLException {
        if (name == null) {
            return null;
        }
        String escape = metaData.getSearchStringEscape();
        return name.replace(escape, escape + escape).replace("_", escape + "_").replace("%", escape + "%");
    }
}
