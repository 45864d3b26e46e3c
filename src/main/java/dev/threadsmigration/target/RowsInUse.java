package dev.threadsmigration.target;

import dev.threadsmigration.database.RowAges;
import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.database.TableInspector.ForeignKey;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
            TableInspector.foreignKeysTo(connection, table.name())
                    .forEach(key -> found.add(new Referring(key.table().name(), query(key))));
            referring = found.stream().distinct().toList();
        }
        return referring;
    }

    private String query(ForeignKey key) {
        String id = table.quoted(Field.ID);
        String from = key.table().quoted(table.dialect());
        List<String> columns =
                key.columns().stream().map(table.dialect()::quote).toList();
        List<String> referred =
                key.referred().stream().map(table.dialect()::quote).toList();
        if (referred.equals(List.of(id))) {
            // A row that refers to itself goes with itself.
            String others = from.equals(table.from()) ? " AND " + columns.get(0) + " <> " + id : "";
            return referring(from, columns.get(0)) + others;
        }
        // A foreign key may refer to another column that is unique, or to several that are so together.
        return "SELECT DISTINCT ours." + id + " FROM " + table.from() + " ours JOIN " + from + " theirs ON "
                + IntStream.range(0, columns.size())
                        .mapToObj(i -> "theirs." + columns.get(i) + " = ours." + referred.get(i))
                        .collect(Collectors.joining(" AND "))
                + " WHERE ours." + id + " = ANY(?)";
    }

    private static String referring(String from, String column) {
        return "SELECT DISTINCT " + column + " FROM " + from + " WHERE " + column + " = ANY(?)";
    }
}
