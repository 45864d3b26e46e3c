package dev.threadsmigration.legacy;

import dev.threadsmigration.database.ValueReader;
import dev.threadsmigration.model.LegacyRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of a legacy table. Rows of one key are put in the order of their content and numbered, so that a row is
 * found again after a restart although the database promises no order among them.
 */
public final class LegacyRows {

    private static final Comparator<LegacyRow> BY_CONTENT = Comparator.comparing(LegacyRows::content);

    private static final int FETCH_SIZE = 1000;

    /** One statement asks for as many rows by their keys; more are read faster with those between them. */
    private static final int MOST_BY_KEY = 100;

    private final DataSource legacy;
    private final LegacyTable table;
    private final ValueReader[] readers;
    private final List<String> names;

    public LegacyRows(DataSource legacy, LegacyTable table) {
        this.legacy = legacy;
        this.table = table;
        this.readers = table.columns().stream()
                .map(column -> ColumnReader.of(column, table.dialect()))
                .toArray(ValueReader[]::new);
        this.names = table.columnNames();
    }

    /** For people: the table's name, or that it is a query. */
    String describe() {
        return table.describe();
    }

    /**
     * The rows that follow a key, in key order.
     *
     * @param after null: from the first
     * @param upTo the last key, included; null: no end
     * @param limit how many at least, where there are as many; rows of the last key all come, however many
     */
    List<LegacyRow> page(@Nullable String after, @Nullable String upTo, int limit) throws SQLException {
        KeyCondition page = pageQuery(after, upTo, limit + 1);
        List<LegacyRow> rows = query(page.sql(), page.parameters(), limit + 1);
        return rows.size() <= limit ? numbered(rows) : numbered(withoutPartialKey(rows));
    }

    /**
     * The same, where most rows may be settled: of those nothing but the key is read. Reads the page in full where the keys
     * do not tell the rows apart, or where many are not settled.
     */
    List<LegacyRow> page(@Nullable String after, @Nullable String upTo, int limit, SettledKeys settled)
            throws SQLException {
        KeyCondition query = pageOf(table.selectKey(""), after, upTo, 0, limit + 1);
        List<String> keys = keys(query.sql(), query.parameters(), new ArrayList<>(limit + 1));
        if (new HashSet<>(keys).size() < keys.size()) {
            return page(after, upTo, limit);
        }
        List<String> ours = keys.subList(0, Math.min(limit, keys.size()));
        List<String> open = settled.without(ours);
        if (open.size() > MOST_BY_KEY) {
            return page(after, upTo, limit);
        }
        Map<String, List<LegacyRow>> read =
                open.isEmpty() ? Map.of() : withKeys(open).stream().collect(Collectors.groupingBy(LegacyRow::legacyId));
        List<LegacyRow> rows = new ArrayList<>(ours.size());
        for (String key : ours) {
            List<LegacyRow> found = read.get(key);
            if (found == null) {
                rows.add(LegacyRow.passedOver(key));
            } else {
                rows.addAll(found);
            }
        }
        return rows;
    }

    /** The statement that reads a page, with what to bind. */
    KeyCondition pageQuery(@Nullable String after, @Nullable String upTo, int rows) {
        return pageOf(table.select(""), after, upTo, 0, rows);
    }

    /** @param select all but the condition */
    private KeyCondition pageOf(
            String select, @Nullable String after, @Nullable String upTo, long passedOver, int rows) {
        KeyCondition start =
                after == null ? new KeyCondition(table.keyIsThere(), List.of()) : KeyCondition.after(table, after);
        StringBuilder condition = new StringBuilder(start.sql());
        List<Object> parameters = new ArrayList<>(start.parameters());
        if (upTo != null) {
            KeyCondition end = KeyCondition.upTo(table, upTo);
            condition.append(" AND ").append(end.sql());
            parameters.addAll(end.parameters());
        }
        // The limit is a constant of the statement: the planner must know it to choose the key's index.
        return new KeyCondition(
                select + condition + table.orderByKey() + table.dialect().rows(passedOver, rows), parameters);
    }

    /** Whether rows of the last key follow is known by the one row too many; if they do, all of them are fetched. */
    private List<LegacyRow> withoutPartialKey(List<LegacyRow> rows) throws SQLException {
        LegacyRow surplus = rows.remove(rows.size() - 1);
        String key = surplus.legacyId();
        int end = rows.size();
        while (end > 0 && Objects.equals(rows.get(end - 1).legacyId(), key)) {
            end--;
        }
        if (end < rows.size()) {
            rows.subList(end, rows.size()).clear();
            rows.addAll(withKey(Objects.requireNonNull(key)));
        }
        return rows;
    }

    /** All rows with this key, numbered; empty where it has vanished. */
    public List<LegacyRow> withKey(String key) throws SQLException {
        return numbered(query(table.select(table.compareKey("=")), LegacyKey.values(key, table.key()), 16));
    }

    /** All rows whose key is NULL, numbered. */
    public List<LegacyRow> withoutKey() throws SQLException {
        return numbered(query(table.select(table.keyIsNull()), List.of(), 100));
    }

    /** All rows with one of these keys, numbered, in no order. */
    public List<LegacyRow> withKeys(List<String> keys) throws SQLException {
        return numbered(query(table.select(anyOf(keys)) + table.orderByKey(), values(keys), keys.size()));
    }

    /** Keeps others from changing the rows of these keys until the connection's transaction ends. */
    public void lock(List<String> keys) throws SQLException {
        keys(table.selectKey(anyOf(keys)) + table.dialect().locked(), values(keys), new HashSet<>());
    }

    /** Those of these keys that some row has. */
    public Set<String> present(List<String> keys) throws SQLException {
        return keys(table.selectKey(anyOf(keys)), values(keys), new HashSet<>());
    }

    /**
     * The key of the row that stands so many rows behind a key; walks the key's index from there and sorts nothing.
     *
     * @param after null: the first row is one row behind it
     * @param distance at least 1
     * @return null where fewer follow
     */
    public @Nullable String keyBehind(@Nullable String after, long distance) throws SQLException {
        KeyCondition behind = pageOf(table.selectKey(""), after, null, distance - 1, 1);
        List<String> found = keys(behind.sql(), behind.parameters(), new ArrayList<>(1));
        return found.isEmpty() ? null : found.get(0);
    }

    private <C extends Collection<String>> C keys(String sql, List<Object> parameters, C keys) throws SQLException {
        try (Connection connection = legacy.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    keys.add(key(results));
                }
            }
        }
        return keys;
    }

    private String anyOf(List<String> keys) {
        String parameter = table.dialect().parameter(table.key().get(0));
        return table.keyWidth() == 1
                ? table.dialect().keyExpression(table.key().get(0)) + " IN (" + parameter
                        + (", " + parameter).repeat(keys.size() - 1) + ")"
                : "(" + table.compareKey("=") + (" OR " + table.compareKey("=")).repeat(keys.size() - 1) + ")";
    }

    private List<Object> values(List<String> keys) {
        return keys.stream()
                .flatMap(key -> LegacyKey.values(key, table.key()).stream())
                .toList();
    }

    /** The key of a row of which each column's value is known as text; null where one is not. */
    public @Nullable String keyOf(Function<String, @Nullable String> value) {
        @Nullable Object[] values = new Object[table.keyWidth()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(table.key().get(i).name());
        }
        return LegacyKey.text(values, values.length);
    }

    /** The key of the row at which a result of {@link LegacyTable#selectKey} stands. */
    String key(ResultSet results) throws SQLException {
        @Nullable Object[] values = new Object[table.keyWidth()];
        for (int i = 0; i < values.length; i++) {
            values[i] = readers[i].read(results, i + 1);
        }
        return Objects.requireNonNull(LegacyKey.text(values, values.length));
    }

    /** Rows that share the value of an expression with another row, those of one value side by side. */
    public List<LegacyRow> sharing(String expression) throws SQLException {
        String shared = "SELECT " + expression + table.fromWhere(table.keyIsThere()) + " GROUP BY " + expression
                + " HAVING count(*) > 1";
        return numbered(query(
                table.select("(" + expression + ") IN (" + shared + ")") + " ORDER BY " + expression, List.of(), 100));
    }

    /** The keys of rows that are each drawn with this chance. */
    List<String> keysAtRandom(double chance) throws SQLException {
        List<String> keys = new ArrayList<>();
        String drawn = chance >= 1 ? "" : " AND " + table.dialect().random() + " < ?";
        try (Connection connection = legacy.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(table.selectKey(table.keyIsThere() + drawn))) {
            stream(connection, statement);
            if (chance < 1) {
                statement.setDouble(1, chance);
            }
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    keys.add(key(results));
                }
            }
        }
        return keys;
    }

    private List<LegacyRow> query(String sql, List<Object> parameters, int expected) throws SQLException {
        try (Connection connection = legacy.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            List<LegacyRow> rows = new ArrayList<>(expected);
            try (ResultSet results = statement.executeQuery()) {
                while (results.next()) {
                    rows.add(row(results));
                }
            }
            return rows;
        }
    }

    private static void bind(PreparedStatement statement, List<Object> parameters) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
    }

    /** Lets the driver fetch a long result bit by bit; PostgreSQL's does so only within a transaction. */
    private static void stream(Connection connection, PreparedStatement statement) throws SQLException {
        connection.setAutoCommit(false);
        statement.setFetchSize(FETCH_SIZE);
    }

    private LegacyRow row(ResultSet results) throws SQLException {
        @Nullable Object[] values = new Object[readers.length];
        for (int i = 0; i < readers.length; i++) {
            values[i] = readers[i].read(results, i + 1);
        }
        return new LegacyRow(LegacyKey.text(values, table.keyWidth()), 1, names, values);
    }

    private static List<LegacyRow> numbered(List<LegacyRow> rows) {
        for (int start = 0, end; start < rows.size(); start = end) {
            end = start + 1;
            while (end < rows.size()
                    && Objects.equals(rows.get(end).legacyId(), rows.get(start).legacyId())) {
                end++;
            }
            if (end - start > 1) {
                List<LegacyRow> sameKey = rows.subList(start, end);
                sameKey.sort(BY_CONTENT);
                for (int i = 0; i < sameKey.size(); i++) {
                    sameKey.set(i, sameKey.get(i).withOccurrence(i + 1));
                }
            }
        }
        return rows;
    }

    private static String content(LegacyRow row) {
        Object[] values = new Object[row.columns().size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = row.value(i);
        }
        return Arrays.deepToString(values);
    }
}
