package dev.threadsmigration.ledger;

import dev.threadsmigration.model.Entity;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What validations found, kept with each chunk that was compared, so that a restart goes on where they stopped. */
public final class ValidationLog {

    private final JdbcTemplate jdbc;
    private final CurrentRun run;

    public ValidationLog(DataSource target, CurrentRun run) {
        this.jdbc = new JdbcTemplate(target);
        this.run = run;
    }

    /** Sums over all parts of a validation. */
    public record Totals(long compared, long missing, long different) {}

    /**
     * Adds what a chunk found.
     *
     * @param validation the validation's number, the same before and after a restart
     * @param part the key range or sample that the chunk belongs to
     */
    public void add(long validation, Entity entity, String part, Totals found, List<ValidationIssue> issues) {
        int updated = jdbc.update(
                """
                UPDATE threads_migration.validation_result
                SET compared = compared + ?, missing = missing + ?, different = different + ?
                WHERE migration = ? AND run_id = ? AND entity = ? AND part = ?""",
                found.compared(),
                found.missing(),
                found.different(),
                run.migration(),
                validation,
                entity.label(),
                part);
        if (updated == 0) {
            jdbc.update(
                    """
                    INSERT INTO threads_migration.validation_result
                        (migration, run_id, entity, part, compared, missing, different)
                    VALUES (?, ?, ?, ?, ?, ?, ?)""",
                    run.migration(),
                    validation,
                    entity.label(),
                    part,
                    found.compared(),
                    found.missing(),
                    found.different());
        }
        jdbc.batchUpdate("""
                INSERT INTO threads_migration.validation_issue
                    (migration, run_id, entity, legacy_id, kind, field, legacy_value, expected, found)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""", issues, Math.max(1, issues.size()), (statement, issue) -> {
            statement.setString(1, run.migration());
            statement.setLong(2, validation);
            statement.setString(3, issue.entity());
            statement.setString(4, issue.legacyId());
            statement.setString(5, issue.kind());
            statement.setString(6, issue.field());
            statement.setString(7, issue.legacyValue());
            statement.setString(8, issue.expected());
            statement.setString(9, issue.found());
        });
    }

    public Totals totals(long validation) {
        return jdbc.queryForObject(
                """
                SELECT COALESCE(sum(compared), 0), COALESCE(sum(missing), 0), COALESCE(sum(different), 0)
                FROM threads_migration.validation_result WHERE migration = ? AND run_id = ?""",
                (result, row) -> new Totals(result.getLong(1), result.getLong(2), result.getLong(3)),
                run.migration(),
                validation);
    }

    public List<ValidationIssue> issues(long validation, int limit) {
        return jdbc.query(
                """
                SELECT entity, legacy_id, kind, field, legacy_value, expected, found
                FROM threads_migration.validation_issue WHERE migration = ? AND run_id = ? ORDER BY id LIMIT ?""",
                (result, row) -> new ValidationIssue(
                        result.getString(1),
                        result.getString(2),
                        result.getString(3),
                        result.getString(4),
                        result.getString(5),
                        result.getString(6),
                        result.getString(7)),
                run.migration(),
                validation,
                limit);
    }
}
