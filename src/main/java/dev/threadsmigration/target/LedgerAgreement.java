package dev.threadsmigration.target;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Whether target and ledger know of the same records; the one place that asks both in a statement. */
public final class LedgerAgreement {

    private final JdbcTemplate jdbc;
    private final TargetTable threads;
    private final String oldSystem;

    /** @param threads only threads carry markers */
    public LedgerAgreement(DataSource target, TargetTable threads, String oldSystem) {
        this.jdbc = new JdbcTemplate(target);
        this.threads = threads;
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
                        threads.quoted(Field.ID),
                        threads.from(),
                        threads.dialect().carriesMarker(threads.quoted(Field.METADATA)),
                        threads.columns().get(Field.ID).isUuid() ? "new_id" : "CAST(new_id AS varchar)",
                        Entity.THREADS.label());
    }
}
