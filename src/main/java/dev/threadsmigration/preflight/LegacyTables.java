package dev.threadsmigration.preflight;

import dev.threadsmigration.config.EntityMapping;
import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.config.Presets;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.legacy.LegacyTableFinder;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds the legacy table of each entity that is to be moved. */
final class LegacyTables {

    private final MigrationProperties properties;
    private final Dialect dialect;
    private final List<Check> checks;

    /** @param checks where what was found is added */
    LegacyTables(MigrationProperties properties, Dialect dialect, List<Check> checks) {
        this.properties = properties;
        this.dialect = dialect;
        this.checks = checks;
    }

    /** What was found, also where it cannot be used; an entity without a table is absent. */
    Map<Entity, LegacyTableFinder.Found> find(Connection source) throws SQLException {
        Map<Entity, EntityMapping> preset = Presets.mapping(properties.preset());
        LegacyTableFinder finder = new LegacyTableFinder(source, dialect);
        Map<Entity, LegacyTableFinder.Found> sources = new EnumMap<>(Entity.class);
        List<Entity> named = properties.entities();
        for (Entity entity : named == null ? Arrays.asList(Entity.values()) : named) {
            EntityMapping mapping = properties.mapping().get(entity);
            Optional<LegacyTableFinder.Found> found =
                    mapping == null ? Optional.empty() : finder.find(entity, mapping, preset.get(entity));
            if (found.isPresent()) {
                sources.put(entity, found.get());
                note(entity, found.get());
                noteIdOfPreset(entity, mapping, preset.get(entity), found.get());
            } else {
                String missing = "there is no table '%s' in the legacy database"
                        .formatted(mapping == null ? entity : mapping.table());
                checks.add(
                        named == null
                                ? Check.note("legacy " + entity, missing + ", so " + entity + " are not moved")
                                : Check.failed(
                                        "legacy " + entity,
                                        missing + ". Name it under migration.mapping." + entity
                                                + ".table, or leave the entity out of migration.entities"));
            }
        }
        if (sources.isEmpty()) {
            checks.add(Check.failed(
                    "legacy tables",
                    "none of the preset's tables is there. They are in: %s"
                            .formatted(TableInspector.tableNames(source))));
        }
        return sources;
    }

    /** Who names another key may mean the id as well, for which the preset's column is there still. */
    private void noteIdOfPreset(
            Entity entity, EntityMapping mapping, EntityMapping preset, LegacyTableFinder.Found found) {
        FieldRule id = found.rules().get(Field.ID);
        List<String> key = mapping.key();
        if (id == null
                || key.equals(preset.key())
                || id.columnsRead().isEmpty()
                || id.columnsRead().equals(key)
                || !Objects.equals(
                        mapping.fields().get(Field.ID), preset.fields().get(Field.ID))) {
            return;
        }
        checks.add(Check.note(
                "legacy " + entity,
                "ids are made from %s, as the preset has it, not from the key %s: where references name the key, set migration.mapping.%s.fields.id.columns: [%s]"
                        .formatted(
                                String.join(", ", id.columnsRead()),
                                String.join(", ", key),
                                entity,
                                String.join(", ", key))));
    }

    private void note(Entity entity, LegacyTableFinder.Found found) {
        found.problems().forEach(problem -> checks.add(Check.failed("legacy " + entity, problem)));
        if (!found.absent().isEmpty()) {
            checks.add(Check.note(
                    "legacy " + entity,
                    "no column %s, so the fields that the preset takes from there have no value"
                            .formatted(String.join(", ", found.absent()))));
        }
    }
}
