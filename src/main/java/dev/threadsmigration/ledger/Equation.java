package dev.threadsmigration.ledger;

import dev.threadsmigration.model.Entity;
import java.util.EnumMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The promise's equation of every entity of the current migration, as the ledger has it. */
public final class Equation {

    private final JdbcTemplate jdbc;
    private final CurrentRun run;
    private @Nullable Map<Entity, Counts> whenMoved;

    public Equation(DataSource target, CurrentRun run) {
        this.jdbc = new JdbcTemplate(target);
        this.run = run;
    }

    /** The equation of every entity that was counted, read in one statement. */
    public Map<Entity, Counts> now() {
        Map<Entity, Counts> counts = new EnumMap<>(Entity.class);
        jdbc.query(
                """
                SELECT entity, total, migrated, duplicate, rejected, remaining
                FROM threads_migration.migration_progress WHERE migration = ?""",
                result -> {
                    counts.put(
                            Entity.of(result.getString("entity")),
                            new Counts(
                                    result.getLong("total"),
                                    result.getLong("migrated"),
                                    result.getLong("duplicate"),
                                    result.getLong("rejected"),
                                    result.getLong("remaining")));
                },
                run.migration());
        return counts;
    }

    /**
     * The same when all records have been moved, counted once: after that nothing but a rollback changes it, or records are
     * removed, and a count reads the whole ledger. To be asked only when no more records are moved.
     */
    public synchronized Map<Entity, Counts> whenMoved() {
        if (whenMoved == null) {
            whenMoved = now();
        }
        return whenMoved;
    }

    /** Counts anew when it is next asked for what it was {@link #whenMoved}: records are about to be removed. */
    public synchronized void forget() {
        whenMoved = null;
    }

    /**
     * Notes how many legacy records there are now. Records that have an outcome and have vanished from legacy since still
     * count.
     *
     * @param counts the equation of every entity as it is
     * @return the same, with these totals
     */
    public Map<Entity, Counts> withTotals(Map<Entity, Counts> counts, Map<Entity, Long> counted) {
        Map<Entity, Counts> all = new EnumMap<>(Entity.class);
        all.putAll(counts);
        counted.forEach((entity, legacy) -> {
            Counts now = counts.getOrDefault(entity, Counts.NONE).outOf(legacy);
            all.put(entity, now);
            int updated = jdbc.update("""
                    UPDATE threads_migration.entity_total SET total = ?, counted_at = CURRENT_TIMESTAMP
                    WHERE migration = ? AND entity = ?""", now.total(), run.migration(), entity.label());
            if (updated == 0) {
                jdbc.update("""
                        INSERT INTO threads_migration.entity_total (migration, entity, total, counted_at)
                        VALUES (?, ?, ?, CURRENT_TIMESTAMP)""", run.migration(), entity.label(), now.total());
            }
        });
        return all;
    }
}
