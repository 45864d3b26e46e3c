package dev.threadsmigration.ledger;

import dev.threadsmigration.database.WriteCapture;
import dev.threadsmigration.model.Entity;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the application wrote into the target and legacy has not got yet, of the current migration. */
public final class WriteQueue {

    private static final String TABLE = "threads_migration.queued_write";
    private static final int PAGE = 1000;

    private final JdbcTemplate jdbc;
    private final CurrentRun run;
    private final StorableText storableText;

    public WriteQueue(DataSource target, StorableText storableText, CurrentRun run) {
        this.jdbc = new JdbcTemplate(target);
        this.run = run;
        this.storableText = storableText;
    }

    /**
     * How many writes wait.
     *
     * @param unseen that no {@code sync} has looked at
     * @param heldBecause that the last one left there, by reason
     */
    public record Waiting(long unseen, Map<String, Long> heldBecause) {

        public static final Waiting NONE = new Waiting(0, Map.of());

        public long held() {
            return heldBecause.values().stream().mapToLong(Long::longValue).sum();
        }

        public long all() {
            return unseen + held();
        }

        public boolean isNone() {
            return all() == 0;
        }
    }

    /** The statement by which a person discards what waits, of a migration of this name. */
    public static String discarding(String migration) {
        return "DELETE FROM %s WHERE migration = '%s'".formatted(TABLE, migration);
    }

    /** Where writes into an entity's table go. */
    public WriteCapture.Queue of(Entity entity) {
        return new WriteCapture.Queue(TABLE, run.migration(), entity.label());
    }

    /** The place of the last write that is in the queue now; 0: there is none. */
    public long end() {
        Long end = jdbc.queryForObject("SELECT COALESCE(max(id), 0) FROM " + TABLE, Long.class);
        return Objects.requireNonNull(end);
    }

    /**
     * Up to {@code limit} writes into an entity's table that stand behind a place of the queue, in its order.
     *
     * @param upTo the last place, included
     */
    public List<QueuedWrite> page(Entity entity, long after, long upTo, int limit) {
        return jdbc.query(
                "SELECT id, record_id FROM " + TABLE
                        + " WHERE migration = ? AND entity = ? AND id > ? AND id <= ? ORDER BY id LIMIT ?",
                (result, row) -> new QueuedWrite(result.getLong(1), result.getString(2)),
                run.migration(),
                entity.label(),
                after,
                upTo,
                limit);
    }

    /** Takes writes off the queue: legacy has them, or is not to get them. */
    public void remove(Collection<QueuedWrite> writes) {
        jdbc.batchUpdate(
                "DELETE FROM " + TABLE + " WHERE id = ?",
                writes,
                PAGE,
                (statement, write) -> statement.setLong(1, write.id()));
    }

    /** Leaves writes in the queue, with the reason; {@code detail} null: there is no more to say. */
    public void hold(Collection<QueuedWrite> writes, String because, @Nullable String detail) {
        jdbc.batchUpdate(
                "UPDATE " + TABLE + " SET held_because = ?, detail = ? WHERE id = ?",
                writes,
                PAGE,
                (statement, write) -> {
                    statement.setString(1, because);
                    statement.setString(2, detail == null ? null : storableText.of(detail));
                    statement.setLong(3, write.id());
                });
    }

    public Waiting waiting() {
        Map<@Nullable String, Long> counts = new LinkedHashMap<>();
        jdbc.query(
                "SELECT held_because, count(*) FROM " + TABLE
                        + " WHERE migration = ? GROUP BY held_because ORDER BY count(*) DESC, held_because",
                result -> {
                    counts.put(result.getString(1), result.getLong(2));
                },
                run.migration());
        long unseen = Objects.requireNonNullElse(counts.remove(null), 0L);
        return new Waiting(unseen, counts);
    }
}
