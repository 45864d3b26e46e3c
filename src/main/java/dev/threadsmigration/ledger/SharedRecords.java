package dev.threadsmigration.ledger;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.model.Entity;
import java.sql.PreparedStatement;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Which records several entries of the ledger are about, of the current migration or of others. */
public final class SharedRecords {

    private final JdbcTemplate jdbc;
    private final TargetDialect dialect;
    private final CurrentRun run;

    public SharedRecords(DataSource target, TargetDialect dialect, CurrentRun run) {
        this.jdbc = new JdbcTemplate(target);
        this.dialect = dialect;
        this.run = run;
    }

    /** Those of these ids that a row of another migration became, or a row of this one which we moved. */
    public Set<UUID> moved(Entity entity, Collection<UUID> newIds) {
        Set<UUID> moved = new HashSet<>();
        everyEntry(entity, newIds, result -> {
            if (!result.getString(4).equals(run.migration())
                    || result.getString(5).equals("migrated")) {
                moved.add(result.getObject(1, UUID.class));
            }
        });
        return moved;
    }

    /** Those of these ids that rows of other migrations became, which moved them, and none of this one. */
    Set<UUID> ofOthers(Entity entity, Collection<UUID> newIds) {
        Set<UUID> others = new HashSet<>();
        Set<UUID> ours = new HashSet<>();
        everyEntry(entity, newIds, result -> {
            if (result.getString(4).equals(run.migration())) {
                ours.add(result.getObject(1, UUID.class));
            } else if (result.getString(5).equals("migrated")) {
                others.add(result.getObject(1, UUID.class));
            }
        });
        others.removeAll(ours);
        return others;
    }

    /** The ids of those of these entries whose records another row became, too, of this migration or of another one. */
    public Set<UUID> shared(Entity entity, List<MappedRow> entries) {
        Map<UUID, String> known = new HashMap<>();
        entries.forEach(entry -> known.put(entry.newId(), entry.mark()));
        Set<UUID> shared = new HashSet<>();
        everyEntry(entity, known.keySet(), result -> {
            UUID id = result.getObject(1, UUID.class);
            boolean isItself = result.getString(4).equals(run.migration())
                    && Ledger.mark(result.getInt(3), result.getString(2)).equals(known.get(id));
            if (!isItself) {
                shared.add(id);
            }
        });
        return shared;
    }

    /** Hands out the new id, legacy id, occurrence, migration and outcome of each entry of these ids, of whatever migration. */
    private void everyEntry(Entity entity, Collection<UUID> newIds, RowCallbackHandler row) {
        jdbc.query(
                connection -> {
                    PreparedStatement statement = connection.prepareStatement(
                            "SELECT m.new_id, m.legacy_id, m.occurrence, m.migration, m.outcome FROM "
                                    + dialect.rowsAmong("threads_migration.migration_mapping", "new_id", "uuid")
                                    + " AND m.entity = ?");
                    statement.setArray(1, dialect.uuids(connection, newIds));
                    statement.setString(2, entity.label());
                    return statement;
                },
                row);
    }
}
