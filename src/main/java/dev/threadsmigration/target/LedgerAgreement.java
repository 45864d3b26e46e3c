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
        return jdbc.queryForList(sql("t." + threads.quoted(Field.ID)) + " LIMIT " + limit, String.class, oldSystem);
    }

    public long countUnexpected() {
        Long count = jdbc.queryForObject(sql("count(*)"), Long.class, oldSystem);
        return count == null ? 0 : count;
    }

    private String sql(String what) {
        String id = "t." + threads.quoted(Field.ID);
        String newId = threads.columns().get(Field.ID).isUuid() ? "m.new_id" : "CAST(m.new_id AS varchar)";
        return """
                SELECT %s FROM %s t WHERE %s AND NOT EXISTS (
                    SELECT 1 FROM threads_migration.migration_mapping m WHERE m.entity = '%s' AND %s = %s)""".formatted(
                        what,
                        threads.from(),
                        threads.dialect().carriesMarker("t." + threads.quoted(Field.METADATA)),
                        Entity.THREADS.label(),
                        newId,
                        id);
    }
}
