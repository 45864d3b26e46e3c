package dev.threadsmigration.target;

import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.ledger.QueryTiming;
import dev.threadsmigration.model.Field;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the queries that the new system asks of its threads, with parameters drawn from the data, and times them. */
public final class QueryTimings {

    private static final Logger LOG = LoggerFactory.getLogger(QueryTimings.class);
    private static final int RUNS = 50;
    private static final long MOST_NANOS = 1_500_000_000L;
    /** A scan of fewer rows is as good as an index. */
    private static final long LARGE = 10_000;

    private static final Pattern UUID_TEXT = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    private final DataSource target;
    private final TargetTable threads;
    private final String oldSystem;

    /** @param oldSystem the marker that says which legacy system a thread came from */
    public QueryTimings(DataSource target, TargetTable threads, String oldSystem) {
        this.target = target;
        this.threads = threads;
        this.oldSystem = oldSystem;
    }

    /**
     * What a query is and which index would serve it.
     *
     * @param leading the field that such an index leads with; null: only the plan tells whether there is one
     */
    private record Query(
            String name,
            String sql,
            @Nullable Field drawn,
            @Nullable Field leading,
            String index) {}

    /** The timings of all queries; none where there are no threads. A query that is refused is left out, with a warning. */
    public List<QueryTiming> measure() {
        try {
            return CurrentConnection.query(target, this::measure);
        } catch (SQLException e) {
            throw new IllegalStateException("the new system's queries cannot be timed: " + e.getMessage(), e);
        }
    }

    private List<QueryTiming> measure(Connection connection) throws SQLException {
        List<QueryTiming> timings = new ArrayList<>();
        boolean large = count(connection) > LARGE;
        List<TableInspector.Index> indexes = TableInspector.indexes(connection, threads.name());
        for (Query query : queries()) {
            timings.addAll(measureApart(connection, query, indexes, large));
        }
        return timings;
    }

    /** Behind a savepoint: an error may end the transaction, in which what was found is still to be kept. */
    private List<QueryTiming> measureApart(
            Connection connection, Query query, List<TableInspector.Index> indexes, boolean large) throws SQLException {
        Savepoint before = connection.getAutoCommit() ? null : connection.setSavepoint();
        try {
            return measure(connection, query, indexes, large);
        } catch (SQLException e) {
            if (threads.dialect().errors().isPassing(e)) {
                throw e;
            }
            if (before != null) {
                connection.rollback(before);
            }
            LOG.warn(
                    "The query {} was not timed, since the target refuses it: {}. Run it there by itself: the application"
                            + " may be refused, too",
                    query.name(),
                    e.getMessage());
            return List.of();
        }
    }

    private List<Query> queries() {
        String select = "SELECT * FROM " + threads.from();
        String createdAt = threads.quoted(Field.CREATED_AT);
        String latest = " ORDER BY " + createdAt + " DESC LIMIT 20";
        String on = "CREATE INDEX ON " + threads.from();
        List<Query> queries = new ArrayList<>(List.of(
                new Query(
                        "findByUser",
                        select + " WHERE " + threads.quoted(Field.USER_ID) + " = ?" + latest,
                        Field.USER_ID,
                        Field.USER_ID,
                        on + " (" + threads.quoted(Field.USER_ID) + ")"),
                new Query("recentThreads", select + latest, null, Field.CREATED_AT, on + " (" + createdAt + " DESC)"),
                new Query(
                        "search",
                        select + " WHERE " + threads.quoted(Field.TITLE) + " ILIKE ?" + latest,
                        Field.TITLE,
                        null,
                        "CREATE EXTENSION IF NOT EXISTS pg_trgm; " + on + " USING gin (" + threads.quoted(Field.TITLE)
                                + " gin_trgm_ops)")));
        String marked = threads.dialect().carriesMarker(threads.columns().get(Field.METADATA));
        if (marked != null) {
            queries.add(new Query(
                    "searchMetadata",
                    select + " WHERE " + marked + latest,
                    Field.METADATA,
                    null,
                    on + " ((" + threads.quoted(Field.METADATA) + " ->> 'oldSystem'))"));
        }
        return queries;
    }

    private List<QueryTiming> measure(
            Connection connection, Query query, List<TableInspector.Index> indexes, boolean large) throws SQLException {
        List<Long> nanos = new ArrayList<>();
        long rows = 0;
        String plan = "";
        long spent = 0;
        Ids ids = query.drawn() == null ? null : ids(connection, query.drawn());
        for (int i = 0; i <= RUNS && spent < MOST_NANOS; i++) {
            Object parameter = ids == null ? null : draw(connection, query.drawn(), ids);
            if (query.drawn() != null && parameter == null) {
                continue;
            }
            long start = System.nanoTime();
            rows = run(connection, query.sql(), parameter);
            long took = System.nanoTime() - start;
            spent += took;
            if (i > 0 || spent >= MOST_NANOS) { // the first only warms up
                nanos.add(took);
            }
            if (plan.isEmpty()) {
                plan = plan(connection, query.sql(), parameter);
            }
        }
        if (nanos.isEmpty()) {
            LOG.info("There are no threads to time {} with", query.name());
            return List.of();
        }
        nanos.sort(null);
        boolean wanting = query.leading() == null
                ? large && (plan.contains("Seq Scan on") || plan.contains(".tableScan"))
                : indexes.stream()
                        .noneMatch(index -> index.columns()
                                .get(0)
                                .equals(threads.columns().get(query.leading()).name()));
        return List.of(new QueryTiming(
                query.name(), millis(nanos, 0.5), millis(nanos, 0.95), rows, plan, wanting ? query.index() : null));
    }

    private static double millis(List<Long> sorted, double quantile) {
        int position = (int) Math.ceil(quantile * sorted.size()) - 1;
        return Math.round(sorted.get(Math.max(0, position)) / 10_000.0) / 100.0;
    }

    /** The first and the last id of the rows that have a value. */
    private record Ids(BigInteger first, BigInteger last) {

        BigInteger drawn() {
            return first.add(new BigInteger(128 + 64, ThreadLocalRandom.current())
                    .mod(last.subtract(first).abs().add(BigInteger.ONE)));
        }
    }

    private @Nullable Ids ids(Connection connection, Field field) throws SQLException {
        BigInteger first = edge(connection, present(field), "ASC");
        BigInteger last = edge(connection, present(field), "DESC");
        return first == null || last == null ? null : new Ids(first, last);
    }

    /** A condition: a row has a value of the field. */
    private String present(Field field) {
        String column = threads.quoted(field);
        return field == Field.TITLE ? "TRIM(" + column + ") <> ''" : column + " IS NOT NULL";
    }

    /** A value of the field from a random row that has one: the one after a random id between the first and the last. */
    private @Nullable Object draw(Connection connection, Field field, Ids ids) throws SQLException {
        BigInteger drawn = ids.drawn();
        String id = threads.quoted(Field.ID);
        String parameter = threads.columns().get(Field.ID).isUuid() ? "CAST(? AS uuid)" : "?";
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT " + threads.quoted(field) + " FROM " + threads.from() + " WHERE "
                        + id + " >= " + parameter + " AND " + present(field) + " ORDER BY " + id + " LIMIT 1")) {
            statement.setString(1, new UUID(drawn.shiftRight(64).longValue(), drawn.longValue()).toString());
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? parameter(field, result) : null;
            }
        }
    }

    /** The first or last id as a number; null where there is none. Ids that are no UUIDs are drawn from as if they were. */
    private @Nullable BigInteger edge(Connection connection, String condition, String order) throws SQLException {
        String id = threads.quoted(Field.ID);
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + id + " FROM " + threads.from()
                        + " WHERE " + condition + " ORDER BY " + id + " " + order + " LIMIT 1");
                ResultSet result = statement.executeQuery()) {
            if (!result.next()) {
                return null;
            }
            String text = result.getString(1);
            return UUID_TEXT.matcher(text).matches()
                    ? new BigInteger(text.replace("-", ""), 16)
                    : order.equals("ASC")
                            ? BigInteger.ZERO
                            : BigInteger.ONE.shiftLeft(128).subtract(BigInteger.ONE);
        }
    }

    private @Nullable Object parameter(Field field, ResultSet result) throws SQLException {
        return switch (field) {
            case USER_ID -> result.getObject(1);
            case TITLE -> {
                // Of other whitespace than blanks, which SQL does not trim, nothing may be left.
                String[] words = result.getString(1).strip().split("\\s+");
                String last = words[words.length - 1];
                yield last.isEmpty() ? null : "%" + last.replaceAll("[%_\\\\]", "") + "%";
            }
            default -> oldSystem;
        };
    }

    private static long run(Connection connection, String sql, @Nullable Object parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            if (parameter != null) {
                statement.setObject(1, parameter);
            }
            long rows = 0;
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    rows++;
                }
            }
            return rows;
        }
    }

    private static String plan(Connection connection, String sql, @Nullable Object parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("EXPLAIN " + sql)) {
            if (parameter != null) {
                statement.setObject(1, parameter);
            }
            StringBuilder plan = new StringBuilder();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    plan.append(plan.isEmpty() ? "" : "\n").append(result.getString(1));
                }
            }
            return plan.toString();
        }
    }

    private long count(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT count(*) FROM " + threads.from());
                ResultSet result = statement.executeQuery()) {
            return result.next() ? result.getLong(1) : 0;
        }
    }
}
