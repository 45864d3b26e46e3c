package dev.threadsmigration.ledger;

import dev.threadsmigration.database.BulkColumn;
import dev.threadsmigration.database.BulkRows;
import dev.threadsmigration.database.TableName;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.LegacyRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** The outcomes of the current migration, one for each legacy record that has one. */
public final class Ledger {

    private static final List<BulkColumn> COLUMNS = List.of(
            new BulkColumn("migration", "varchar"),
            new BulkColumn("entity", "varchar"),
            new BulkColumn("run_id", "int8"),
            new BulkColumn("migrated_at", "timestamptz"),
            new BulkColumn("legacy_id", "text"),
            new BulkColumn("occurrence", "int4"),
            new BulkColumn("new_id", "uuid"),
            new BulkColumn("outcome", "varchar"),
            new BulkColumn("content_hash", "int8"));

    private final JdbcTemplate jdbc;
    private final KeyLookup byKey;
    private final TargetDialect dialect;
    private final TableName table;
    private final List<BulkColumn> columns;
    private final StorableText storableText;
    private final CurrentRun run;
    private final Clock clock;

    /** @param storableText a key that cannot be stored has not arrived, and must not be asked for */
    public Ledger(DataSource target, TargetDialect dialect, StorableText storableText, CurrentRun run, Clock clock) {
        this.jdbc = new JdbcTemplate(target);
        this.byKey = new KeyLookup(target, dialect, run, "threads_migration.migration_mapping");
        this.dialect = dialect;
        this.table = new TableName(dialect.fold("threads_migration"), dialect.fold("migration_mapping"));
        this.columns = COLUMNS.stream()
                .map(column -> new BulkColumn(
                        dialect.fold(column.name()),
                        column.typeName().equals("timestamptz") ? dialect.instantType() : column.typeName()))
                .toList();
        this.storableText = storableText;
        this.run = run;
        this.clock = clock;
    }

    /** Writes down where these records went; in the transaction that put them there. */
    public void settle(Connection connection, Entity entity, List<Settled> settled) throws SQLException {
        if (settled.isEmpty()) {
            return;
        }
        List<BulkColumn> loaded = new ArrayList<>(columns);
        List<Object> alike = List.of(run.migration(), entity.label(), run.id(), clock.instant());
        for (int i = 0; i < alike.size(); i++) {
            loaded.set(i, loaded.get(i).always(alike.get(i)));
        }
        dialect.load(connection, table, loaded, new BulkRows() {
            @Override
            public int size() {
                return settled.size();
            }

            @Override
            public @Nullable Object value(int row, int column) {
                Settled record = settled.get(row);
                return switch (column - alike.size()) {
                    case 0 -> record.accepted().source().legacyId();
                    case 1 -> record.accepted().source().occurrence();
                    case 2 -> record.accepted().record().id();
                    case 3 -> record.duplicate() ? "duplicate" : "migrated";
                    default -> record.contentHash();
                };
            }
        });
    }

    /** What identifies a row among an entity's. */
    public static String mark(LegacyRow row) {
        return mark(row.occurrence(), row.legacyId());
    }

    /** @param legacyId null: the row has no key, which is something else than a key of that word */
    public static String mark(int occurrence, @Nullable String legacyId) {
        return legacyId == null ? occurrence + " without a key" : occurrence + ":" + legacyId;
    }

    /** Whether any row of an entity has arrived or was there. */
    public boolean any(Entity entity) {
        return byKey.any(entity);
    }

    /** The entries of those of these rows that are migrated or duplicate, by {@link #mark}. */
    public Map<String, MappedRow> entries(Entity entity, Collection<LegacyRow> rows) {
        return MappedRows.find(byKey, entity, storableIds(rows));
    }

    /** Notes that these records were written anew, by this run; in the transaction that wrote them. */
    public void update(Connection connection, Entity entity, List<MappedRow> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                UPDATE threads_migration.migration_mapping SET content_hash = ?, run_id = ?, migrated_at = ?
                WHERE migration = ? AND entity = ? AND legacy_id = ? AND occurrence = ?""")) {
            var now = clock.instant().atOffset(ZoneOffset.UTC);
            for (MappedRow row : rows) {
                statement.setLong(1, row.contentHash());
                statement.setLong(2, run.id());
                statement.setObject(3, now);
                statement.setString(4, run.migration());
                statement.setString(5, entity.label());
                statement.setString(6, row.legacyId());
                statement.setInt(7, row.occurrence());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private String[] storableIds(Collection<LegacyRow> rows) {
        return rows.stream().map(LegacyRow::legacyId).filter(storableText::has).toArray(String[]::new);
    }

    /** The new ids of those of these rows that are migrated or duplicate, by {@link #mark}. */
    public Map<String, UUID> newIds(Entity entity, Collection<LegacyRow> rows) {
        Map<String, UUID> ids = new HashMap<>();
        byKey.query(
                "m.legacy_id, m.occurrence, m.new_id",
                entity,
                "legacy_id",
                "varchar",
                storableIds(rows),
                result -> ids.put(mark(result.getInt(2), result.getString(1)), result.getObject(3, UUID.class)));
        return ids;
    }

    /** The new id of the one row with this legacy id; null where it has not arrived, or where there are several. */
    public @Nullable UUID newId(Entity entity, String legacyId) {
        List<UUID> ids = byKey.ofLegacyId("new_id", UUID.class, entity, legacyId);
        return ids.size() == 1 ? ids.get(0) : null;
    }

    /** Those of these legacy ids, each given once, whose first row has not arrived. */
    public List<String> withoutFirstRow(Entity entity, List<String> legacyIds) {
        Map<Boolean, List<String>> storable = legacyIds.stream().collect(Collectors.partitioningBy(storableText::has));
        List<String> without = new ArrayList<>(storable.get(false));
        jdbc.query(
                connection -> {
                    // A subquery for each, or a planner that thinks the ledger small would read all of it every time.
                    PreparedStatement statement = connection.prepareStatement("""
                            SELECT wanted.id FROM UNNEST(CAST(? AS varchar ARRAY)) AS wanted (id)
                            WHERE (SELECT m.occurrence FROM threads_migration.migration_mapping m
                                   WHERE m.legacy_id = wanted.id AND m.occurrence = 1
                                     AND m.migration = ? AND m.entity = ?) IS NULL""");
                    statement.setArray(
                            1,
                            connection.createArrayOf(
                                    "varchar", storable.get(true).toArray(String[]::new)));
                    statement.setString(2, run.migration());
                    statement.setString(3, entity.label());
                    return statement;
                },
                result -> {
                    without.add(result.getString(1));
                });
        return without;
    }

    /** The legacy ids behind some new ones. */
    public Map<UUID, String> legacyIds(Entity entity, Collection<UUID> newIds) {
        // An id that stayed as it is stands at a known place; any other is looked for in the whole ledger.
        Map<UUID, String> ids =
                legacyIds(entity, newIds.stream().map(UUID::toString).toArray(String[]::new), "legacy_id", "varchar");
        Object[] others = newIds.stream().filter(id -> !ids.containsKey(id)).toArray();
        if (others.length > 0) {
            ids.putAll(legacyIds(entity, others, "new_id", "uuid"));
        }
        return ids;
    }

    /**
     * Lets entries be found by their new ids without reading all of them, for good; where the server and the user's rights
     * allow it in the caller's transaction. Not there from the beginning, since every record that is moved would pay for it.
     */
    public void indexNewIds() {
        boolean mayIndex = Boolean.TRUE.equals(
                jdbc.execute((ConnectionCallback<Boolean>) connection -> dialect.mayIndex(connection, table)));
        if (mayIndex) {
            jdbc.execute(
                    "CREATE INDEX IF NOT EXISTS migration_mapping_new_id ON threads_migration.migration_mapping (new_id)");
        }
    }

    private Map<UUID, String> legacyIds(Entity entity, Object[] wanted, String column, String type) {
        Map<UUID, String> ids = new HashMap<>();
        byKey.query(
                "m.new_id, m.legacy_id",
                entity,
                column,
                type,
                wanted,
                result -> ids.put(result.getObject(1, UUID.class), result.getString(2)));
        return ids;
    }

    /** All entries of these new ids, by new id; of one there are several where several legacy rows became one record. */
    public Map<UUID, List<MappedRow>> entriesOfNewIds(Entity entity, Collection<UUID> newIds) {
        Map<UUID, List<MappedRow>> entries = new HashMap<>();
        byKey.query(MappedRows.COLUMNS, entity, "new_id", "uuid", newIds.toArray(), result -> {
            MappedRow entry = MappedRows.read(result);
            entries.computeIfAbsent(entry.newId(), id -> new ArrayList<>()).add(entry);
        });
        return entries;
    }

    /** Forgets these entries: their records are not in the target any more, or are no longer our concern. */
    public void forget(Connection connection, Entity entity, Collection<MappedRow> rows) throws SQLException {
        for (String known : List.of("migration_mapping", "followed_change", "adopted_id")) {
            forget(connection, entity, rows, known);
        }
    }

    /**
     * Forgets these entries, since legacy does not have their rows any more: neither does its total count them, nor does the
     * undoing of an earlier rollback bring them back.
     */
    public void forgetDeleted(Connection connection, Entity entity, Collection<MappedRow> rows) throws SQLException {
        for (String known : List.of("migration_mapping", "rollback_item", "adopted_id")) {
            forget(connection, entity, rows, known);
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                UPDATE threads_migration.entity_total SET total = GREATEST(total - ?, 0)
                WHERE migration = ? AND entity = ?""")) {
            statement.setLong(1, rows.size());
            statement.setString(2, run.migration());
            statement.setString(3, entity.label());
            statement.executeUpdate();
        }
    }

    private void forget(Connection connection, Entity entity, Collection<MappedRow> rows, String from)
            throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                DELETE FROM threads_migration.%s
                WHERE migration = ? AND entity = ? AND legacy_id = ANY(?) AND occurrence = ?""".formatted(from))) {
            Map<Integer, List<String>> byOccurrence = new HashMap<>();
            rows.forEach(row -> byOccurrence
                    .computeIfAbsent(row.occurrence(), which -> new ArrayList<>())
                    .add(row.legacyId()));
            for (Map.Entry<Integer, List<String>> same : byOccurrence.entrySet()) {
                statement.setString(1, run.migration());
                statement.setString(2, entity.label());
                statement.setArray(
                        3, connection.createArrayOf("varchar", same.getValue().toArray(String[]::new)));
                statement.setInt(4, same.getKey());
                statement.executeUpdate();
            }
        }
    }

    /**
     * Forgets all that is known of the migration but its name, what was carried to legacy, and the ids that legacy rows adopted,
     * since rows and records stay where they are; the audit log stays, too.
     */
    public void forgetMigration() {
        for (String table : List.of(
                "migration_mapping",
                "rejected_record",
                "entity_total",
                "key_range",
                "validation_result",
                "validation_issue",
                "validation_query",
                "validation_lost",
                "rollback_item",
                "deferred_definition",
                "followed_change",
                "removed_record",
                "queued_write")) {
            jdbc.update("DELETE FROM threads_migration." + table + " WHERE migration = ?", run.migration());
        }
    }
}
