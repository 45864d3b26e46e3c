package dev.threadsmigration.ledger;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Rejected;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** The rejected records of the current migration. */
public final class Rejects {

    private static final String COLUMNS = "id, entity, legacy_id, occurrence, code, field, message, record";
    /** How many characters the records have that come before this one. */
    private static final String SUM_BEFORE =
            "sum(length(record)) OVER (ORDER BY id) - length(record) AS characters_before";

    private static final String TABLE = "threads_migration.rejected_record";
    private static final int PAGE = 1000;
    /** Records may be large; a page ends before they are longer together. */
    private static final int MOST_CHARACTERS = 1_000_000;
    /** How many characters stand there of a key that is too long. */
    private static final int SHOWN = 200;

    private final JdbcTemplate jdbc;
    private final KeyLookup byKey;
    private final StorableText storableText;
    private final CurrentRun run;
    private final Clock clock;

    public Rejects(DataSource target, TargetDialect dialect, StorableText storableText, CurrentRun run, Clock clock) {
        this.jdbc = new JdbcTemplate(target);
        this.byKey = new KeyLookup(target, dialect, run, TABLE);
        this.storableText = storableText;
        this.run = run;
        this.clock = clock;
    }

    /** Keeps these, none of which may be kept already. */
    public void keep(Entity entity, List<Rejected> rejected) {
        if (rejected.isEmpty()) {
            return;
        }
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        jdbc.batchUpdate("""
                INSERT INTO threads_migration.rejected_record (migration, entity, legacy_id, occurrence, new_id,
                    code, field, message, record, run_id, rejected_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""", rejected, rejected.size(), (statement, reject) -> {
            statement.setString(1, run.migration());
            statement.setString(2, entity.label());
            statement.setString(3, storableId(reject.source()));
            statement.setInt(4, reject.source().occurrence());
            statement.setObject(5, reject.newId());
            statement.setString(6, reject.reason().code().code());
            statement.setString(
                    7,
                    reject.reason().field() == null
                            ? null
                            : reject.reason().field().label());
            statement.setString(8, storableText.of(reject.reason().message()));
            statement.setString(9, storableText.of(LegacyRowJson.write(reject.source())));
            statement.setLong(10, run.id());
            statement.setObject(11, now);
        });
    }

    /** Forgets the rejects of these rows: they have another outcome now. */
    public void clear(Entity entity, Collection<LegacyRow> rows) {
        clear(entity, rows.stream().filter(row -> row.legacyId() != null).toList(), "legacy_id = ?");
        clear(
                entity,
                rows.stream().filter(row -> row.legacyId() == null).toList(),
                "legacy_id IS NULL AND CAST(? AS varchar) IS NULL");
    }

    private void clear(Entity entity, List<LegacyRow> rows, String sameId) {
        jdbc.batchUpdate(
                "DELETE FROM threads_migration.rejected_record WHERE migration = ? AND entity = ? AND " + sameId
                        + " AND occurrence = ?",
                rows,
                PAGE,
                (statement, row) -> {
                    statement.setString(1, run.migration());
                    statement.setString(2, entity.label());
                    statement.setString(3, storableId(row));
                    statement.setInt(4, row.occurrence());
                });
    }

    /** Forgets a reject whose legacy row is gone. */
    public void clear(long id) {
        jdbc.update("DELETE FROM threads_migration.rejected_record WHERE id = ?", id);
    }

    public boolean any(Entity entity) {
        return byKey.any(entity);
    }

    /** Which of these new ids would be those of rejected records, with their legacy ids. */
    public Map<UUID, String> among(Entity entity, Collection<UUID> newIds) {
        Map<UUID, String> found = new HashMap<>();
        byKey.query(
                "m.new_id, m.legacy_id",
                entity,
                "new_id",
                "uuid",
                newIds.toArray(),
                result -> found.put(result.getObject(1, UUID.class), result.getString(2)));
        return found;
    }

    /** Which of these rows are rejected, as {@link Ledger#mark}s. */
    public Set<String> among(Entity entity, List<LegacyRow> rows) {
        Set<String> found = new HashSet<>();
        RowCallbackHandler mark = result -> found.add(Ledger.mark(result.getInt(2), result.getString(1)));
        Object[] ids =
                rows.stream().map(this::storableId).filter(Objects::nonNull).toArray(String[]::new);
        byKey.query("m.legacy_id, m.occurrence", entity, "legacy_id", "varchar", ids, mark);
        if (ids.length < rows.size()) {
            jdbc.query(
                    "SELECT m.legacy_id, m.occurrence FROM " + TABLE + " m"
                            + " WHERE m.legacy_id IS NULL AND m.migration = ? AND m.entity = ?",
                    mark,
                    run.migration(),
                    entity.label());
        }
        return rows.stream()
                .filter(row -> found.contains(Ledger.mark(row.occurrence(), storableId(row))))
                .map(Ledger::mark)
                .collect(Collectors.toSet());
    }

    /** The highest number of a reject of this entity; 0 where there is none. */
    public long lastId(Entity entity) {
        Long last = jdbc.queryForObject("""
                SELECT COALESCE(max(id), 0) FROM threads_migration.rejected_record
                WHERE migration = ? AND entity = ?""", Long.class, run.migration(), entity.label());
        return last == null ? 0 : last;
    }

    public Map<String, Long> byCode() {
        Map<String, Long> counts = new LinkedHashMap<>();
        jdbc.query(
                """
                SELECT code, count(*) FROM threads_migration.rejected_record WHERE migration = ?
                GROUP BY code ORDER BY count(*) DESC, code""",
                result -> {
                    counts.put(result.getString(1), result.getLong(2));
                },
                run.migration());
        return counts;
    }

    /**
     * Up to {@code limit} rejects of an entity whose number is above {@code after}, in order; fewer where their records are
     * large, but at least one where there is one.
     */
    public List<RejectedRecord> page(Entity entity, long after, int limit) {
        return jdbc.query(
                "SELECT " + COLUMNS + " FROM (SELECT " + COLUMNS + ", " + SUM_BEFORE + """
                         FROM threads_migration.rejected_record
                        WHERE migration = ? AND entity = ? AND id > ? ORDER BY id LIMIT ?) listed
                        WHERE characters_before < ? ORDER BY id""",
                Rejects::read,
                run.migration(),
                entity.label(),
                after,
                limit,
                MOST_CHARACTERS);
    }

    /** The first rejects, those of users before those of threads before those of feedback. */
    public List<RejectedRecord> first(int limit) {
        List<RejectedRecord> first = new ArrayList<>();
        for (Entity entity : Entity.values()) {
            first.addAll(page(entity, 0, limit - first.size()));
        }
        return first;
    }

    /** The first {@code each} rejects of every code; not all of them where their records are large. */
    public Map<String, List<RejectedRecord>> examples(int each) {
        Map<String, List<RejectedRecord>> examples = new LinkedHashMap<>();
        jdbc.query(
                "SELECT " + COLUMNS + " FROM (SELECT first.*, " + SUM_BEFORE + """
                         FROM (
                            SELECT numbered.*, ROW_NUMBER() OVER (PARTITION BY code ORDER BY id) AS nth
                            FROM threads_migration.rejected_record numbered WHERE migration = ?
                        ) first WHERE nth <= ?) listed WHERE characters_before < ? ORDER BY code, nth""",
                result -> {
                    RejectedRecord reject = read(result, 0);
                    examples.computeIfAbsent(reject.code(), code -> new ArrayList<>())
                            .add(reject);
                },
                run.migration(),
                each,
                MOST_CHARACTERS);
        return examples;
    }

    /** Hands out every reject, entity by entity, page by page. */
    public void forEach(Consumer<RejectedRecord> consumer) {
        for (Entity entity : Entity.values()) {
            List<RejectedRecord> page = page(entity, 0, PAGE);
            while (!page.isEmpty()) {
                page.forEach(consumer);
                page = page(entity, page.get(page.size() - 1).id(), PAGE);
            }
        }
    }

    private static RejectedRecord read(ResultSet result, int rowNumber) throws SQLException {
        return new RejectedRecord(
                result.getLong("id"),
                result.getString("entity"),
                result.getString("legacy_id"),
                result.getInt("occurrence"),
                result.getString("code"),
                result.getString("field"),
                result.getString("message"),
                result.getString("record"));
    }

    /** A key that is too long for an index is cut, and told from others by a hash of it. */
    private @Nullable String storableId(LegacyRow row) {
        String id = storableText.ofKey(row.legacyId());
        if (id == null || !row.isIdTooLong()) {
            return id;
        }
        return id.substring(0, id.offsetByCodePoints(0, SHOWN)) + "… "
                + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
    }
}
