package dev.threadsmigration.target;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whether target and ledger know of the same records of an entity; the one place that asks both in a statement. */
public final class LedgerAgreement {

    private final JdbcTemplate jdbc;
    private final TargetTable table;
    private final String oldSystem;

    /** @param oldSystem the marker that says which legacy system a thread came from; other entities carry none */
    public LedgerAgreement(DataSource target, TargetTable table, String oldSystem) {
        this.jdbc = new JdbcTemplate(target);
        this.table = table;
        this.oldSystem = oldSystem;
    }

    /** The ids of threads that carry our marker although no migration wrote or found them; at most {@code limit}. */
    public List<String> unexpected(int limit) {
        return jdbc.queryForList(unexpected() + " LIMIT " + limit, String.class, oldSystem);
    }

    public long countUnexpected() {
        Long count =
                jdbc.queryForObject("SELECT count(*) FROM (" + unexpected() + ") unexpected", Long.class, oldSystem);
        return count == null ? 0 : count;
    }

    private String unexpected() {
        return """
                SELECT %s FROM %s WHERE %s
                EXCEPT SELECT %s FROM threads_migration.migration_mapping WHERE entity = '%s'""".formatted(
                        table.quoted(Field.ID),
                        table.from(),
                        table.dialect().carriesMarker(table.quoted(Field.METADATA)),
                        table.asId("new_id"),
                        Entity.THREADS.label());
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
