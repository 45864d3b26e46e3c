package dev.threadsmigration.ledger;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.model.AdoptedIds;
import dev.threadsmigration.model.Entity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The legacy rows that were made for records of the application under keys that legacy counted, of the current migration. */
public final class AdoptedRows {

    private static final Pattern COUNTED = Pattern.compile("0|-?[1-9]\\d{0,18}");

    private final JdbcTemplate jdbc;
    private final KeyLookup byKey;
    private final CurrentRun run;
    private final Clock clock;
    private final Map<Entity, Known> known = new EnumMap<>(Entity.class);

    public AdoptedRows(DataSource target, TargetDialect dialect, CurrentRun run, Clock clock) {
        this.jdbc = new JdbcTemplate(target);
        this.byKey = new KeyLookup(target, dialect, run, "threads_migration.adopted_id");
        this.run = run;
        this.clock = clock;
        for (Entity entity : Entity.values()) {
            known.put(entity, new Known(List.of()));
        }
    }

    /** Of one entity: 44 bytes each, since they all stay in memory while a run goes on. */
    private static final class Known {

        private final long[] keys;
        private final UUID[] ids;
        private final Map<Long, UUID> added = new ConcurrentHashMap<>();

        /** @param rows in the order of their keys */
        Known(List<Map.Entry<Long, UUID>> rows) {
            keys = rows.stream().mapToLong(Map.Entry::getKey).toArray();
            ids = rows.stream().map(Map.Entry::getValue).toArray(UUID[]::new);
        }

        boolean isEmpty() {
            return keys.length == 0 && added.isEmpty();
        }

        @Nullable
        UUID of(long key) {
            UUID id = added.get(key);
            if (id != null) {
                return id;
            }
            int place = Arrays.binarySearch(keys, key);
            return place >= 0 ? ids[place] : null;
        }
    }

    /** Whether a key may be one that legacy counted. */
    public static boolean isCounted(String legacyId) {
        return COUNTED.matcher(legacyId).matches();
    }

    /** All of them as they are now, and those that {@link #add} adds later, without asking the database for each. */
    public AdoptedIds load() {
        for (Entity entity : Entity.values()) {
            List<Map.Entry<Long, UUID>> rows = jdbc.query(
                    """
                    SELECT CAST(legacy_id AS bigint), new_id FROM threads_migration.adopted_id
                    WHERE migration = ? AND entity = ? ORDER BY 1""",
                    (result, number) -> Map.entry(result.getLong(1), result.getObject(2, UUID.class)),
                    run.migration(),
                    entity.label());
            known.put(entity, new Known(rows));
        }
        return this::loaded;
    }

    private @Nullable UUID loaded(Entity entity, String legacyId) {
        Known ofEntity = known.get(entity);
        if (ofEntity.isEmpty() || !isCounted(legacyId)) {
            return null;
        }
        try {
            return ofEntity.of(Long.parseLong(legacyId));
        } catch (NumberFormatException e) {
            // Longer than any key that was counted.
            return null;
        }
    }

    /** The same by asking the database each time: for a process that lives long beside runs of others. */
    public @Nullable UUID ask(Entity entity, String legacyId) {
        List<UUID> ids = byKey.ofLegacyId("new_id", UUID.class, entity, legacyId);
        return ids.isEmpty() ? null : ids.get(0);
    }

    /**
     * Notes that legacy has these records under these keys now; in the transaction that settles them. A key may have been
     * another record's, whose row is gone: a purge of the migration has left it here.
     */
    public void add(Connection connection, Entity entity, Collection<MappedRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                DELETE FROM threads_migration.adopted_id
                WHERE migration = ? AND entity = ? AND legacy_id = ANY(?)""")) {
            statement.setString(1, run.migration());
            statement.setString(2, entity.label());
            statement.setArray(
                    3,
                    connection.createArrayOf(
                            "varchar", rows.stream().map(MappedRow::legacyId).toArray(String[]::new)));
            statement.executeUpdate();
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO threads_migration.adopted_id
                    (migration, entity, legacy_id, occurrence, new_id, run_id, adopted_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""")) {
            var now = clock.instant().atOffset(ZoneOffset.UTC);
            for (MappedRow row : rows) {
                statement.setString(1, run.migration());
                statement.setString(2, entity.label());
                statement.setString(3, row.legacyId());
                statement.setInt(4, row.occurrence());
                statement.setObject(5, row.newId());
                statement.setLong(6, run.id());
                statement.setObject(7, now);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        // Legacy has committed them, so that they are true even if this transaction is not committed.
        rows.forEach(row -> known.get(entity).added.put(Long.parseLong(row.legacyId()), row.newId()));
    }
}
