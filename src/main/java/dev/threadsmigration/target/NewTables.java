package dev.threadsmigration.target;

import dev.threadsmigration.config.TargetSettings;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.TableName;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of the target's layout, made as its documentation has them: types, foreign keys and indexes. */
public final class NewTables {

    private static final int NAMES = 255;
    private static final int TYPES = 50;

    private final TargetDialect dialect;
    private final TargetSettings settings;
    private final boolean textIds;

    private NewTables(TargetDialect dialect, TargetSettings settings, boolean textIds) {
        this.dialect = dialect;
        this.settings = settings;
        this.textIds = textIds;
    }

    /** Tables whose ids are of the kind that those have which are there already, or they could not refer to each other. */
    public static NewTables beside(Connection connection, TargetDialect dialect, TargetSettings settings)
            throws SQLException {
        return new NewTables(dialect, settings, new TargetTableFinder(connection, dialect, settings).hasTextIds());
    }

    /** The table as it will be. */
    TargetTable planned(Entity entity) {
        Map<Field, Column> columns = new EnumMap<>(Field.class);
        entity.fields().forEach(field -> columns.put(field, column(entity, field)));
        return new TargetTable(entity, dialect, name(entity), columns, List.of());
    }

    private TableName name(Entity entity) {
        String name = TargetTableFinder.tableName(settings, entity);
        int dot = name.indexOf('.');
        return new TableName(dot < 0 ? null : spelt(name.substring(0, dot)), spelt(name.substring(dot + 1)));
    }

    /** Names in lower case are spelt as the database spells what is not quoted, so that people need not quote either. */
    private String spelt(String identifier) {
        return identifier.equals(identifier.toLowerCase(Locale.ROOT)) ? dialect.fold(identifier) : identifier;
    }

    private Column column(Entity entity, Field field) {
        String name = spelt(TargetTableFinder.columnName(settings, entity, field));
        return switch (field.kind()) {
            case ID ->
                textIds
                        ? new Column(name, Types.VARCHAR, "varchar", NAMES, nullable(field), Column.Fill.NONE)
                        : new Column(name, Types.OTHER, "uuid", 0, nullable(field), Column.Fill.NONE);
            case TEXT -> new Column(name, Types.VARCHAR, "varchar", longest(field), nullable(field), Column.Fill.NONE);
            case INSTANT -> new Column(name, Types.TIMESTAMP, "timestamp", 0, false, Column.Fill.DEFAULT);
            case METADATA -> new Column(name, Types.OTHER, dialect.jsonType(), 0, true, Column.Fill.NONE);
            case BOOLEAN -> new Column(name, Types.BOOLEAN, "boolean", 0, true, Column.Fill.NONE);
            case INTEGER -> new Column(name, Types.INTEGER, "integer", 0, true, Column.Fill.NONE);
        };
    }

    private static boolean nullable(Field field) {
        return switch (field) {
            case ID, USER_ID, THREAD_ID, NAME, TYPE -> false;
            default -> true;
        };
    }

    /** 0: any length. */
    private static int longest(Field field) {
        return switch (field) {
            case VALUE, COMMENT -> 0;
            case TYPE -> TYPES;
            default -> NAMES;
        };
    }

    /** Creates the tables of these entities, which are not there yet, in the caller's transaction. */
    public void create(Connection connection, Collection<Entity> entities) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (Entity entity : entities.stream().sorted().toList()) {
                TargetTable table = planned(entity);
                statement.execute(createTable(table));
                // Indexes first: H2 would make one of its own for a foreign key that finds none.
                for (Field field : indexed(entity)) {
                    statement.execute(createIndex(table, field));
                }
                for (Entity referenced : entity.references()) {
                    statement.execute(foreignKey(table, planned(referenced)));
                }
            }
        }
    }

    private String createTable(TargetTable table) {
        String columns = table.entity().fields().stream()
                .map(field -> table.quoted(field) + " "
                        + definition(field, table.columns().get(field)))
                .collect(Collectors.joining(",\n    "));
        return "CREATE TABLE %s (\n    %s\n)".formatted(table.from(), columns);
    }

    private String definition(Field field, Column column) {
        String type = column.isText() ? dialect.textType(column.size()) : column.typeName();
        if (field == Field.ID) {
            return type + " PRIMARY KEY";
        }
        return type
                + (column.hasDefault() ? " DEFAULT CURRENT_TIMESTAMP" : "")
                + (column.nullable() ? "" : " NOT NULL");
    }

    private static List<Field> indexed(Entity entity) {
        return switch (entity) {
            case USERS -> List.of();
            case THREADS -> List.of(Field.USER_ID, Field.ORGANIZATION_ID, Field.TENANT_ID, Field.CREATED_AT);
            case FEEDBACK -> List.of(Field.THREAD_ID, Field.USER_ID);
        };
    }

    private String createIndex(TargetTable table, Field field) {
        return "CREATE INDEX %s ON %s (%s%s)"
                .formatted(
                        dialect.quote(objectName(table, field, "idx")),
                        table.from(),
                        table.quoted(field),
                        field == Field.CREATED_AT ? " DESC" : "");
    }

    private String foreignKey(TargetTable table, TargetTable referenced) {
        Field field = table.entity().referenceTo(referenced.entity());
        return "ALTER TABLE %s ADD CONSTRAINT %s FOREIGN KEY (%s) REFERENCES %s (%s) ON DELETE CASCADE"
                .formatted(
                        table.from(),
                        dialect.quote(objectName(table, field, "fkey")),
                        table.quoted(field),
                        referenced.from(),
                        referenced.quoted(Field.ID));
    }

    private static String objectName(TargetTable table, Field field, String what) {
        return "%s_%s_%s"
                .formatted(table.name().name(), table.columns().get(field).name(), what);
    }
}
