package dev.threadsmigration.ledger;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.model.Entity;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is still to be done about records of the current migration whose legacy rows were deleted after they were moved. */
public final class DeletedRows {

    private static final String OPEN = "deletion IN ('found', 'going', 'kept')";

    private static final String SELECT = "SELECT " + MappedRows.COLUMNS + """
             FROM threads_migration.followed_change f JOIN threads_migration.migration_mapping m
              ON m.legacy_id = f.legacy_id AND m.occurrence = f.occurrence AND m.migration = f.migration
             AND m.entity = f.entity
            WHERE f.migration = ? AND f.entity = ?""";

    private final JdbcTemplate jdbc;
    private final KeyLookup byKey;
    private final KeyLookup ledgerByKey;
    private final CurrentRun run;

    public DeletedRows(DataSource target, TargetDialect dialect, CurrentRun run) {
        this.jdbc = new JdbcTemplate(target);
        this.byKey = new KeyLookup(target, dialect, run, "threads_migration.followed_change");
        this.ledgerByKey = new KeyLookup(target, dialect, run, "threads_migration.migration_mapping");
        this.run = run;
    }

    /** Whether an entity has records that wait, or are kept. */
    public boolean anyOpen(Entity entity) {
        return !jdbc.queryForList(
                        "SELECT 1 FROM threads_migration.followed_change WHERE migration = ? AND entity = ? AND " + OPEN
                                + " LIMIT 1",
                        run.migration(),
                        entity.label())
                .isEmpty();
    }

    /** Those of these rows whose records wait, or are kept, by {@link Ledger#mark}. */
    public Set<String> open(Entity entity, List<MappedRow> rows) {
        Set<String> open = new HashSet<>();
        byKey.query(
                "m.legacy_id, m.occurrence, m.deletion",
                entity,
                "legacy_id",
                "varchar",
                rows.stream().map(MappedRow::legacyId).toArray(String[]::new),
                result -> {
                    String deletion = result.getString(3);
                    if (deletion != null && Deletion.of(deletion).isOpen()) {
                        open.add(Ledger.mark(result.getInt(2), result.getString(1)));
                    }
                });
        return open;
    }

    /** Takes back what an earlier run was allowed to do to an entity's records, and has not done: they are counted again. */
    public void disallow(Entity entity) {
        move(entity, "'going'", Deletion.FOUND);
    }

    /** How many records of these entities wait that no run has tried to remove. */
    public long found(Collection<Entity> entities) {
        return entities.stream().mapToLong(this::found).sum();
    }

    private long found(Entity entity) {
        return Objects.requireNonNull(jdbc.queryForObject("""
                SELECT count(*) FROM threads_migration.followed_change
                WHERE migration = ? AND entity = ? AND deletion = 'found'""", Long.class, run.migration(), entity.label()));
    }

    /** Lets all that wait of an entity be removed, and what was kept be tried again. */
    public void allow(Entity entity) {
        move(entity, "'found', 'kept'", Deletion.GOING);
    }

    private void move(Entity entity, String from, Deletion to) {
        jdbc.update("""
                UPDATE threads_migration.followed_change SET deletion = ?, kept_because = NULL, detail = NULL
                WHERE migration = ? AND entity = ? AND deletion IN (%s)""".formatted(from), to.label(), run.migration(), entity.label());
    }

    /** Up to {@code limit} of the waiting rows of an entity that follow one in the order of their legacy ids. */
    public List<MappedRow> waiting(Entity entity, String afterId, int afterOccurrence, int limit) {
        // Not joined: a planner that knows nothing of the one table yet reads all of it for each row of the other.
        Map<String, String> ids = new LinkedHashMap<>();
        jdbc.query(
                """
                SELECT legacy_id, occurrence FROM threads_migration.followed_change
                WHERE migration = ? AND entity = ? AND deletion = 'found' AND (legacy_id, occurrence) > (?, ?)
                ORDER BY legacy_id, occurrence LIMIT\s""" + limit,
                result -> {
                    ids.put(Ledger.mark(result.getInt(2), result.getString(1)), result.getString(1));
                },
                run.migration(),
                entity.label(),
                afterId,
                afterOccurrence);
        Map<String, MappedRow> entries =
                MappedRows.find(ledgerByKey, entity, ids.values().toArray(String[]::new));
        return ids.keySet().stream().map(entries::get).filter(Objects::nonNull).toList();
    }

    /** Up to {@code limit} rows of an entity that are to go now; the ones that we found in the target come first. */
    public List<MappedRow> going(Entity entity, int limit) {
        return jdbc.query(
                SELECT + " AND f.deletion = 'going' ORDER BY m.outcome, m.legacy_id, m.occurrence LIMIT " + limit,
                (result, row) -> MappedRows.read(result),
                run.migration(),
                entity.label());
    }
}
