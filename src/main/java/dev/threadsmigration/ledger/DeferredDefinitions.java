package dev.threadsmigration.ledger;

import dev.threadsmigration.database.TableDefinition;
import dev.threadsmigration.database.TableDefinition.Kind;
import dev.threadsmigration.database.TableName;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The indexes and foreign keys that are off while a migration fills their tables; those that are back are forgotten. */
public final class DeferredDefinitions {

    private final JdbcTemplate jdbc;
    private final CurrentRun run;
    private final Clock clock;

    public DeferredDefinitions(DataSource target, CurrentRun run, Clock clock) {
        this.jdbc = new JdbcTemplate(target);
        this.run = run;
        this.clock = clock;
    }

    /** Notes that one is off; in the transaction that takes it off. */
    public void add(TableDefinition definition) {
        jdbc.update(
                """
                INSERT INTO threads_migration.deferred_definition
                    (migration, kind, table_schema, table_name, name, definition, deferred_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)""",
                run.migration(),
                definition.kind().name(),
                definition.table().schema(),
                definition.table().name(),
                definition.name(),
                definition.sql(),
                clock.instant().atOffset(ZoneOffset.UTC));
    }

    /** Those that are off, indexes first. */
    public List<TableDefinition> all() {
        return jdbc.query(
                """
                SELECT kind, table_schema, table_name, name, definition FROM threads_migration.deferred_definition
                WHERE migration = ? ORDER BY kind DESC, table_name, name""",
                (result, row) -> new TableDefinition(
                        Kind.valueOf(result.getString(1)),
                        new TableName(result.getString(2), result.getString(3)),
                        result.getString(4),
                        result.getString(5),
                        null,
                        null),
                run.migration());
    }

    /** Those that are off, for messages. */
    public List<String> names() {
        return all().stream().map(TableDefinition::toString).toList();
    }

    /** Notes that one is back; in the transaction that puts it back. */
    public void forget(TableDefinition definition) {
        jdbc.update(
                """
                DELETE FROM threads_migration.deferred_definition
                WHERE migration = ? AND kind = ? AND table_name = ? AND name = ?""",
                run.migration(),
                definition.kind().name(),
                definition.table().name(),
                definition.name());
    }
}
