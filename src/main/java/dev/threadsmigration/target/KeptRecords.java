package dev.threadsmigration.target;

import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.legacy.KeyRange;
import dev.threadsmigration.model.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a migration's rollback keeps of an entity, in the order of the ids; nothing where no rollback has kept anything. */
public final class KeptRecords {

    private final TargetTable table;
    private final String snapshot;
    private final String migration;
    private final String id;

    KeptRecords(TargetTable table, String snapshot, String migration) {
        this.table = table;
        this.snapshot = snapshot;
        this.migration = migration;
        this.id = table.quoted(Field.ID);
    }

    private boolean isEmpty(Connection connection) throws SQLException {
        return TableInspector.find(connection, snapshot).isEmpty();
    }

    /**
     * Lets them be found by their ids, or each chunk that is put back would read all of them. Not from the beginning, since
     * each record that is removed would pay for it.
     */
    public void index(Connection connection) throws SQLException {
        var kept = TableInspector.find(connection, snapshot);
        if (kept.isEmpty() || !table.dialect().mayIndex(connection, kept.get())) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE INDEX IF NOT EXISTS %s_rollback_id ON %s (%s, rollback_migration)"
                    .formatted(table.entity().label(), snapshot, id));
            // Without statistics a planner thinks few rows are of one migration, and sorts all of them for each page.
            statement.execute(table.dialect().analyze(snapshot, id + ", rollback_migration"));
        }
    }

    /** What could be put back. */
    public long count(Connection connection) throws SQLException {
        return isEmpty(connection)
                ? 0
                : ask(connection, "SELECT count(*) FROM " + snapshot + " WHERE rollback_migration = ?");
    }

    /** How many of them are in the target: none after a rollback, all after it was undone. */
    public long countPresent(Connection connection) throws SQLException {
        return isEmpty(connection)
                ? 0
                : ask(
                        connection,
                        "SELECT count(*) FROM %s s JOIN %s t ON t.%s = s.%s WHERE s.rollback_migration = ?"
                                .formatted(snapshot, table.from(), id, id));
    }

    private long ask(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, migration);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() ? result.getLong(1) : 0;
            }
        }
    }

    /**
     * The id that stands so many records behind another one.
     *
     * @param after null: before the first
     * @param distance at least 1
     * @return null where fewer follow
     */
    public @Nullable String idBehind(Connection connection, @Nullable String after, long distance) throws SQLException {
        List<String> found = new ArrayList<>();
        query(connection, id, after, null, "1 OFFSET " + (distance - 1), result -> found.add(result.getString(1)));
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * Up to {@code limit} of a range, as the ledger entries that they had.
     *
     * @param after the last id of the page before; null: the range's first page
     */
    public List<MappedRow> page(Connection connection, KeyRange range, @Nullable UUID after, int limit)
            throws SQLException {
        List<MappedRow> rows = new ArrayList<>();
        query(
                connection,
                id + ", rollback_legacy_id, rollback_occurrence, rollback_content_hash",
                after == null ? range.after() : after.toString(),
                range.upTo(),
                String.valueOf(limit),
                result -> rows.add(new MappedRow(
                        result.getString(2),
                        result.getInt(3),
                        UUID.fromString(result.getString(1)),
                        true,
                        result.getLong(4))));
        return rows;
    }

    private interface Row {
        void read(ResultSet result) throws SQLException;
    }

    /** @param limit in the text, since a planner chooses by it */
    private void query(
            Connection connection, String columns, @Nullable String after, @Nullable String upTo, String limit, Row row)
            throws SQLException {
        if (isEmpty(connection)) {
            return;
        }
        String bound = "CAST(? AS " + table.idType() + ")";
        StringBuilder sql = new StringBuilder("SELECT ")
                .append(columns)
                .append(" FROM ")
                .append(snapshot)
                .append(" WHERE rollback_migration = ?");
        List<String> parameters = new ArrayList<>(List.of(migration));
        if (after != null) {
            sql.append(" AND ").append(id).append(" > ").append(bound);
            parameters.add(after);
        }
        if (upTo != null) {
            sql.append(" AND ").append(id).append(" <= ").append(bound);
            parameters.add(upTo);
        }
        sql.append(" ORDER BY ").append(id).append(" LIMIT ").append(limit);
        try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
            for (int i = 0; i < parameters.size(); i++) {
                statement.setString(i + 1, parameters.get(i));
            }
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    row.read(result);
                }
            }
        }
    }
}
