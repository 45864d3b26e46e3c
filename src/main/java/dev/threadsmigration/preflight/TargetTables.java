package dev.threadsmigration.preflight;

import dev.threadsmigration.config.EntityMapping;
import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.mapping.ExtraColumn;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.target.TargetTable;
import dev.threadsmigration.target.TargetTableFinder;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the target's table of each entity that is to be moved, or referred to. */
final class TargetTables {

    private final MigrationProperties properties;
    private final TargetDialect dialect;
    private final List<Check> checks;
    private final Map<Entity, TargetTable> tables = new EnumMap<>(Entity.class);
    private final Set<Entity> planned = EnumSet.noneOf(Entity.class);

    /** @param checks where what was found is added */
    TargetTables(MigrationProperties properties, TargetDialect dialect, List<Check> checks) {
        this.properties = properties;
        this.dialect = dialect;
        this.checks = checks;
    }

    /** Those that can be used. */
    Map<Entity, TargetTable> tables() {
        return tables;
    }

    /** The entities whose tables are not there yet, but will be created. */
    Set<Entity> planned() {
        return planned;
    }

    void find(Connection destination, Set<Entity> moved) throws SQLException {
        Set<Entity> needed = EnumSet.noneOf(Entity.class);
        for (Entity entity : moved) {
            needed.add(entity);
            needed.addAll(entity.references());
        }
        TargetTableFinder finder = new TargetTableFinder(destination, dialect, properties.target());
        for (Entity entity : needed) {
            TargetTableFinder.Found found =
                    finder.find(entity, extraRules(entity).keySet());
            found.problems().forEach(problem -> checks.add(Check.failed("target " + entity, problem)));
            if (found.table() != null) {
                tables.put(entity, found.table());
                checks.add(
                        found.planned()
                                ? Check.note("target " + entity, found.table().name() + " will be created")
                                : Check.ok(
                                        "target " + entity,
                                        found.table().name() + " has all columns that are written"));
                if (found.planned()) {
                    planned.add(entity);
                }
            }
        }
    }

    private Map<String, FieldRule> extraRules(Entity entity) {
        EntityMapping mapping = properties.mapping().get(entity);
        return mapping == null ? Map.of() : mapping.extra();
    }

    /** The columns of an entity's table, beside its fields, that are to be written. */
    List<ExtraColumn> extras(Entity entity) {
        TargetTable table = tables.get(entity);
        return table == null
                ? List.of()
                : table.extras().stream()
                        .map(column -> new ExtraColumn(column, ruleOf(extraRules(entity), column.name())))
                        .toList();
    }

    private static FieldRule ruleOf(Map<String, FieldRule> rules, String column) {
        return rules.entrySet().stream()
                .filter(rule -> rule.getKey().equalsIgnoreCase(column))
                .findFirst()
                .orElseThrow()
                .getValue();
    }
}
