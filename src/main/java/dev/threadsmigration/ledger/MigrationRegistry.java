package dev.threadsmigration.ledger;

import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The migrations that this target has seen. */
public final class MigrationRegistry {

    private final JdbcTemplate jdbc;

    public MigrationRegistry(DataSource target) {
        this.jdbc = new JdbcTemplate(target);
    }

    /**
     * A migration as it was first started.
     *
     * @param sourceIdentity which legacy database it moves
     */
    public record Registered(String name, String preset, UUID idNamespace, String sourceIdentity) {}

    public List<Registered> all() {
        return jdbc.query(
                "SELECT name, preset, id_namespace, source_identity FROM threads_migration.migration ORDER BY name",
                (result, row) -> new Registered(
                        result.getString(1),
                        result.getString(2),
                        result.getObject(3, UUID.class),
                        result.getString(4)));
    }

    public void add(Registered migration) {
        jdbc.update("""
                INSERT INTO threads_migration.migration (name, preset, id_namespace, source_identity)
                VALUES (?, ?, ?, ?)""", migration.name(), migration.preset(), migration.idNamespace(), migration.sourceIdentity());
    }
}
