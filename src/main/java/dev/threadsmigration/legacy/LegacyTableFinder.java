package dev.threadsmigration.legacy;

import dev.threadsmigration.config.EntityMapping;
import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.NearestWord;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.database.TableName;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds an entity's table and columns in the legacy database, and says what is not there. */
public final class LegacyTableFinder {

    private final Connection connection;
    private final Dialect dialect;

    public LegacyTableFinder(Connection connection, Dialect dialect) {
        this.connection = connection;
        this.dialect = dialect;
    }

    /**
     * What was found.
     *
     * @param table null where there are problems
     * @param rules the rules of the fields that have a value: those of absent preset columns are left out
     * @param problems each with what would mend it
     * @param absent columns that only the preset names and that are not there
     */
    public record Found(
            @Nullable LegacyTable table,
            @Nullable TableName name,
            Map<Field, FieldRule> rules,
            List<String> problems,
            List<String> absent) {}

    /**
     * @param preset the preset's own word on the entity; null where it has none
     * @return empty where only the preset names the table and it is not there
     */
    public Optional<Found> find(Entity entity, EntityMapping mapping, @Nullable EntityMapping preset)
            throws SQLException {
        Optional<TableName> name = Optional.empty();
        String from;
        if (mapping.query() != null) {
            from = "(" + mapping.query().strip().replaceFirst(";$", "") + "\n) legacy_rows";
        } else {
            String table = mapping.table() == null ? entity.label() : mapping.table();
            name = TableInspector.find(connection, table);
            if (name.isEmpty()) {
                return preset != null && table.equals(preset.table())
                        ? Optional.empty()
                        : Optional.of(problem("there is no table '%s' in the legacy database%s"
                                .formatted(table, NearestWord.hint(table, TableInspector.tableNames(connection)))));
            }
            from = name.get().quoted(dialect);
        }
        return Optional.of(columns(entity, mapping, preset, from, name.orElse(null)));
    }

    private Found columns(
            Entity entity, EntityMapping mapping, @Nullable EntityMapping preset, String from, @Nullable TableName name)
            throws SQLException {
        Map<String, Column> available = new LinkedHashMap<>();
        try {
            TableInspector.columnsOf(connection, from).forEach(column -> available.put(column.name(), column));
        } catch (SQLException e) {
            return problem("%s cannot be read: %s".formatted(from, e.getMessage()));
        }
        List<String> problems = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        Map<String, Column> read = new LinkedHashMap<>();
        List<String> key = mapping.key().isEmpty() ? List.of("id") : mapping.key();
        for (String column : key) {
            lookUp(available, column)
                    .ifPresentOrElse(
                            found -> read.put(found.name(), found),
                            () -> problems.add(missing(entity, "key", column, available)));
        }
        int keyWidth = read.size();
        Map<Field, FieldRule> rules = new EnumMap<>(Field.class);
        mapping.fields().forEach((field, rule) -> {
            boolean complete = true;
            for (String column : rule.columnsRead()) {
                Optional<Column> found = lookUp(available, column);
                if (found.isPresent()) {
                    read.put(found.get().name(), found.get());
                } else {
                    complete = false;
                    if (isOfPreset(preset, field, column) && !entity.requires(field)) {
                        absent.add(column);
                    } else {
                        problems.add(missing(entity, "fields." + field, column, available));
                    }
                }
            }
            if (complete) {
                rules.put(field, rule);
            }
        });
        key.stream()
                .flatMap(column -> lookUp(available, column).stream())
                .filter(column -> !LegacyKey.supports(column))
                .forEach(column -> problems.add("the key column %s of %s is of type %s, which cannot be paged by: "
                                .formatted(column.name(), from, column.describeType())
                        + "name a uuid, integer, decimal or text column under migration.mapping." + entity + ".key"));
        LegacyTable table = problems.isEmpty()
                ? new LegacyTable(entity, dialect, from, mapping.where(), List.copyOf(read.values()), keyWidth)
                : null;
        return new Found(table, name, rules, problems, absent);
    }

    private static boolean isOfPreset(@Nullable EntityMapping preset, Field field, String column) {
        FieldRule rule = preset == null ? null : preset.fields().get(field);
        return rule != null && rule.columnsRead().contains(column);
    }

    private static String missing(Entity entity, String key, String column, Map<String, Column> available) {
        return "there is no column '%s' (migration.mapping.%s.%s)%s It has: %s"
                .formatted(
                        column,
                        entity,
                        key,
                        NearestWord.to(column, available.keySet())
                                .map(nearest -> ", did you mean '" + nearest + "'?")
                                .orElse("."),
                        String.join(", ", available.keySet()));
    }

    private static Optional<Column> lookUp(Map<String, Column> available, String name) {
        Column exact = available.get(name);
        return exact != null
                ? Optional.of(exact)
                : available.values().stream()
                        .filter(column -> column.name().equalsIgnoreCase(name))
                        .findFirst();
    }

    private static Found problem(String problem) {
        return new Found(null, null, Map.of(), List.of(problem), List.of());
    }
}
