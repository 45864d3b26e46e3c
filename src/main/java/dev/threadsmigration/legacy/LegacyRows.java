package dev.threadsmigration.legacy;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.MemoryShare;
import dev.threadsmigration.model.LegacyRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of a legacy table. Rows of one key are put in the order of their content and numbered, so that a row is
 * found again after a restart although the database promises no order among them.
 */
public final class LegacyRows {

    private static final Comparator<LegacyRow> BY_CONTENT = Comparator.comparing(LegacyRows::content);

    /** One statement asks for as many rows by their keys; more are read faster with those between them. */
    private static final int MOST_BY_KEY = 100;

    private final LegacyTable table;
    private final LegacyKeys keys;
    private final RowQueries queries;

    public LegacyRows(DataSource legacy, LegacyTable table) {
        this.table = table;
        this.keys = new LegacyKeys(legacy, table);
        this.queries = new RowQueries(legacy, table);
    }

    /** The same rows' keys alone. */
    public LegacyKeys keys() {
        return keys;
    }

    /** For people: the table's name, or that it is a query. */
    String describe() {
        return table.describe();
    }

    /**
     * The rows that follow a key, in key order; those of the last key all come, however many.
     *
     * @param after null: from the first
     * @param upTo the last key, included; null: no end
     * @param size how many, where there are as many and they are not large; learns from how large they are
     */
    List<LegacyRow> page(@Nullable String after, @Nullable String upTo, PageSize size) throws SQLException {
        int limit = size.rows();
        List<LegacyRow> rows = new ArrayList<>(limit + 1);
        long bytes;
        try {
            // Two at least: whether the first is the last of its key is known by the second.
            bytes = queries.read(
                    pageQuery(after, upTo, limit + 1), rows, sum -> size.isFilledBy(sum) && rows.size() > 1);
        } catch (SQLException e) {
            if (!isAboutData(e)) {
                throw e;
            }
            return pageByKeys(after, upTo, size);
        }
        boolean cut = size.isFilledBy(bytes) && rows.size() > 1;
        size.adapt(rows.size(), bytes);
        return cut || rows.size() > limit ? numbered(withoutPartialKey(rows)) : numbered(rows);
    }

    /** The same by keys; where all rows of a page have vanished meanwhile, what follows must not be lost with them. */
    private List<LegacyRow> pageByKeys(@Nullable String after, @Nullable String upTo, PageSize size)
            throws SQLException {
        List<String> found = keys.page(after, upTo, size.rows());
        List<LegacyRow> rows = List.of();
        while (rows.isEmpty() && !found.isEmpty()) {
            rows = withKeys(found.stream().distinct().toList(), size);
            found = rows.isEmpty() ? keys.page(found.get(found.size() - 1), upTo, size.rows()) : found;
        }
        return rows;
    }

    /** Whether a result was given up, since it would have filled the memory; fewer rows may do. */
    boolean isTooLarge(SQLException failure) {
        return failure instanceof RowsTooLargeException
                || table.dialect().errors().isTooLarge(failure);
    }

    /** Whether it is the content of a row that could not be read. */
    boolean isAboutData(SQLException failure) {
        return table.dialect().errors().isAboutData(failure);
    }

    /**
     * The same, where most rows may be settled: of those nothing but the key is read. Reads the page in full where the keys
     * do not tell the rows apart, or where many are not settled.
     */
    List<LegacyRow> page(@Nullable String after, @Nullable String upTo, PageSize size, SettledKeys settled)
            throws SQLException {
        int limit = size.rows();
        List<String> found = keys.page(after, upTo, limit + 1);
        if (new HashSet<>(found).size() < found.size()) {
            return page(after, upTo, size);
        }
        List<String> ours = found.subList(0, Math.min(limit, found.size()));
        List<String> open = settled.without(ours);
        if (open.size() > MOST_BY_KEY) {
            return page(after, upTo, size);
        }
        List<LegacyRow> openRows = new ArrayList<>(open.size());
        long bytes = open.isEmpty() ? 0 : readKeys(open, size.memory(), openRows);
        Map<String, List<LegacyRow>> read =
                numbered(openRows).stream().collect(Collectors.groupingBy(LegacyRow::legacyId));
        List<LegacyRow> rows = new ArrayList<>(ours.size());
        for (String key : ours) {
            List<LegacyRow> unsettled = read.get(key);
            if (unsettled == null) {
                rows.add(LegacyRow.passedOver(key));
            } else {
                rows.addAll(unsettled);
            }
        }
        size.adapt(ours.size(), bytes);
        return rows;
    }

    /** The statement that reads a page. */
    BoundSql pageQuery(@Nullable String after, @Nullable String upTo, int rows) {
        return table.page(table.select(""), after, upTo, 0, rows);
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
        return numbered(
                queries.read(new BoundSql(table.select(table.compareKey("=")), LegacyKey.values(key, table.key()))));
    }

    /** All rows whose key is NULL, numbered. */
    public List<LegacyRow> withoutKey() throws SQLException {
        return numbered(queries.read(new BoundSql(table.select(table.keyIsNull()), List.of())));
    }

    /** All rows with one of these keys, numbered, in no order. */
    public List<LegacyRow> withKeys(List<String> wanted) throws SQLException {
        return numbered(queries.read(KeyCondition.select(table, wanted)));
    }

    /**
     * The same, unless they are {@linkplain #isTooLarge too large}; what cannot be read of them is told by their {@link
     * LegacyRow#problem}.
     *
     * @param size learns from how large they are
     */
    public List<LegacyRow> withKeys(List<String> wanted, PageSize size) throws SQLException {
        List<LegacyRow> rows = new ArrayList<>(wanted.size());
        size.adapt(wanted.size(), readKeys(wanted, size.memory(), rows));
        return numbered(rows);
    }

    /** @return the bytes of the rows that were read */
    private long readKeys(List<String> wanted, MemoryShare memory, List<LegacyRow> rows) throws SQLException {
        return new RowsByKey(queries, table, memory).read(wanted, rows);
    }

    /**
     * Rows that share the value of an expression with another row. Where not all can be read, these come with all rows of
     * their keys, and with their {@link LegacyRow#problem}.
     */
    public List<LegacyRow> sharing(String expression) throws SQLException {
        String shared = "SELECT " + expression + table.fromWhere(table.keyIsThere()) + " GROUP BY " + expression
                + " HAVING count(*) > 1";
        String condition = "(" + expression + ") IN (" + shared + ")";
        try {
            return numbered(queries.read(new BoundSql(table.select(condition) + " ORDER BY " + expression, List.of())));
        } catch (SQLException e) {
            if (!isAboutData(e)) {
                throw e;
            }
            List<LegacyRow> rows = new ArrayList<>();
            readKeys(keys.where(table.keyIsThere() + " AND " + condition), MemoryShare.ofLanes(1), rows);
            return numbered(rows);
        }
    }

    /** The different values of a column, each as a row that has no other and no key. */
    public List<LegacyRow> distinct(Column column) throws SQLException {
        String sql = "SELECT DISTINCT " + table.dialect().readExpression(column)
                + table.fromWhere(table.quoted(column) + " IS NOT NULL");
        return queries.read(column, new BoundSql(sql, List.of()));
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
