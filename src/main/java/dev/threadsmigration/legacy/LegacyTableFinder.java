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
import java.util.function.Function;
import java.util.stream.Collectors;
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
            from = "(" + query(mapping.query()) + "\n) legacy_rows";
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
            Map<String, Column> inCatalogue = inCatalogue(name);
            for (Column column : TableInspector.columnsOf(connection, from)) {
                if (available.put(column.name(), understood(column, inCatalogue.get(column.name()))) != null) {
                    return problem(repeated(entity, column.name()));
                }
            }
            Optional<String> repeated = mapping.query() == null
                    ? Optional.empty()
                    : TableInspector.repeatedColumn(connection, query(mapping.query()));
            if (repeated.isPresent()) {
                return problem(repeated(entity, repeated.get()));
            }
        } catch (SQLException e) {
            return problem("%s cannot be read: %s%s"
                    .formatted(
                            mapping.query() == null ? from : "migration.mapping." + entity + ".query",
                            e.getMessage().strip().replaceAll("\\s*\\n\\s*", "; "),
                            dialect.errors().isForbidden(e) ? missingRight(name) : ""));
        }
        List<String> problems = new ArrayList<>(where(mapping, entity, from));
        List<String> absent = new ArrayList<>();
        Map<String, Column> read = new LinkedHashMap<>();
        List<String> key = mapping.keyColumns();
        for (String column : key) {
            Column found = Column.named(available.values(), column).orElse(null);
            if (found == null) {
                problems.add(missing(entity, "key", column, available));
            } else {
                available.put(found.name(), dialect.keyColumn(connection, from, name, found));
                read.put(found.name(), available.get(found.name()));
            }
        }
        int keyWidth = read.size();
        Map<Field, FieldRule> rules = new EnumMap<>(Field.class);
        Map<Field, FieldRule> wanted = new EnumMap<>(Field.class);
        wanted.putAll(mapping.fields());
        // A job file that names another key need not say that the id is read from there.
        if (idOnlyOfPreset(mapping, preset, available)) {
            wanted.put(Field.ID, FieldRule.ofColumns(key));
        }
        wanted.forEach((field, rule) -> {
            FieldRule usable = rule;
            for (String column : rule.columnsRead()) {
                Optional<Column> found = Column.named(available.values(), column);
                if (found.isPresent()) {
                    read.put(found.get().name(), found.get());
                    FieldTypes.problem(field, rule, column, found.get())
                            .ifPresent(problem -> problems.add(
                                    problem + " (migration.mapping.%s.fields.%s)".formatted(entity, field)));
                } else {
                    usable = usable.without(column);
                    if (isOfPreset(preset, field, column) && !entity.requires(field)) {
                        absent.add(column);
                    } else {
                        String problem = missing(entity, "fields." + field, column, available);
                        problems.add(
                                isOfPreset(preset, field, column)
                                        ? problem
                                                + ". Name the column that has it, or the value of every record under constant"
                                        : problem);
                    }
                }
            }
            if (usable == rule && !rule.isUnset() || !usable.columnsRead().isEmpty()) {
                rules.put(field, usable);
            }
        });
        mapping.extra().forEach((target, rule) -> {
            for (String column : rule.columnsRead()) {
                Column.named(available.values(), column)
                        .ifPresentOrElse(
                                found -> read.put(found.name(), found),
                                () -> problems.add(missing(entity, "extra." + target, column, available)));
            }
        });
        key.stream()
                .flatMap(column -> Column.named(available.values(), column).stream())
                .filter(column -> !LegacyKey.supports(column))
                .forEach(column -> problems.add("the key column %s of %s is of type %s, which cannot be paged by: "
                                .formatted(column.name(), from, column.describeType())
                        + "name a uuid, integer, decimal or text column under migration.mapping." + entity + ".key"));
        LegacyTable table = problems.isEmpty()
                ? new LegacyTable(entity, dialect, from, name, mapping.where(), List.copyOf(read.values()), keyWidth)
                : null;
        return new Found(table, name, rules, problems, absent);
    }

    private Map<String, Column> inCatalogue(@Nullable TableName name) throws SQLException {
        return name == null
                ? Map.of()
                : TableInspector.columns(connection, name).stream()
                        .collect(Collectors.toMap(Column::name, Function.identity()));
    }

    private Column understood(Column column, @Nullable Column inCatalogue) {
        if (inCatalogue == null) {
            return dialect.understand(column);
        }
        Column understood = dialect.understand(column, inCatalogue);
        return inCatalogue.isComputed() ? understood.withFill(Column.Fill.ALWAYS) : understood;
    }

    private String missingRight(@Nullable TableName name) throws SQLException {
        if (name == null) {
            return ". Let the user read what it names: GRANT SELECT ON ... TO " + dialect.grantee(connection);
        }
        String rights = dialect.rightsToRead(connection, name);
        return rights.isEmpty() ? "" : ": " + rights;
    }

    private static String query(String text) {
        return text.strip().replaceFirst(";$", "");
    }

    private List<String> where(EntityMapping mapping, Entity entity, String from) {
        if (mapping.where() == null) {
            return List.of();
        }
        try {
            TableInspector.columnsOf(connection, from, "(" + mapping.where() + "\n) AND ");
            return List.of();
        } catch (SQLException e) {
            return List.of("migration.mapping.%s.where cannot be used: %s"
                    .formatted(entity, e.getMessage().strip()));
        }
    }

    private static String repeated(Entity entity, String column) {
        return "migration.mapping.%s.query returns two columns of the name '%s': give one of them another with AS"
                .formatted(entity, column);
    }

    private static boolean idOnlyOfPreset(
            EntityMapping mapping, @Nullable EntityMapping preset, Map<String, Column> available) {
        FieldRule rule = mapping.fields().get(Field.ID);
        return rule == null
                || rule.constant() == null
                        && rule.columnsRead().stream()
                                .allMatch(column -> isOfPreset(preset, Field.ID, column)
                                        && Column.named(available.values(), column)
                                                .isEmpty());
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
                        NearestWord.question(column, available.keySet()),
                        String.join(", ", available.keySet()));
    }

    private static Found problem(String problem) {
        return new Found(null, null, Map.of(), List.of(problem), List.of());
    }
}
