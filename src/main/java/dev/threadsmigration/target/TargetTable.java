package dev.threadsmigration.target;

import dev.threadsmigration.database.BulkColumn;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.TableName;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An entity's table in the target, as the database was found to be.
 *
 * @param columns the column of each field
 * @param extras columns beside the fields that are written, too
 */
public record TargetTable(
        Entity entity, TargetDialect dialect, TableName name, Map<Field, Column> columns, List<Column> extras) {

    public String from() {
        return name.quoted(dialect);
    }

    public String quoted(Field field) {
        return dialect.quote(columns.get(field).name());
    }

    /** The columns of all fields, in the order of {@link Entity#fields()}. */
    public String columnList() {
        return entity.fields().stream().map(this::quoted).collect(Collectors.joining(", "));
    }

    /** The same, of which no other column is written. */
    TargetTable withoutExtras() {
        return new TargetTable(entity, dialect, name, columns, List.of());
    }

    /** The columns that are written, in the order of {@link dev.threadsmigration.model.TargetRecord}'s values. */
    List<Column> writtenColumns() {
        return Stream.concat(entity.fields().stream().map(columns::get), extras.stream())
                .toList();
    }

    List<BulkColumn> bulkColumns() {
        return writtenColumns().stream().map(BulkColumn::of).toList();
    }

    /** What the text columns hold at most, by field. */
    public Map<Field, Integer> textSizes() {
        Map<Field, Integer> sizes = new EnumMap<>(Field.class);
        columns.forEach((field, column) -> {
            if (field.kind() == Field.Kind.TEXT && column.isText() && column.size() > 0) {
                sizes.put(field, column.size());
            }
        });
        return sizes;
    }

    /** Ids to bind to a parameter that is an array of {@link #idType}. */
    Array idArray(Connection connection, Collection<UUID> ids) throws SQLException {
        return columns.get(Field.ID).isUuid()
                ? dialect.uuids(connection, ids)
                : connection.createArrayOf(
                        idType(), ids.stream().map(UUID::toString).toArray(String[]::new));
    }

    /** A statement whose first parameter is an array of ids. */
    PreparedStatement withIds(Connection connection, String sql, Collection<UUID> ids) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            statement.setArray(1, idArray(connection, ids));
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /** A UUID in SQL, such as the ledger's, as one of our ids. */
    String asId(String uuid) {
        return columns.get(Field.ID).isUuid() ? uuid : "CAST(" + uuid + " AS varchar)";
    }

    /** The SQL type that ids are bound as. */
    String idType() {
        return columns.get(Field.ID).isUuid() ? "uuid" : "varchar";
    }
}
