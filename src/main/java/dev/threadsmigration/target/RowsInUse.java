package dev.threadsmigration.target;

import dev.threadsmigration.database.RowAges;
import dev.threadsmigration.database.TableName;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.TargetRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Rows that are about to be removed: whether somebody has changed them, and whether others need them. */
public final class RowsInUse {

    private final TargetTable table;
    private final Collection<TargetTable> tables;
    private @Nullable List<Referring> referring;

    /** @param tables all entities' tables, whose references need our rows also where no foreign key says so */
    public RowsInUse(TargetTable table, Collection<TargetTable> tables) {
        this.table = table;
        this.tables = tables;
    }

    /**
     * Rows of the target that nobody changes, or begins to refer to, before the end of the transaction.
     *
     * @param untouched ids of rows that nobody has written since the horizon
     * @param others the other rows
     */
    public record Locked(Set<UUID> untouched, Map<UUID, TargetRecord> others) {}

    /** @param horizon as {@link Horizon#now} gave it; null: every row is read */
    public Locked lock(Connection connection, Collection<UUID> ids, @Nullable Long horizon) throws SQLException {
        TargetRecords records = new TargetRecords(table);
        RowAges ages = table.dialect().rowAges();
        if (horizon == null || ages == null) {
            return new Locked(Set.of(), records.lock(connection, ids));
        }
        Set<UUID> untouched = new HashSet<>();
        List<UUID> younger = new ArrayList<>();
        String id = table.quoted(Field.ID);
        String sql = "SELECT " + id + ", " + ages.ageOfRow() + " > " + ageAt(connection, ages, horizon) + " FROM "
                + table.from() + " WHERE " + id + " = ANY(?) FOR UPDATE";
        try (PreparedStatement statement = table.withIds(connection, sql, ids);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                UUID newId = UUID.fromString(result.getString(1));
                (result.getBoolean(2) ? untouched : younger).add(newId);
            }
        }
        return new Locked(untouched, records.find(connection, younger));
    }

    private static long ageAt(Connection connection, RowAges ages, long horizon) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ages.ageAtHorizonQuery())) {
            statement.setLong(1, horizon);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** Those of these rows that other rows of the target refer to, with the tables that these are in. */
    public Map<UUID, String> needed(Connection connection, Collection<UUID> ids) throws SQLException {
        Map<UUID, String> needed = new HashMap<>();
        for (Referring referring : referring(connection)) {
            try (PreparedStatement statement = table.withIds(connection, referring.query(), ids);
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    needed.put(UUID.fromString(rows.getString(1)), referring.table());
                }
            }
        }
        return needed;
    }

    /** A table that refers to ours, and the query for the ids that it needs. */
    private record Referring(String table, String query) {}

    private List<Referring> referring(Connection connection) throws SQLException {
        if (referring == null) {
            List<Referring> found = new ArrayList<>();
            for (TargetTable other : tables) {
                if (other.entity().references().contains(table.entity())) {
                    Field reference = other.entity().referenceTo(table.entity());
                    found.add(new Referring(other.name().name(), referring(other.from(), other.quoted(reference))));
                }
            }
            foreignKeys(connection)
                    .forEach((key, pairs) -> found.add(new Referring(key.table().name(), query(key, pairs))));
            referring = found.stream().distinct().toList();
        }
        return referring;
    }

    /** A foreign key of another table to ours. */
    private record ForeignKey(TableName table, @Nullable String name) {}

    /** A column of a foreign key, and the one of ours that it refers to; both quoted. */
    private record Pair(String column, String referred) {}

    /** The foreign keys to our table, each with all its columns. */
    private Map<ForeignKey, List<Pair>> foreignKeys(Connection connection) throws SQLException {
        Map<ForeignKey, List<Pair>> found = new LinkedHashMap<>();
        TableName name = table.name();
        try (ResultSet keys =
                connection.getMetaData().getExportedKeys(connection.getCatalog(), name.schema(), name.name())) {
            while (keys.next()) {
                TableName from = new TableName(keys.getString("FKTABLE_SCHEM"), keys.getString("FKTABLE_NAME"));
                found.computeIfAbsent(new ForeignKey(from, keys.getString("FK_NAME")), key -> new ArrayList<>())
                        .add(new Pair(
                                table.dialect().quote(keys.getString("FKCOLUMN_NAME")),
                                table.dialect().quote(keys.getString("PKCOLUMN_NAME"))));
            }
        }
        return found;
    }

    private String query(ForeignKey key, List<Pair> pairs) {
        String id = table.quoted(Field.ID);
        String from = key.table().quoted(table.dialect());
        if (pairs.size() == 1 && pairs.get(0).referred().equals(id)) {
            return referring(from, pairs.get(0).column());
        }
        // A foreign key may refer to another column that is unique, or to several that are so together.
        return "SELECT DISTINCT ours." + id + " FROM " + table.from() + " ours JOIN " + from + " theirs ON "
                + pairs.stream()
                        .map(pair -> "theirs." + pair.column() + " = ours." + pair.referred())
                        .collect(Collectors.joining(" AND "))
                + " WHERE ours." + id + " = ANY(?)";
    }

    private static String referring(String from, String column) {
        return "SELECT DISTINCT " + column + " FROM " + from + " WHERE " + column + " = ANY(?)";
    }
}
