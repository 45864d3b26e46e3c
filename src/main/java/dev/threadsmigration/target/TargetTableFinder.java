package dev.threadsmigration.target;

import dev.threadsmigration.config.LayoutNames;
import dev.threadsmigration.config.NearestWord;
import dev.threadsmigration.config.TargetSettings;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.database.TableName;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.mapping.TargetTypes;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds an entity's table in the target by its layout, and says what is not as it must be. */
public final class TargetTableFinder {

    private final Connection connection;
    private final TargetDialect dialect;
    private final TargetSettings settings;

    public TargetTableFinder(Connection connection, TargetDialect dialect, TargetSettings settings) {
        this.connection = connection;
        this.dialect = dialect;
        this.settings = settings;
    }

    /**
     * What was found.
     *
     * @param table null where there are problems
     * @param problems each with what would mend it
     * @param planned whether the table is not there yet, but as it will be created
     */
    public record Found(@Nullable TargetTable table, List<String> problems, boolean planned) {}

    /** @param extras columns beside the entity's fields that are to be written */
    public Found find(Entity entity, Set<String> extras) throws SQLException {
        String wanted = tableName(settings, entity);
        Optional<TableName> table = TableInspector.find(connection, wanted);
        if (table.isEmpty() && settings.createTables()) {
            return extras.isEmpty()
                    ? new Found(NewTables.beside(connection, dialect, settings).planned(entity), List.of(), true)
                    : new Found(
                            null,
                            List.of("the table '%s' that create-tables makes has no column '%s': create it yourself"
                                    .formatted(wanted, String.join("', '", extras))),
                            false);
        }
        if (table.isEmpty()) {
            return new Found(
                    null,
                    List.of("there is no table '%s' in the target%s"
                                    .formatted(
                                            wanted, NearestWord.question(wanted, TableInspector.tableNames(connection)))
                            + " Create it, set migration.target.create-tables: true,"
                            + " or name it under migration.target.layout-names." + entity),
                    false);
        }
        return columns(entity, table.get(), extras);
    }

    /** Whether one of the entities' tables is there, and keeps its ids as texts. */
    boolean hasTextIds() throws SQLException {
        for (Entity entity : Entity.values()) {
            Optional<TableName> table = TableInspector.find(connection, tableName(settings, entity));
            if (table.isPresent()) {
                return Column.named(
                                TableInspector.columns(connection, table.get()), columnName(settings, entity, Field.ID))
                        .filter(Column::isText)
                        .isPresent();
            }
        }
        return false;
    }

    static String tableName(TargetSettings settings, Entity entity) {
        LayoutNames names = settings.layoutNames().get(entity);
        return names != null && names.table() != null
                ? names.table()
                : settings.layout().table(entity);
    }

    static String columnName(TargetSettings settings, Entity entity, Field field) {
        LayoutNames names = settings.layoutNames().get(entity);
        return names != null && names.columns().containsKey(field)
                ? names.columns().get(field)
                : settings.layout().column(field);
    }

    private Found columns(Entity entity, TableName name, Set<String> extras) throws SQLException {
        List<Column> available = TableInspector.columns(connection, name);
        List<String> problems = new ArrayList<>();
        Map<Field, Column> columns = new EnumMap<>(Field.class);
        for (Field field : entity.fields()) {
            String wanted = columnName(settings, entity, field);
            Optional<Column> found = Column.named(available, wanted);
            if (found.isEmpty()) {
                problems.add("%s has no column '%s' for %s%s Name it under migration.target.layout-names.%s.columns.%s"
                        .formatted(
                                name,
                                wanted,
                                field,
                                NearestWord.question(
                                        wanted,
                                        available.stream().map(Column::name).toList()),
                                entity,
                                field));
            } else if (!TargetTypes.hold(field.kind(), found.get())) {
                problems.add("%s.%s is of type %s, which cannot hold %s: use one of %s"
                        .formatted(
                                name,
                                found.get().name(),
                                found.get().describeType(),
                                field,
                                String.join(", ", new TreeSet<>(TargetTypes.of(field.kind())))));
            } else if (found.get().isComputed()) {
                problems.add(
                        "%s.%s is generated by the target, so the record's own %s cannot be written: ALTER TABLE %s ALTER COLUMN %s DROP EXPRESSION, or name another column under migration.target.layout-names.%s.columns.%s"
                                .formatted(
                                        name,
                                        found.get().name(),
                                        field,
                                        name,
                                        found.get().name(),
                                        entity,
                                        field));
            } else {
                columns.put(field, found.get());
            }
        }
        List<Column> written = extras(entity, name, available, extras, columns, problems);
        available.stream()
                .filter(column -> !column.nullable() && !column.hasDefault())
                .filter(column -> !columns.containsValue(column) && !written.contains(column))
                .filter(column -> problems.isEmpty())
                .forEach(column -> problems.add(
                        "%s.%s is NOT NULL without a default, and nothing is mapped to it: give it a default, or say under"
                                        .formatted(name, column.name())
                                + " migration.mapping.%s.extra what it gets, such as %s: { column: ... }"
                                        .formatted(entity, column.name())));
        return new Found(
                problems.isEmpty() ? new TargetTable(entity, dialect, name, columns, written) : null, problems, false);
    }

    private static List<Column> extras(
            Entity entity,
            TableName name,
            List<Column> available,
            Set<String> wanted,
            Map<Field, Column> fields,
            List<String> problems) {
        List<Column> extras = new ArrayList<>();
        for (String extra : wanted) {
            String key = "migration.mapping." + entity + ".extra." + extra;
            Optional<Column> found = Column.named(available, extra);
            if (found.isEmpty()) {
                List<String> names = available.stream().map(Column::name).toList();
                problems.add(
                        "%s has no column '%s' (%s)%s".formatted(name, extra, key, NearestWord.hint(extra, names)));
            } else if (fields.containsValue(found.get())) {
                problems.add("%s.%s is written from a field already (%s)".formatted(name, extra, key));
            } else if (found.get().isComputed()) {
                problems.add("%s.%s is generated by the target, and takes no value (%s): take it out"
                        .formatted(name, extra, key));
            } else if (TargetTypes.kindOf(found.get()) == null) {
                problems.add(
                        "%s.%s is of type %s, which no extra value can be (%s): use a text, a whole number, a boolean, a timestamp or a uuid"
                                .formatted(name, extra, found.get().describeType(), key));
            } else {
                extras.add(found.get());
            }
        }
        return extras;
    }
}
