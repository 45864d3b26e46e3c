package dev.threadsmigration.ledger;

import dev.threadsmigration.ledger.RollbackItem.Action;
import dev.threadsmigration.model.Entity;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the rollbacks of the current migration have to do, and have done. */
public final class RollbackItems {

    private final JdbcTemplate jdbc;
    private final CurrentRun run;

    public RollbackItems(DataSource target, CurrentRun run) {
        this.jdbc = new JdbcTemplate(target);
        this.run = run;
    }

    /** Those of one rollback and one entity. */
    public EntityItems of(long rollback, Entity entity) {
        return new EntityItems(jdbc, run.migration(), rollback, entity);
    }

    /** The last items that rollbacks had of these rows, by {@link Ledger#mark}. */
    public Map<String, RollbackItem> latest(Entity entity, Collection<MappedRow> rows) {
        return of(Long.MAX_VALUE, entity).before(rows);
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
                WHERE migration = ? AND rollback_id = ? AND action IN ('KEPT', 'CARRIED_AND_KEPT')
                GROUP BY detail ORDER BY count(*) DESC""",
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

    /**
     * Forgets what rollbacks had to do for records that they took back: these are about to be migrated anew. What the new system
     * had deleted is remembered, as what they removed is kept, for the undoing.
     */
    public void forgetTakenBack() {
        jdbc.update("""
                DELETE FROM threads_migration.rollback_item i WHERE i.migration = ? AND i.action <> 'GONE' AND NOT EXISTS (
                    SELECT 1 FROM threads_migration.migration_mapping m
                    WHERE m.migration = i.migration AND m.entity = i.entity AND m.legacy_id = i.legacy_id
                      AND m.occurrence = i.occurrence)""", run.migration());
    }

    /** Forgets everything about a rollback that touched nothing. */
    public void forget(long rollback) {
        jdbc.update(
                "DELETE FROM threads_migration.rollback_item WHERE migration = ? AND rollback_id = ?",
                run.migration(),
                rollback);
    }
}
