package dev.threadsmigration.target;

import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whether target and ledger know of the same records of an entity; the one place that asks both in a statement. */
public final class LedgerAgreement {

    private static final int FETCHED_AT_ONCE = 1000;

    private final JdbcTemplate jdbc;
    private final TargetTable table;
    private final String oldSystem;

    /** @param oldSystem the marker that says which legacy system a thread came from; other entities carry none */
    public LedgerAgreement(DataSource target, TargetTable table, String oldSystem) {
        this.jdbc = new JdbcTemplate(target);
        this.jdbc.setFetchSize(FETCHED_AT_ONCE);
        this.table = table;
        this.oldSystem = oldSystem;
    }

    /**
     * Threads that carry our marker although no migration wrote or found them.
     *
     * @param count all of them
     * @param ids those of the first of them
     */
    public record Unexpected(long count, List<String> ids) {}

    /** @param limit how many ids are named at most */
    public Unexpected unexpected(int limit) {
        String marked = table.dialect().carriesMarker(table.columns().get(Field.METADATA));
        if (marked == null) {
            return unexpectedAmongRead(limit);
        }
        String unknown = unknown(marked);
        Long count = jdbc.queryForObject("SELECT count(*) FROM (" + unknown + ") unexpected", Long.class, oldSystem);
        return count == null || count == 0
                ? new Unexpected(0, List.of())
                : new Unexpected(count, jdbc.queryForList(unknown + " LIMIT " + limit, String.class, oldSystem));
    }

    /** Somebody else's metadata may be anything, so that only its text is looked for in SQL. */
    private Unexpected unexpectedAmongRead(int limit) {
        String metadata = table.quoted(Field.METADATA);
        List<String> ids = new ArrayList<>();
        AtomicLong count = new AtomicLong();
        jdbc.query(
                "SELECT %1$s, %2$s FROM %3$s WHERE %1$s IN (%4$s)"
                        .formatted(
                                table.quoted(Field.ID),
                                metadata,
                                table.from(),
                                unknown("CAST(" + metadata + " AS text) LIKE '%\"oldSystem\"%'")),
                row -> {
                    if (Content.isMarked(row.getString(2), oldSystem) && count.incrementAndGet() <= limit) {
                        ids.add(row.getString(1));
                    }
                });
        return new Unexpected(count.get(), ids);
    }

    /** The ids of threads of which this is true and the ledger knows nothing, as SQL. */
    private String unknown(String condition) {
        return """
                SELECT %s FROM %s WHERE %s
                EXCEPT SELECT %s FROM threads_migration.migration_mapping WHERE entity = '%s'""".formatted(
                        table.quoted(Field.ID), table.from(), condition, table.asId("new_id"), Entity.THREADS.label());
    }

    /**
     * Forgets the outcome of rows that only said the same as a record which is gone: what a rollback has taken away, their
     * record among it, is to be moved again.
     */
    public void forgetTwins(String migration) {
        jdbc.update(
                """
                DELETE FROM threads_migration.migration_mapping m
                WHERE m.migration = ? AND m.entity = ? AND m.outcome = 'duplicate'
                  AND NOT EXISTS (SELECT 1 FROM %s t WHERE t.%s = %s)""".formatted(table.from(), table.quoted(Field.ID), table.asId("m.new_id")),
                migration,
                table.entity().label());
    }
}
