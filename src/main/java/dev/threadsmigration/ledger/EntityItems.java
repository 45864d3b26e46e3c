package dev.threadsmigration.ledger;

import dev.threadsmigration.ledger.RollbackItem.Action;
import dev.threadsmigration.model.Entity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a rollback has to do for an entity's records, and has done. */
public final class EntityItems {

    private static final String SELECT = """
            SELECT legacy_id, occurrence, new_id, action, target_hash, legacy_hash, detail, done
            FROM threads_migration.rollback_item WHERE migration = ? AND entity = ?""";

    private static final String ONE =
            " WHERE migration = ? AND rollback_id = ? AND entity = ? AND legacy_id = ? AND occurrence = ?";

    private final JdbcTemplate jdbc;
    private final String migration;
    private final long rollback;
    private final Entity entity;

    EntityItems(JdbcTemplate jdbc, String migration, long rollback, Entity entity) {
        this.jdbc = jdbc;
        this.migration = migration;
        this.rollback = rollback;
        this.entity = entity;
    }

    public void add(Collection<RollbackItem> items) {
        jdbc.batchUpdate("""
                INSERT INTO threads_migration.rollback_item (migration, rollback_id, entity, legacy_id, occurrence,
                    new_id, action, target_hash, legacy_hash, detail, done)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", items, Math.max(1, items.size()), (statement, item) -> {
            statement.setString(1, migration);
            statement.setLong(2, rollback);
            statement.setString(3, entity.label());
            statement.setString(4, item.legacyId());
            statement.setInt(5, item.occurrence());
            statement.setObject(6, item.newId());
            statement.setString(7, item.action().name());
            statement.setLong(8, item.targetHash());
            statement.setObject(9, item.legacyHash(), Types.BIGINT);
            statement.setString(10, item.detail());
            statement.setBoolean(11, item.done());
        });
    }

    /** Up to {@code limit} items that follow one in the order of legacy ids and whose legacy side is still to be written. */
    public List<RollbackItem> toWrite(String afterId, int afterOccurrence, int limit) {
        return jdbc.query(
                SELECT + """
                         AND rollback_id = ? AND action IN ('CARRY', 'RESTORE') AND done = FALSE
                        AND (legacy_id, occurrence) > (?, ?)
                        ORDER BY legacy_id, occurrence LIMIT ?""", EntityItems::read, migration, entity.label(), rollback, afterId, afterOccurrence, limit);
    }

    /** The items of these rows, by {@link Ledger#mark}. */
    public Map<String, RollbackItem> of(Collection<MappedRow> rows) {
        return items("rollback_id = ?", rows);
    }

    /** The last items that earlier rollbacks had of these rows, by {@link Ledger#mark}. */
    public Map<String, RollbackItem> before(Collection<MappedRow> rows) {
        return items("rollback_id < ?", rows);
    }

    private Map<String, RollbackItem> items(String ofRollback, Collection<MappedRow> rows) {
        Map<String, RollbackItem> items = new HashMap<>();
        String[] ids = rows.stream().map(MappedRow::legacyId).toArray(String[]::new);
        jdbc.query(
                connection -> {
                    var statement = connection.prepareStatement(
                            SELECT + " AND " + ofRollback + " AND legacy_id = ANY(?) ORDER BY rollback_id");
                    statement.setString(1, migration);
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

    public void done(Collection<RollbackItem> items) {
        jdbc.batchUpdate(
                "UPDATE threads_migration.rollback_item SET done = TRUE" + ONE,
                items.stream()
                        .map(item -> one(item.legacyId(), item.occurrence()))
                        .toList());
    }

    /** Notes why legacy did not take the changes of these. */
    public void refused(Map<RollbackItem, String> refused) {
        jdbc.batchUpdate(
                "UPDATE threads_migration.rollback_item SET detail = ?" + ONE,
                refused.entrySet().stream()
                        .map(entry -> Stream.concat(
                                        Stream.of(RollbackItem.whyNotInLegacy(entry.getValue())),
                                        Stream.of(one(
                                                entry.getKey().legacyId(),
                                                entry.getKey().occurrence())))
                                .toArray())
                        .toList());
    }

    /** The values of {@link #ONE}. */
    private Object[] one(String legacyId, int occurrence) {
        return new Object[] {migration, rollback, entity.label(), legacyId, occurrence};
    }

    /**
     * Notes that records stay in the target, and why. What an item says the target held is kept.
     *
     * @param carried those of them whose legacy row has been written
     */
    public void keep(Map<MappedRow, String> kept, Set<MappedRow> carried) {
        kept.forEach((row, why) -> {
            Action action = carried.contains(row) ? Action.CARRIED_AND_KEPT : Action.KEPT;
            int known = jdbc.update(
                    "UPDATE threads_migration.rollback_item SET action = ?, detail = ?, done = TRUE" + ONE,
                    action.name(),
                    why,
                    migration,
                    rollback,
                    entity.label(),
                    row.legacyId(),
                    row.occurrence());
            if (known == 0) {
                add(List.of(new RollbackItem(
                        row.legacyId(), row.occurrence(), row.newId(), Action.KEPT, 0, null, why, true)));
            }
        });
    }

    /** Notes that the new system has deleted records since they were looked at. */
    public void gone(Collection<MappedRow> rows) {
        jdbc.batchUpdate(
                "DELETE FROM threads_migration.rollback_item" + ONE,
                rows.stream().map(row -> one(row.legacyId(), row.occurrence())).toList());
        add(rows.stream().map(RollbackItem::gone).toList());
    }

    /** How many items of an entity are of one kind. */
    public long count(Action action) {
        Long count = jdbc.queryForObject("""
                SELECT count(*) FROM threads_migration.rollback_item
                WHERE migration = ? AND rollback_id = ? AND entity = ? AND action = ?""", Long.class, migration, rollback, entity.label(), action.name());
        return Objects.requireNonNull(count);
    }

    /**
     * Gives the ledger back the entries of records that the new system had deleted before they were taken back, and notes
     * these records as found by this undoing: they stay away.
     */
    public void giveBackDeleted(long runId) {
        jdbc.update("""
                UPDATE threads_migration.rollback_item SET rollback_id = ?
                WHERE (legacy_id, occurrence, migration, rollback_id, entity) IN (
                    SELECT i.legacy_id, i.occurrence, i.migration, max(i.rollback_id), i.entity
                    FROM threads_migration.rollback_item i
                    WHERE i.migration = ? AND i.entity = ? AND i.action = 'GONE' AND i.legacy_hash IS NOT NULL
                      AND NOT EXISTS (
                        SELECT 1 FROM threads_migration.migration_mapping m
                        WHERE m.legacy_id = i.legacy_id AND m.occurrence = i.occurrence AND m.migration = i.migration
                          AND m.entity = i.entity)
                    GROUP BY i.legacy_id, i.occurrence, i.migration, i.entity)""", rollback, migration, entity.label());
        jdbc.update("""
                INSERT INTO threads_migration.migration_mapping (migration, entity, legacy_id, occurrence, new_id,
                    outcome, content_hash, run_id, migrated_at)
                SELECT migration, entity, legacy_id, occurrence, new_id, 'migrated', legacy_hash, ?, CURRENT_TIMESTAMP
                FROM threads_migration.rollback_item
                WHERE migration = ? AND rollback_id = ? AND entity = ? AND action = 'GONE'""", runId, migration, rollback, entity.label());
        // A run between the rollback and its undoing may have rejected what its legacy row had become.
        jdbc.update("""
                DELETE FROM threads_migration.rejected_record r
                WHERE r.migration = ? AND r.entity = ? AND EXISTS (
                    SELECT 1 FROM threads_migration.rollback_item i
                    WHERE i.legacy_id = r.legacy_id AND i.occurrence = r.occurrence AND i.migration = r.migration
                      AND i.rollback_id = ? AND i.entity = r.entity AND i.action = 'GONE')""", migration, entity.label(), rollback);
    }

    private static RollbackItem read(ResultSet result, int rowNumber) throws SQLException {
        return new RollbackItem(
                result.getString("legacy_id"),
                result.getInt("occurrence"),
                result.getObject("new_id", UUID.class),
                Action.valueOf(result.getString("action")),
                result.getLong("target_hash"),
                result.getObject("legacy_hash", Long.class),
                result.getString("detail"),
                result.getBoolean("done"));
    }
}
