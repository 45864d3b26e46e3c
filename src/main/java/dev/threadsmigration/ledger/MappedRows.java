package dev.threadsmigration.ledger;

import dev.threadsmigration.model.Entity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The ledger's entries of the current migration in the order of their legacy ids, to be walked through. */
public final class MappedRows {

    /** What {@link #read} reads, of a table that is called {@code m}. */
    static final String COLUMNS = "m.legacy_id, m.occurrence, m.new_id, m.outcome, m.content_hash";

    private final JdbcTemplate jdbc;
    private final CurrentRun run;

    public MappedRows(DataSource target, CurrentRun run) {
        this.jdbc = new JdbcTemplate(target);
        this.run = run;
    }

    /** How many entries an entity has. */
    public long size(Entity entity) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "SELECT count(*) FROM threads_migration.migration_mapping WHERE migration = ? AND entity = ?",
                Long.class,
                run.migration(),
                entity.label()));
    }

    /**
     * The legacy id that stands so many entries of an entity behind another one.
     *
     * @param after null: the first entry is one behind it
     * @param distance at least 1
     * @return null where fewer follow
     */
    public @Nullable String keyBehind(Entity entity, @Nullable String after, long distance) {
        List<Object> parameters = new ArrayList<>(List.of(run.migration(), entity.label()));
        if (after != null) {
            parameters.add(after);
        }
        List<String> found = jdbc.queryForList(
                """
                SELECT legacy_id FROM threads_migration.migration_mapping WHERE migration = ? AND entity = ?%s
                ORDER BY legacy_id LIMIT 1 OFFSET\s""".formatted(after == null ? "" : " AND legacy_id > ?") + (distance - 1),
                String.class,
                parameters.toArray());
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * Up to {@code limit} entries of an entity that follow one, in the order of their legacy ids.
     *
     * @param upTo the last legacy id that is wanted; null: no end
     */
    public List<MappedRow> page(Entity entity, String afterId, int afterOccurrence, @Nullable String upTo, int limit) {
        List<Object> parameters = new ArrayList<>(List.of(run.migration(), entity.label(), afterId, afterOccurrence));
        if (upTo != null) {
            parameters.add(upTo);
        }
        // A constant, by which the planner chooses; and not formatted, which would take the locale's digits.
        return jdbc.query(
                """
                SELECT %s FROM threads_migration.migration_mapping m
                WHERE migration = ? AND entity = ? AND (legacy_id, occurrence) > (?, ?)%s
                ORDER BY legacy_id, occurrence LIMIT\s""".formatted(COLUMNS, upTo == null ? "" : " AND legacy_id <= ?") + limit,
                (result, row) -> read(result),
                parameters.toArray());
    }

    /** The entries of these legacy ids, by {@link Ledger#mark}. */
    static Map<String, MappedRow> find(KeyLookup ledger, Entity entity, String[] legacyIds) {
        Map<String, MappedRow> entries = new HashMap<>();
        ledger.query(COLUMNS, entity, "legacy_id", "varchar", legacyIds, result -> {
            MappedRow entry = read(result);
            entries.put(entry.mark(), entry);
        });
        return entries;
    }

    static MappedRow read(ResultSet result) throws SQLException {
        return new MappedRow(
                result.getString(1),
                result.getInt(2),
                result.getObject(3, UUID.class),
                result.getString(4).equals("migrated"),
                result.getLong(5));
    }
}
