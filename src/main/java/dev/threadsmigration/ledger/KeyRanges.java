package dev.threadsmigration.ledger;

import dev.threadsmigration.model.Entity;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The key ranges of the current migration, frozen when they were first needed. */
public final class KeyRanges {

    private final JdbcTemplate jdbc;
    private final StorableText storableText;
    private final CurrentRun run;

    public KeyRanges(DataSource target, StorableText storableText, CurrentRun run) {
        this.jdbc = new JdbcTemplate(target);
        this.storableText = storableText;
        this.run = run;
    }

    /** What is divided. */
    public enum Divided {
        LEGACY("legacy table"),
        LEDGER("ledger"),
        /** What a rollback keeps. */
        KEPT("removed records");

        private final String words;

        Divided(String words) {
            this.words = words;
        }

        private String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** As a person calls it. */
        @Override
        public String toString() {
            return words;
        }
    }

    /** A range as it was frozen; see {@code legacy.KeyRange}. */
    public record Frozen(
            int ordinal, @Nullable String after, @Nullable String upTo) {}

    /** Whether a key can be the end of a range; one that no ledger can store is the end of none, and two ranges become one. */
    public boolean canHold(String key) {
        return storableText.has(key);
    }

    /** In their order; empty where none are frozen yet. */
    public List<Frozen> find(Divided divided, Entity entity) {
        return jdbc.query(
                """
                SELECT ordinal, after_key, up_to_key FROM threads_migration.key_range
                WHERE migration = ? AND divided = ? AND entity = ? ORDER BY ordinal""",
                (result, row) -> new Frozen(result.getInt(1), result.getString(2), result.getString(3)),
                run.migration(),
                divided.label(),
                entity.label());
    }

    /** Freezes all ranges of an entity, in the caller's transaction. */
    public void freeze(Divided divided, Entity entity, List<Frozen> ranges) {
        jdbc.batchUpdate(
                """
                INSERT INTO threads_migration.key_range (migration, divided, entity, ordinal, after_key, up_to_key)
                VALUES (?, ?, ?, ?, ?, ?)""",
                ranges.stream()
                        .map(range -> new @Nullable Object[] {
                            run.migration(),
                            divided.label(),
                            entity.label(),
                            range.ordinal(),
                            range.after(),
                            range.upTo()
                        })
                        .toList());
    }

    /** Forgets how something is divided, of which no run is under way, so that it is divided as it is now. */
    public void forget(Divided divided) {
        jdbc.update(
                "DELETE FROM threads_migration.key_range WHERE migration = ? AND divided = ?",
                run.migration(),
                divided.label());
    }

    /** Forgets all ranges, so that a migration that begins anew is divided anew. */
    public void forget() {
        jdbc.update("DELETE FROM threads_migration.key_range WHERE migration = ?", run.migration());
    }
}
