package dev.threadsmigration.target;

import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.TargetRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Reads the target's rows as records. */
public final class TargetRecords {

    /** Java's own order takes the two halves of a UUID as signed numbers. */
    private static final Comparator<UUID> BY_BYTES = (one, other) -> {
        int order = Long.compareUnsigned(one.getMostSignificantBits(), other.getMostSignificantBits());
        return order != 0
                ? order
                : Long.compareUnsigned(one.getLeastSignificantBits(), other.getLeastSignificantBits());
    };

    private final TargetTable table;
    private final RecordReader reader;

    public TargetRecords(TargetTable table) {
        this.table = table;
        this.reader = new RecordReader(table);
    }

    /** The records under these ids, by id. */
    public Map<UUID, TargetRecord> find(Connection connection, Collection<UUID> ids) throws SQLException {
        return find(connection, ids, "");
    }

    /** The same, locked until the end of the transaction, so that nobody changes them or begins to refer to them. */
    public Map<UUID, TargetRecord> lock(Connection connection, Collection<UUID> ids) throws SQLException {
        return find(connection, ids, " FOR UPDATE");
    }

    private Map<UUID, TargetRecord> find(Connection connection, Collection<UUID> ids, String locked)
            throws SQLException {
        Map<UUID, TargetRecord> found = new HashMap<>();
        if (areNone(connection, ids)) {
            return found;
        }
        String sql = "SELECT " + table.columnList() + " FROM " + table.from() + " WHERE " + table.quoted(Field.ID)
                + " = ANY(?)" + locked;
        try (PreparedStatement statement = table.withIds(connection, sql, ids);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                TargetRecord record = reader.read(result);
                found.put(record.id(), record);
            }
        }
        return found;
    }

    /** Whether one look tells that none of these is there; false where it does not tell. */
    boolean areNone(Connection connection, Collection<UUID> ids) throws SQLException {
        return ids.isEmpty() || ids.size() > 1 && areOutsideOfAll(connection, ids);
    }

    /**
     * Whether the table holds nothing between the lowest and the highest of these ids. Ids that stay as they are come in the
     * order of their index, so that a look at one place of it tells that all of them are new.
     */
    private boolean areOutsideOfAll(Connection connection, Collection<UUID> ids) throws SQLException {
        if (!table.dialect().ordersUuidsByBytes()
                || !table.columns().get(Field.ID).isUuid()) {
            return false;
        }
        String id = table.quoted(Field.ID);
        // In the order of the index, or the planner would think that it meets one of many rows by reading on.
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT " + id + " FROM " + table.from() + " WHERE " + id + " >= ? ORDER BY " + id + " LIMIT 1")) {
            statement.setObject(1, Collections.min(ids, BY_BYTES));
            try (ResultSet result = statement.executeQuery()) {
                return !result.next()
                        || BY_BYTES.compare(result.getObject(1, UUID.class), Collections.max(ids, BY_BYTES)) > 0;
            }
        }
    }
}
