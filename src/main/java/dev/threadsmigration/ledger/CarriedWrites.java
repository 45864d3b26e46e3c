package dev.threadsmigration.ledger;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.LegacyRow;
import java.sql.Types;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The last that became of each record whose writes in the target were taken off the queue, of the current migration. */
public final class CarriedWrites {

    private static final int PAGE = 1000;

    /** In place of an action, as long as legacy has not committed it. */
    private static final String WRITING = "writing";
    /** The same where it is to delete a row. */
    private static final String DELETING = "deleting";

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
     * @param row its ledger entry, with the hash of what its legacy row gives now
     * @param keptBecause why its legacy row stays as it is; null: it does not
     * @param deletedRow the legacy row that was deleted, as JSON; null: none was
     * @param targetHash of the record that legacy has as nearly as it can; null: it has not
     */
    public record Carried(
            MappedRow row,
            Action action,
            @Nullable String keptBecause,
            @Nullable String deletedRow,
            @Nullable Long targetHash) {

        public static Carried written(MappedRow row, Action action, long targetHash) {
            return new Carried(row, action, null, null, targetHash);
        }

        public static Carried kept(MappedRow row, String because) {
            return new Carried(row, Action.KEPT, because, null, null);
        }

        /** Of a record that says more than its legacy row can. */
        public static Carried asFarAsLegacyCan(MappedRow row, String because, long targetHash) {
            return new Carried(row, Action.KEPT, because, null, targetHash);
        }

        public static Carried deleted(MappedRow row, LegacyRow deletedRow) {
            return new Carried(row, Action.DELETED, null, LegacyRowJson.write(deletedRow), null);
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
        note(entity, carried, record -> record.action().label());
    }

    /** Notes what legacy is about to commit, in a transaction that ends before. */
    public void announce(Entity entity, Collection<Carried> carried) {
        note(entity, carried, record -> record.action() == Action.DELETED ? DELETING : WRITING);
    }

    /** Notes what both sides of carried records say once a change of legacy's has come to the target. */
    public void follow(Entity entity, Map<MappedRow, Long> targetHashes) {
        jdbc.batchUpdate("""
                UPDATE threads_migration.carried_write SET target_hash = ?, legacy_hash = ?
                WHERE migration = ? AND entity = ? AND legacy_id = ? AND occurrence = ?""", targetHashes.entrySet(), PAGE, (statement, record) -> {
            statement.setLong(1, record.getValue());
            statement.setLong(2, record.getKey().contentHash());
            statement.setString(3, run.migration());
            statement.setString(4, entity.label());
            statement.setString(5, record.getKey().legacyId());
            statement.setInt(6, record.getKey().occurrence());
        });
    }

    /** Forgets what was noted of these. */
    public void forget(Entity entity, Collection<MappedRow> rows) {
        forgetAllBut("", entity, rows);
    }

    /** Forgets what was noted of these, which are on neither side any more; the rows that we deleted in legacy stay known. */
    public void forgetWritten(Entity entity, Collection<MappedRow> rows) {
        forgetAllBut(Action.DELETED.label(), entity, rows);
    }

    private void forgetAllBut(String action, Entity entity, Collection<MappedRow> rows) {
        jdbc.batchUpdate("""
                DELETE FROM threads_migration.carried_write
                WHERE migration = ? AND entity = ? AND legacy_id = ? AND occurrence = ? AND action <> ?""", rows, PAGE, (statement, row) -> {
            statement.setString(1, run.migration());
            statement.setString(2, entity.label());
            statement.setString(3, row.legacyId());
            statement.setInt(4, row.occurrence());
            statement.setString(5, action);
        });
    }

    /** Forgets what a rollback has taken back, which is about to be migrated anew; until then its undoing needs it. */
    public void forgetTakenBack() {
        jdbc.update("""
                DELETE FROM threads_migration.carried_write c WHERE c.migration = ? AND c.action NOT IN (?, ?, ?) AND NOT EXISTS (
                    SELECT 1 FROM threads_migration.migration_mapping m
                    WHERE m.migration = c.migration AND m.entity = c.entity AND m.legacy_id = c.legacy_id
                      AND m.occurrence = c.occurrence)""", run.migration(), Action.DELETED.label(), WRITING, DELETING);
    }

    /**
     * Forgets what became of all records of the migration. What a run that was ended by force had announced stays, or nobody
     * would know whose the rows are that legacy may have committed.
     */
    public void forgetDone() {
        jdbc.batchUpdate(
                "DELETE FROM threads_migration.carried_write WHERE migration = ? AND action = ?",
                List.of(Action.values()),
                PAGE,
                (statement, action) -> {
                    statement.setString(1, run.migration());
                    statement.setString(2, action.label());
                });
    }

    private void note(Entity entity, Collection<Carried> carried, Function<Carried, String> action) {
        forget(entity, carried.stream().map(Carried::row).toList());
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.batchUpdate("""
                INSERT INTO threads_migration.carried_write (migration, entity, legacy_id, occurrence, new_id, action,
                    kept_because, deleted_row, run_id, carried_at, target_hash, legacy_hash)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", carried, PAGE, (statement, record) -> {
            statement.setString(1, run.migration());
            statement.setString(2, entity.label());
            statement.setString(3, record.row().legacyId());
            statement.setInt(4, record.row().occurrence());
            statement.setObject(5, record.row().newId());
            statement.setString(6, action.apply(record));
            statement.setString(7, record.keptBecause());
            statement.setString(8, record.deletedRow() == null ? null : storableText.of(record.deletedRow()));
            statement.setLong(9, run.id());
            statement.setObject(10, now);
            statement.setObject(11, record.targetHash(), Types.BIGINT);
            statement.setLong(12, record.row().contentHash());
        });
    }

    /** The deletions that a run which was ended by force had announced, and has not noted as done. */
    public List<Carried> announcedDeletions(Entity entity) {
        return announced(entity, DELETING, Action.DELETED);
    }

    /** The other writes that such a run had announced. */
    public List<Carried> announced(Entity entity) {
        return announced(entity, WRITING, Action.UPDATED);
    }

    private List<Carried> announced(Entity entity, String word, Action action) {
        return jdbc.query(
                """
                SELECT legacy_id, occurrence, new_id, legacy_hash, deleted_row, target_hash
                FROM threads_migration.carried_write WHERE migration = ? AND entity = ? AND action = ?""",
                (result, number) -> new Carried(
                        new MappedRow(
                                result.getString(1),
                                result.getInt(2),
                                result.getObject(3, UUID.class),
                                false,
                                result.getLong(4)),
                        action,
                        null,
                        result.getString(5),
                        result.getObject(6, Long.class)),
                run.migration(),
                entity.label(),
                word);
    }

    /** Whether legacy is about to commit a row under this id, so that nobody else knows yet what it is. */
    public boolean isAnnounced(Entity entity, String legacyId) {
        return byKey.ofLegacyId("action", String.class, entity, legacyId).contains(WRITING);
    }

    /**
     * The hashes of the records that were carried, where their legacy rows still are what they became then: another one than
     * the ledger has where legacy cannot say all of the record.
     */
    public Map<String, Long> asCarried(Entity entity, Collection<MappedRow> entries) {
        Map<String, MappedRow> byMark = entries.stream().collect(Collectors.toMap(MappedRow::mark, entry -> entry));
        Map<String, Long> hashes = new HashMap<>();
        byKey.query(
                "m.legacy_id, m.occurrence, m.legacy_hash, m.target_hash",
                entity,
                "legacy_id",
                "varchar",
                entries.stream().map(MappedRow::legacyId).toArray(String[]::new),
                result -> {
                    String mark = Ledger.mark(result.getInt(2), result.getString(1));
                    MappedRow entry = byMark.get(mark);
                    Long target = result.getObject(4, Long.class);
                    if (target != null && entry != null && entry.contentHash() == result.getLong(3)) {
                        hashes.put(mark, target);
                    }
                });
        return hashes;
    }

    /** Those of these legacy ids whose rows say as nearly as they can what the application wrote, as {@link Ledger#mark}s. */
    public Set<String> writtenAmong(Entity entity, Collection<String> legacyIds) {
        Set<String> written = new HashSet<>();
        byKey.query(
                "m.legacy_id, m.occurrence, m.action, m.target_hash",
                entity,
                "legacy_id",
                "varchar",
                legacyIds.toArray(String[]::new),
                result -> {
                    if (result.getObject(4) != null && !WRITING.equals(result.getString(3))) {
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
                SELECT action, kept_because, count(*) FROM threads_migration.carried_write
                WHERE migration = ? AND action NOT IN (?, ?)
                GROUP BY action, kept_because ORDER BY count(*) DESC, kept_because""",
                result -> {
                    counts.merge(
                            Action.valueOf(result.getString(1).toUpperCase(Locale.ROOT)), result.getLong(3), Long::sum);
                    if (result.getString(2) != null) {
                        because.put(result.getString(2), result.getLong(3));
                    }
                },
                run.migration(),
                WRITING,
                DELETING);
        return new Totals(counts, because);
    }
}
