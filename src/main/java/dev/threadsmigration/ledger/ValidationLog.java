package dev.threadsmigration.ledger;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What validations found, kept with each chunk that was compared, so that a restart goes on where they stopped. */
public final class ValidationLog {

    private static final String UNEXPECTED = "unexpected";

    private final JdbcTemplate jdbc;
    private final StorableText storableText;
    private final CurrentRun run;

    public ValidationLog(DataSource target, StorableText storableText, CurrentRun run) {
        this.jdbc = new JdbcTemplate(target);
        this.storableText = storableText;
        this.run = run;
    }

    /**
     * Sums over parts of a validation.
     *
     * @param seen legacy rows that were read
     * @param unsettled those of them that the ledger knows nothing of
     * @param compared those that are migrated or duplicate
     * @param missing compared rows whose record is not in the target
     * @param different compared rows whose record is not what it must be
     */
    public record Totals(long seen, long unsettled, long compared, long missing, long different) {}

    /**
     * Adds what a chunk found.
     *
     * @param validation the validation's number, the same before and after a restart
     * @param part the key range or sample that the chunk belongs to
     * @param lost how many records have a field that the way back would make something else of
     */
    public void add(
            long validation,
            Entity entity,
            String part,
            Totals found,
            List<ValidationIssue> issues,
            Map<Field, Long> lost) {
        lost.forEach((field, records) -> addLost(validation, entity, part, field, records));
        int updated = jdbc.update(
                """
                UPDATE threads_migration.validation_result
                SET seen = seen + ?, unsettled = unsettled + ?, compared = compared + ?, missing = missing + ?, different = different + ?
                WHERE migration = ? AND run_id = ? AND entity = ? AND part = ?""",
                found.seen(),
                found.unsettled(),
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
                        (migration, run_id, entity, part, seen, unsettled, compared, missing, different)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                    run.migration(),
                    validation,
                    entity.label(),
                    part,
                    found.seen(),
                    found.unsettled(),
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
            statement.setString(4, storableText.of(issue.legacyId()));
            statement.setString(5, issue.kind());
            statement.setString(6, issue.field());
            statement.setString(7, storableText.of(issue.legacyValue()));
            statement.setString(8, storableText.of(issue.expected()));
            statement.setString(9, storableText.of(issue.found()));
        });
    }

    private void addLost(long validation, Entity entity, String part, Field field, long records) {
        int updated = jdbc.update("""
                UPDATE threads_migration.validation_lost SET records = records + ?
                WHERE migration = ? AND run_id = ? AND entity = ? AND part = ? AND field = ?""", records, run.migration(), validation, entity.label(), part, field.label());
        if (updated == 0) {
            jdbc.update("""
                    INSERT INTO threads_migration.validation_lost (migration, run_id, entity, part, field, records)
                    VALUES (?, ?, ?, ?, ?, ?)""", run.migration(), validation, entity.label(), part, field.label(), records);
        }
    }

    /** How many of the compared records would lose a field on the way back, by {@code entity.field}. */
    public Map<String, Long> lost(long validation) {
        Map<String, Long> lost = new TreeMap<>();
        jdbc.query(
                """
                SELECT entity, field, sum(records) FROM threads_migration.validation_lost
                WHERE migration = ? AND run_id = ? GROUP BY entity, field""",
                result -> {
                    lost.put(result.getString(1) + "." + result.getString(2), result.getLong(3));
                },
                run.migration(),
                validation);
        return lost;
    }

    /** Keeps records of the target that carry our marker but are not in the ledger: how many, and the first of them. */
    public void unexpected(long validation, long count, List<String> ids) {
        add(
                validation,
                Entity.THREADS,
                UNEXPECTED,
                new Totals(0, 0, 0, 0, 0),
                ids.stream()
                        .map(id -> new ValidationIssue(Entity.THREADS.label(), null, UNEXPECTED, null, null, null, id))
                        .toList(),
                Map.of());
        jdbc.update("""
                UPDATE threads_migration.validation_result SET unexpected = ?
                WHERE migration = ? AND run_id = ? AND part = ?""", count, run.migration(), validation, UNEXPECTED);
    }

    /** How many records carry our marker but are not in the ledger. */
    public long countUnexpected(long validation) {
        Long count = jdbc.queryForObject("""
                SELECT COALESCE(sum(unexpected), 0) FROM threads_migration.validation_result
                WHERE migration = ? AND run_id = ?""", Long.class, run.migration(), validation);
        return count == null ? 0 : count;
    }

    /** What was found of each entity. */
    public Map<Entity, Totals> totals(long validation) {
        Map<Entity, Totals> totals = new EnumMap<>(Entity.class);
        jdbc.query(
                """
                SELECT entity, sum(seen), sum(unsettled), sum(compared), sum(missing), sum(different)
                FROM threads_migration.validation_result WHERE migration = ? AND run_id = ? GROUP BY entity""",
                result -> {
                    totals.put(
                            Entity.of(result.getString(1)),
                            new Totals(
                                    result.getLong(2),
                                    result.getLong(3),
                                    result.getLong(4),
                                    result.getLong(5),
                                    result.getLong(6)));
                },
                run.migration(),
                validation);
        return totals;
    }

    /** Keeps how a query performed, in place of what was kept of it before. */
    public void add(long validation, QueryTiming timing) {
        jdbc.update(
                "DELETE FROM threads_migration.validation_query WHERE migration = ? AND run_id = ? AND name = ?",
                run.migration(),
                validation,
                timing.name());
        jdbc.update(
                """
                INSERT INTO threads_migration.validation_query
                    (migration, run_id, name, p50_ms, p95_ms, result_rows, plan, missing_index)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
                run.migration(),
                validation,
                timing.name(),
                timing.p50Ms(),
                timing.p95Ms(),
                timing.rows(),
                timing.plan(),
                timing.missingIndex());
    }

    public List<QueryTiming> queries(long validation) {
        return jdbc.query(
                """
                SELECT name, p50_ms, p95_ms, result_rows, plan, missing_index
                FROM threads_migration.validation_query WHERE migration = ? AND run_id = ? ORDER BY name""",
                (result, row) -> new QueryTiming(
                        result.getString(1),
                        result.getDouble(2),
                        result.getDouble(3),
                        result.getLong(4),
                        result.getString(5),
                        result.getString(6)),
                run.migration(),
                validation);
    }

    /** Forgets what a part found, so that it can begin anew. */
    public void forget(long validation, Entity entity, String part) {
        jdbc.update("""
                DELETE FROM threads_migration.validation_result
                WHERE migration = ? AND run_id = ? AND entity = ? AND part = ?""", run.migration(), validation, entity.label(), part);
        jdbc.update("""
                DELETE FROM threads_migration.validation_lost
                WHERE migration = ? AND run_id = ? AND entity = ? AND part = ?""", run.migration(), validation, entity.label(), part);
        jdbc.update(
                "DELETE FROM threads_migration.validation_issue WHERE migration = ? AND run_id = ? AND entity = ?",
                run.migration(),
                validation,
                entity.label());
    }

    /** Forgets all that a validation found, so that it can begin anew. */
    public void forget(long validation) {
        for (String table : List.of("validation_result", "validation_lost", "validation_issue", "validation_query")) {
            jdbc.update(
                    "DELETE FROM threads_migration." + table + " WHERE migration = ? AND run_id = ?",
                    run.migration(),
                    validation);
        }
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
