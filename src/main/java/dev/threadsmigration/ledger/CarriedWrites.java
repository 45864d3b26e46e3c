package dev.threadsmigration.ledger;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.LegacyRow;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The last that became of each record whose writes in the target were taken off the queue, of the current migration. */
public final class CarriedWrites {

    private static final int PAGE = 1000;

    private final JdbcTemplate jdbc;
    private final KeyLookup byKey;
    private final CurrentRun run;
    private final StorableText storableText;
    private final Clock clock;

    public CarriedWrites(
            DataSource target, TargetDialect dialect, StorableText storableText, CurrentRun run, Clock clock) {
        this.jdbc = new JdbcTemplate(target);
        this.byKey = new KeyLookup(target, dialect, run, "threads_migration.carried_write");
        this.run = run;
        this.storableText = storableText;
        this.clock = clock;
    }

    /** What was done to a legacy row. */
    public enum Action {
        INSERTED,
        UPDATED,
        DELETED,
        /** Nothing: it stays as it is. */
        KEPT;

        /** The word for it in reports and in the ledger. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What became of a record.
     *
     * @param row its ledger entry
     * @param keptBecause why its legacy row stays as it is; null: it does not
     * @param deletedRow the legacy row that was deleted; null: none was
     */
    public record Carried(
            MappedRow row,
            Action action,
            @Nullable String keptBecause,
            @Nullable LegacyRow deletedRow) {

        public static Carried written(MappedRow row, Action action) {
            return new Carried(row, action, null, null);
        }

        public static Carried kept(MappedRow row, String because) {
            return new Carried(row, Action.KEPT, because, null);
        }
    }

    /** How many records there are of each kind, and of those that were kept by reason. */
    public record Totals(Map<Action, Long> counts, Map<String, Long> keptBecause) {

        public long of(Action action) {
            return counts.getOrDefault(action, 0L);
        }
    }

    /** Notes these instead of what was noted of the same records before. */
    public void note(Entity entity, Collection<Carried> carried) {
        jdbc.batchUpdate("""
                DELETE FROM threads_migration.carried_write
                WHERE migration = ? AND entity = ? AND legacy_id = ? AND occurrence = ?""", carried, PAGE, (statement, record) -> {
            statement.setString(1, run.migration());
            statement.setString(2, entity.label());
            statement.setString(3, record.row().legacyId());
            statement.setInt(4, record.row().occurrence());
        });
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.batchUpdate("""
                INSERT INTO threads_migration.carried_write (migration, entity, legacy_id, occurrence, new_id, action,
                    kept_because, deleted_row, run_id, carried_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", carried, PAGE, (statement, record) -> {
            statement.setString(1, run.migration());
            statement.setString(2, entity.label());
            statement.setString(3, record.row().legacyId());
            statement.setInt(4, record.row().occurrence());
            statement.setObject(5, record.row().newId());
            statement.setString(6, record.action().label());
            statement.setString(7, record.keptBecause());
            statement.setString(
                    8, record.deletedRow() == null ? null : storableText.of(LegacyRowJson.write(record.deletedRow())));
            statement.setLong(9, run.id());
            statement.setObject(10, now);
        });
    }

    /** Those of these legacy ids whose rows were written by {@code sync}, as {@link Ledger#mark}s. */
    public Set<String> writtenAmong(Entity entity, Collection<String> legacyIds) {
        Set<String> written = new HashSet<>();
        byKey.query(
                "m.legacy_id, m.occurrence, m.action",
                entity,
                "legacy_id",
                "varchar",
                legacyIds.toArray(String[]::new),
                result -> {
                    if (List.of("inserted", "updated").contains(result.getString(3))) {
                        written.add(Ledger.mark(result.getInt(2), result.getString(1)));
                    }
                });
        return written;
    }

    public Totals totals() {
        Map<Action, Long> counts = new EnumMap<>(Action.class);
        Map<String, Long> because = new LinkedHashMap<>();
        jdbc.query(
                """
                SELECT action, kept_because, count(*) FROM threads_migration.carried_write WHERE migration = ?
                GROUP BY action, kept_because ORDER BY count(*) DESC, kept_because""",
                result -> {
                    counts.merge(
                            Action.valueOf(result.getString(1).toUpperCase(Locale.ROOT)), result.getLong(3), Long::sum);
                    if (result.getString(2) != null) {
                        because.put(result.getString(2), result.getLong(3));
                    }
                },
                run.migration());
        return new Totals(counts, because);
    }
}
