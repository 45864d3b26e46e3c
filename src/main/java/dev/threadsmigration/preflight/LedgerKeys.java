package dev.threadsmigration.preflight;

import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.ledger.MigrationRegistry;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.legacy.LegacyTableFinder;
import dev.threadsmigration.model.Entity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether legacy rows are still told by the key under which the ledger has them. By another one it would know them no
 * longer: they would be counted twice, and a rollback would take them for deleted.
 */
final class LedgerKeys {

    private static final String SEPARATOR = ", ";

    private final MigrationProperties properties;
    private final MigrationRegistry registry;
    private final List<Check> checks;

    /** @param checks where what was found is added */
    LedgerKeys(MigrationProperties properties, MigrationRegistry registry, List<Check> checks) {
        this.properties = properties;
        this.registry = registry;
        this.checks = checks;
    }

    /** @param sources the legacy tables as they were found */
    void check(Connection source, Map<Entity, LegacyTableFinder.Found> sources) throws SQLException {
        for (Map.Entry<Entity, LegacyTableFinder.Found> found : sources.entrySet()) {
            LegacyTable table = found.getValue().table();
            if (table != null) {
                check(source, table);
                checkTable(source, table);
            }
        }
    }

    private void check(Connection source, LegacyTable table) throws SQLException {
        Entity entity = table.entity();
        Optional<String> earlier = registry.settingOfLastRun(properties.name(), "mapping." + entity.label() + ".key");
        String key = String.join(SEPARATOR, properties.mapping().get(entity).keyColumns());
        if (earlier.isEmpty()
                || earlier.get().equalsIgnoreCase(key)
                || !isThere(earlier.get(), TableInspector.columnsOf(source, table.from()))
                || !registry.hasOutcomes(properties.name(), entity)) {
            return;
        }
        checks.add(Check.failed(
                "legacy " + entity,
                "the key is %s (migration.mapping.%s.key), but the ledger has these records by %s: set that again. To go on by another key, first take the migration back, and forget it with rollback --purge"
                        .formatted(key, entity, earlier.get())));
    }

    /** Another table may be a view of the same rows, or hold others under the same keys: that only a person knows. */
    private void checkTable(Connection source, LegacyTable table) throws SQLException {
        Entity entity = table.entity();
        String now = properties.mapping().get(entity).table();
        Optional<String> earlier = registry.settingOfLastRun(properties.name(), "mapping." + entity.label() + ".table");
        if (now == null
                || earlier.isEmpty()
                || earlier.get().equalsIgnoreCase(now)
                || TableInspector.find(source, earlier.get()).isEmpty()
                || !registry.hasOutcomes(properties.name(), entity)) {
            return;
        }
        checks.add(Check.note(
                "legacy " + entity,
                "the table is %s (migration.mapping.%s.table), but the ledger has these records from %s: rows of the same key count as moved already, whatever they hold; validate tells whether they are the same"
                        .formatted(now, entity, earlier.get())));
    }

    /** A key whose columns are gone has most likely got another name, with the same values. */
    private static boolean isThere(String key, List<Column> columns) {
        return List.of(key.split(SEPARATOR)).stream()
                .allMatch(column -> Column.named(columns, column).isPresent());
    }
}
