package dev.threadsmigration.ledger;

import dev.threadsmigration.model.Entity;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
    public record Registered(String name, String preset, UUID idNamespace, String sourceIdentity) {

        /** What is said where another one begins that moves the same legacy database. */
        public String hasMoved() {
            return "migration '%s' has moved this legacy database into this target already".formatted(name);
        }

        /** The same, with what to do about it. */
        public String refusal() {
            return hasMoved()
                    + ": to go on with it set migration.name: %s; to start another one beside it set migration.allow-other-migrations: true"
                            .formatted(name);
        }
    }

    public List<Registered> all() {
        return jdbc.query(
                "SELECT name, preset, id_namespace, source_identity FROM threads_migration.migration ORDER BY name",
                (result, row) -> new Registered(
                        result.getString(1),
                        result.getString(2),
                        result.getObject(3, UUID.class),
                        result.getString(4)));
    }

    /** A setting as the audit log has it of the last run that moved records; empty where there is none. */
    public Optional<String> settingOfLastRun(String migration, String key) {
        Pattern setting = Pattern.compile("[{ ]" + Pattern.quote(key) + "=(.*?)(, [\\w.-]+=|}$)", Pattern.DOTALL);
        return jdbc.queryForList("""
                        SELECT settings FROM threads_migration.audit_log
                        WHERE migration = ? AND command IN ('migrate', 'retry') ORDER BY run_id DESC LIMIT 1""", String.class, migration).stream()
                .map(setting::matcher)
                .filter(Matcher::find)
                .map(matcher -> matcher.group(1))
                .findFirst();
    }

    /** Whether a record of the entity has its outcome. */
    public boolean hasOutcomes(String migration, Entity entity) {
        return Stream.of("migration_mapping", "rejected_record")
                .anyMatch(table -> !jdbc.queryForList(
                                "SELECT 1 FROM threads_migration." + table
                                        + " WHERE migration = ? AND entity = ? LIMIT 1",
                                migration,
                                entity.label())
                        .isEmpty());
    }

    public void remove(String migration) {
        jdbc.update("DELETE FROM threads_migration.migration WHERE name = ?", migration);
    }

    public void add(Registered migration) {
        jdbc.update("""
                INSERT INTO threads_migration.migration (name, preset, id_namespace, source_identity)
                VALUES (?, ?, ?, ?)""", migration.name(), migration.preset(), migration.idNamespace(), migration.sourceIdentity());
    }
}
