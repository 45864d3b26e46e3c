package dev.threadsmigration.ledger;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.model.Entity;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The last that became of each record whose legacy row changed, or was deleted, after it was moved, of the current migration. */
public final class FollowedChanges {

    private static final int PAGE = 1000;

    private final JdbcTemplate jdbc;
    private final KeyLookup byKey;
    private final CurrentRun run;
    private final StorableText storableText;
    private final Clock clock;

    public FollowedChanges(
            DataSource target, TargetDialect dialect, StorableText storableText, CurrentRun run, Clock clock) {
        this.jdbc = new JdbcTemplate(target);
        this.byKey = new KeyLookup(target, dialect, run, "threads_migration.followed_change");
        this.run = run;
        this.storableText = storableText;
        this.clock = clock;
    }

    /** Notes these instead of what was noted of the same records before. */
    public void note(Entity entity, List<FollowedChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        forget(entity, changes.stream().map(FollowedChange::row).toList());
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.batchUpdate("""
                INSERT INTO threads_migration.followed_change
                    (migration, entity, legacy_id, occurrence, new_id, kept_because, detail, run_id, followed_at,
                     deletion)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", changes, PAGE, (statement, change) -> {
            statement.setString(1, run.migration());
            statement.setString(2, entity.label());
            statement.setString(3, change.row().legacyId());
            statement.setInt(4, change.row().occurrence());
            statement.setObject(5, change.row().newId());
            statement.setString(6, change.keptBecause());
            statement.setString(7, change.detail() == null ? null : storableText.of(change.detail()));
            statement.setLong(8, run.id());
            statement.setObject(9, now);
            statement.setString(
                    10, change.deletion() == null ? null : change.deletion().label());
        });
    }

    /** Forgets why some of these records keep what they have: both sides say the same again. */
    public void forgetKept(Entity entity, List<MappedRow> rows) {
        Set<String> kept = new HashSet<>();
        byKey.query(
                "m.legacy_id, m.occurrence, m.kept_because, m.deletion",
                entity,
                "legacy_id",
                "varchar",
                rows.stream().map(MappedRow::legacyId).toArray(String[]::new),
                result -> {
                    if (result.getString(3) != null && result.getString(4) == null) {
                        kept.add(Ledger.mark(result.getInt(2), result.getString(1)));
                    }
                });
        forget(entity, rows.stream().filter(row -> kept.contains(row.mark())).toList());
    }

    /** Forgets what was noted of these records. */
    public void forget(Entity entity, List<MappedRow> rows) {
        jdbc.batchUpdate("""
                DELETE FROM threads_migration.followed_change
                WHERE migration = ? AND entity = ? AND legacy_id = ? AND occurrence = ?""", rows, PAGE, (statement, row) -> {
            statement.setString(1, run.migration());
            statement.setString(2, entity.label());
            statement.setString(3, row.legacyId());
            statement.setInt(4, row.occurrence());
        });
    }

    /** Whether a record of an entity keeps what it has although its legacy row changed. */
    public boolean anyKept(Entity entity) {
        return !jdbc.queryForList("""
                SELECT 1 FROM threads_migration.followed_change
                WHERE migration = ? AND entity = ? AND kept_because IS NOT NULL AND deletion IS NULL LIMIT 1""", run.migration(), entity.label()).isEmpty();
    }

    /** How many records followed legacy, and how many keep what they have, by the reason. */
    public Totals totals() {
        long updated = 0;
        Map<String, Long> kept = new LinkedHashMap<>();
        Map<Deletion, Long> deleted = new EnumMap<>(Deletion.class);
        Map<String, Long> notRemoved = new LinkedHashMap<>();
        for (Counted counted : counted()) {
            if (counted.deletion() != null) {
                deleted.merge(counted.deletion(), counted.records(), Long::sum);
            }
            if (counted.why() != null) {
                (counted.deletion() == null ? kept : notRemoved).put(counted.why(), counted.records());
            } else if (counted.deletion() == null) {
                updated = counted.records();
            }
        }
        return new Totals(updated, kept, new Deletions(deleted, notRemoved));
    }

    private record Counted(
            @Nullable Deletion deletion, @Nullable String why, long records) {}

    private List<Counted> counted() {
        return jdbc.query(
                """
                SELECT deletion, kept_because, count(*) FROM threads_migration.followed_change WHERE migration = ?
                GROUP BY deletion, kept_because ORDER BY count(*) DESC, kept_because""",
                (result, row) -> new Counted(
                        result.getString(1) == null ? null : Deletion.of(result.getString(1)),
                        result.getString(2),
                        result.getLong(3)),
                run.migration());
    }

    /**
     * How many records' legacy rows changed, or were deleted, after they were moved.
     *
     * @param updated those that got the change
     * @param keptBecause those that did not, by the reason
     * @param deleted those whose legacy rows were deleted
     */
    public record Totals(long updated, Map<String, Long> keptBecause, Deletions deleted) {

        /** Of a migration that has followed nothing. */
        public static final Totals NONE = new Totals(0, Map.of(), new Deletions(Map.of(), Map.of()));

        /** Those that did not. */
        public long kept() {
            return sum(keptBecause);
        }
    }

    /**
     * How many records' legacy rows were deleted after they were moved.
     *
     * @param records by how far they are
     * @param keptBecause those that the target keeps, by the reason
     */
    public record Deletions(Map<Deletion, Long> records, Map<String, Long> keptBecause) {

        public long removed() {
            return of(Deletion.REMOVED);
        }

        /** Those of which only the ledger entry is gone. */
        public long forgotten() {
            return of(Deletion.FORGOTTEN);
        }

        public long kept() {
            return sum(keptBecause);
        }

        /** Those about which nothing is done yet. */
        public long waiting() {
            return of(Deletion.FOUND) + of(Deletion.GOING);
        }

        public long all() {
            return sum(records);
        }

        private long of(Deletion deletion) {
            return records.getOrDefault(deletion, 0L);
        }
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
