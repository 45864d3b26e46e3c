package dev.threadsmigration.legacy;

import dev.threadsmigration.database.TableName;
import dev.threadsmigration.database.ValueReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Asks a legacy table for keys alone, as {@link LegacyKey} writes them. */
public final class LegacyKeys {

    private static final int FETCH_SIZE = 1000;
    private static final int KEYS_A_QUERY = 500;
    private static final int KEYS_A_PAGE = 10_000;

    private final DataSource legacy;
    private final LegacyTable table;
    private final ValueReader[] readers;

    LegacyKeys(DataSource legacy, LegacyTable table) {
        this.legacy = legacy;
        this.table = table;
        this.readers = ColumnReader.all(table.key(), table.dialect());
    }

    /** Those of the rows for which a condition is true. */
    List<String> where(String condition) throws SQLException {
        return read(new BoundSql(table.selectKey(condition), List.of()), new ArrayList<>());
    }

    /** Those of the rows that follow a key, in key order; see {@link LegacyTable#page}. */
    List<String> page(@Nullable String after, @Nullable String upTo, int limit) throws SQLException {
        return read(table.page(table.selectKey(""), after, upTo, 0, limit), new ArrayList<>(limit));
    }

    /** These keys, each once, in the portions that one query asks for. */
    public static List<List<String>> portions(Collection<String> keys) {
        List<String> distinct = keys.stream().distinct().toList();
        List<List<String>> portions = new ArrayList<>();
        for (int start = 0; start < distinct.size(); start += KEYS_A_QUERY) {
            portions.add(distinct.subList(start, Math.min(distinct.size(), start + KEYS_A_QUERY)));
        }
        return portions;
    }

    /**
     * Keeps others from changing the rows of these keys until the connection's transaction ends, but for the rows of a view in
     * which the server cannot tell what to lock.
     */
    public void lock(Collection<String> keys) throws SQLException {
        TableName name = table.name();
        if (name == null || !canLock(name)) {
            return;
        }
        for (List<String> some : portions(keys)) {
            read(anyOf(some, table.dialect().locked()), new HashSet<>());
        }
    }

    private boolean canLock(TableName name) throws SQLException {
        try (Connection connection = legacy.getConnection()) {
            return table.dialect().canLock(connection, name);
        }
    }

    /** Those of these keys that some row has; the rows are not read. */
    public Set<String> present(Collection<String> keys) throws SQLException {
        Set<String> present = new HashSet<>();
        for (List<String> some : portions(keys)) {
            read(anyOf(some, ""), present);
        }
        return present;
    }

    /**
     * The same by a walk through all keys, each as it is read, which is how the ledger came to know them: it also meets those
     * that are not found again by what they are read as.
     */
    public Set<String> met(Set<String> keys) throws SQLException {
        Set<String> met = new HashSet<>();
        String after = null;
        List<String> page;
        do {
            page = page(after, null, KEYS_A_PAGE);
            page.stream().filter(keys::contains).forEach(met::add);
            if (!page.isEmpty() && page.get(page.size() - 1).equals(after)) {
                throw new IllegalStateException("the key '%s' of %s is not found again by what it is read as"
                        .formatted(after, table.describe()));
            }
            after = page.isEmpty() ? after : page.get(page.size() - 1);
        } while (page.size() == KEYS_A_PAGE);
        return met;
    }

    /**
     * The key of the row that stands so many rows behind a key; walks the key's index from there and sorts nothing.
     *
     * @param after null: the first row is one row behind it
     * @param distance at least 1
     * @return null where fewer follow
     */
    public @Nullable String behind(@Nullable String after, long distance) throws SQLException {
        List<String> found = read(table.page(table.selectKey(""), after, null, distance - 1, 1), new ArrayList<>(1));
        return found.isEmpty() ? null : found.get(0);
    }

    /** Those of rows that are each drawn with this chance. */
    List<String> atRandom(double chance) throws SQLException {
        List<String> keys = new ArrayList<>();
        String drawn = chance >= 1 ? "" : " AND " + table.dialect().random() + " < ?";
        try (Connection connection = legacy.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement(table.selectKey(table.keyIsThere() + drawn))) {
            // PostgreSQL's driver fetches a long result bit by bit only within a transaction.
            connection.setAutoCommit(false);
            statement.setFetchSize(FETCH_SIZE);
            if (chance < 1) {
                statement.setDouble(1, chance);
            }
            read(statement, keys);
        }
        return keys;
    }

    /** The key of a row of which each column's value is known as text; null where one is not. */
    public @Nullable String of(Function<String, @Nullable String> value) {
        @Nullable Object[] values = new Object[table.keyWidth()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value.apply(table.key().get(i).name());
        }
        return LegacyKey.text(values, values.length);
    }

    private BoundSql anyOf(List<String> keys, String more) {
        return KeyCondition.anyOf(table, keys).between(table.selectKey(""), more);
    }

    private <C extends Collection<String>> C read(BoundSql query, C keys) throws SQLException {
        try (Connection connection = legacy.getConnection();
                PreparedStatement statement = connection.prepareStatement(query.sql())) {
            query.bind(statement);
            read(statement, keys);
        }
        return keys;
    }

    private void read(PreparedStatement statement, Collection<String> keys) throws SQLException {
        try (ResultSet results = statement.executeQuery()) {
            @Nullable Object[] values = new Object[readers.length];
            while (results.next()) {
                for (int i = 0; i < readers.length; i++) {
                    values[i] = readers[i].read(results, i + 1);
                }
                keys.add(Objects.requireNonNull(LegacyKey.text(values, values.length)));
            }
        }
    }
}
