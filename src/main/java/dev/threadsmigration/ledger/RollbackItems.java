package dev.threadsmigration.ledger;

import dev.threadsmigration.ledger.RollbackItem.Action;
import dev.threadsmigration.model.Entity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the rollbacks of the current migration have to do, and have done. */
public final class RollbackItems {

    private static final String SELECT = """
            SELECT legacy_id, occurrence, new_id, action, target_hash, detail, done
            FROM threads_migration.rollback_item WHERE migration = ? AND entity = ?""";

    private final JdbcTemplate jdbc;
    private final CurrentRun run;

    public RollbackItems(DataSource target, CurrentRun run) {
        this.jdbc = new JdbcTemplate(target);
        this.run = run;
    }

    public void add(long rollback, Entity entity, Collection<RollbackItem> items) {
        jdbc.batchUpdate("""
                INSERT INTO threads_migration.rollback_item (migration, rollback_id, entity, legacy_id, occurrence,
                    new_id, action, target_hash, detail, done)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", items, Math.max(1, items.size()), (statement, item) -> {
            statement.setString(1, run.migration());
            statement.setLong(2, rollback);
            statement.setString(3, entity.label());
            statement.setString(4, item.legacyId());
            statement.setInt(5, item.occurrence());
            statement.setObject(6, item.newId());
            statement.setString(7, item.action().name());
            statement.setLong(8, item.targetHash());
            statement.setString(9, item.detail());
            statement.setBoolean(10, item.done());
        });
    }

    /** Up to {@code limit} items that follow one in the order of legacy ids and whose legacy side is still to be written. */
    public List<RollbackItem> toWrite(long rollback, Entity entity, String afterId, int afterOccurrence, int limit) {
        return jdbc.query(
                SELECT + """
                         AND rollback_id = ? AND action IN ('CARRY', 'RESTORE') AND done = FALSE
                        AND (legacy_id, occurrence) > (?, ?)
                        ORDER BY legacy_id, occurrence LIMIT ?""",
                RollbackItems::read,
                run.migration(),
                entity.label(),
                rollback,
                afterId,
                afterOccurrence,
                limit);
    }

    /** The items of these rows, by {@link Ledger#mark}. */
    public Map<String, RollbackItem> of(long rollback, Entity entity, Collection<MappedRow> rows) {
        return items("rollback_id = ?", rollback, entity, rows);
    }

    /** The last items that earlier rollbacks had of these rows, by {@link Ledger#mark}. */
    public Map<String, RollbackItem> before(long rollback, Entity entity, Collection<MappedRow> rows) {
        return items("rollback_id < ?", rollback, entity, rows);
    }

    private Map<String, RollbackItem> items(
            String ofRollback, long rollback, Entity entity, Collection<MappedRow> rows) {
        Map<String, RollbackItem> items = new HashMap<>();
        String[] ids = rows.stream().map(MappedRow::legacyId).toArray(String[]::new);
        jdbc.query(
                connection -> {
                    var statement = connection.prepareStatement(
                            SELECT + " AND " + ofRollback + " AND legacy_id = ANY(?) ORDER BY rollback_id");
                    statement.setString(1, run.migration());
                    statement.setString(2, entity.label());
                    statement.setLong(3, rollback);
                    statement.setArray(4, connection.createArrayOf("varchar", ids));
                    return statement;
                },
                result -> {
                    RollbackItem item = read(result, 0);
                    items.put(item.mark(), item);
                });
        return items;
    }

    public void done(long rollback, Entity entity, Collection<RollbackItem> items) {
        jdbc.batchUpdate("""
                UPDATE threads_migration.rollback_item SET done = TRUE
                WHERE migration = ? AND rollback_id = ? AND entity = ? AND legacy_id = ? AND occurrence = ?""", items, Math.max(1, items.size()), (statement, item) -> {
            statement.setString(1, run.migration());
            statement.setLong(2, rollback);
            statement.setString(3, entity.label());
            statement.setString(4, item.legacyId());
            statement.setInt(5, item.occurrence());
        });
    }

    /** Notes that records stay in the target, and why. What an item says the target held is kept. */
    public void keep(long rollback, Entity entity, Map<MappedRow, String> kept) {
        kept.forEach((row, why) -> {
            int known =
                    jdbc.update("""
                    UPDATE threads_migration.rollback_item SET action = 'KEPT', detail = ?, done = TRUE
                    WHERE migration = ? AND rollback_id = ? AND entity = ? AND legacy_id = ? AND occurrence = ?""", why, run.migration(), rollback, entity.label(), row.legacyId(), row.occurrence());
            if (known == 0) {
                add(
                        rollback,
                        entity,
                        List.of(new RollbackItem(
                                row.legacyId(), row.occurrence(), row.newId(), Action.KEPT, 0, why, true)));
            }
        });
    }

    /** How many items of an entity are of one kind. */
    public long count(long rollback, Entity entity, Action action) {
        Long count = jdbc.queryForObject("""
                SELECT count(*) FROM threads_migration.rollback_item
                WHERE migration = ? AND rollback_id = ? AND entity = ? AND action = ?""", Long.class, run.migration(), rollback, entity.label(), action.name());
        return Objects.requireNonNull(count);
    }

    public Map<Action, Long> counts(long rollback) {
        Map<Action, Long> counts = new EnumMap<>(Action.class);
        jdbc.query(
                """
                SELECT action, count(*) FROM threads_migration.rollback_item
                WHERE migration = ? AND rollback_id = ? GROUP BY action""",
                result -> {
                    counts.put(Action.valueOf(result.getString(1)), result.getLong(2));
                },
                run.migration(),
                rollback);
        return counts;
    }

    /** How many records stay, by reason. */
    public Map<String, Long> keptBecause(long rollback) {
        Map<String, Long> reasons = new LinkedHashMap<>();
        jdbc.query(
                """
                SELECT detail, count(*) FROM threads_migration.rollback_item
                WHERE migration = ? AND rollback_id = ? AND action = 'KEPT' GROUP BY detail ORDER BY count(*) DESC""",
                result -> {
                    reasons.put(result.getString(1), result.getLong(2));
                },
                run.migration(),
                rollback);
        return reasons;
    }

    /** The conflicts as sentences, the first {@code limit}. */
    public List<String> conflicts(long rollback, int limit) {
        return jdbc.query(
                """
                SELECT entity, legacy_id, detail FROM threads_migration.rollback_item
                WHERE migration = ? AND rollback_id = ? AND action = 'CONFLICT' ORDER BY entity, legacy_id LIMIT ?""",
                (result, row) -> "%s %s: %s".formatted(result.getString(1), result.getString(2), result.getString(3)),
                run.migration(),
                rollback,
                limit);
    }

    /** Forgets everything about a rollback that touched nothing. */
    public void forget(long rollback) {
        jdbc.update(
                "DELETE FROM threads_migration.rollback_item WHERE migration = ? AND rollback_id = ?",
                run.migration(),
                rollback);
    }

    private static RollbackItem read(ResultSet result, int rowNumber) throws SQLException {
        return new RollbackItem(
                result.getString("legacy_id"),
                result.getInt("occurrence"),
                result.getObject("new_id", UUID.class),
                Action.valueOf(result.getString("action")),
                result.getLong("target_hash"),
                result.getString("detail"),
                result.getBoolean("done"));
    }
}
