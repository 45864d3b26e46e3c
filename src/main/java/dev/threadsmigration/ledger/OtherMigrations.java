package dev.threadsmigration.ledger;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.TargetRecord;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What other migrations have moved into the same target. */
public final class OtherMigrations {

    private final JdbcTemplate jdbc;
    private final SharedRecords shared;
    private final Ledger ledger;
    private final CurrentRun run;

    /** @param ledger of the current migration */
    public OtherMigrations(DataSource target, SharedRecords shared, Ledger ledger, CurrentRun run) {
        this.jdbc = new JdbcTemplate(target);
        this.shared = shared;
        this.ledger = ledger;
        this.run = run;
    }

    /**
     * The ids of those of these records that belong to another legacy database: a row of another migration became the record,
     * or one that it refers to, and no row of the current migration did.
     */
    public Set<UUID> theirs(Entity entity, Collection<TargetRecord> records) {
        if (records.isEmpty() || areNone()) {
            return Set.of();
        }
        Set<UUID> theirs =
                shared.ofOthers(entity, records.stream().map(TargetRecord::id).toList());
        for (Entity referenced : entity.references()) {
            if (ledger.any(referenced)) {
                Field reference = entity.referenceTo(referenced);
                Set<UUID> referencedOnes = shared.ofOthers(
                        referenced,
                        records.stream()
                                .map(record -> (UUID) record.get(reference))
                                .collect(Collectors.toSet()));
                records.stream()
                        .filter(record -> referencedOnes.contains(record.get(reference)))
                        .forEach(record -> theirs.add(record.id()));
            }
        }
        return theirs;
    }

    private boolean areNone() {
        return jdbc.queryForList("SELECT 1 FROM threads_migration.migration WHERE name <> ? LIMIT 1", run.migration())
                .isEmpty();
    }
}
