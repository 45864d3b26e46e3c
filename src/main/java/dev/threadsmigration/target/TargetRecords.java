package dev.threadsmigration.target;

import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.TargetRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** Reads the target's rows as records. */
public final class TargetRecords {

    private final TargetTable table;
    private final String from;
    private final RecordReader reader;

    public TargetRecords(TargetTable table) {
        this(table, table.from());
    }

    /** @param from another table of the same columns, as SQL */
    TargetRecords(TargetTable table, String from) {
        this.table = table;
        this.from = from;
        this.reader = new RecordReader(table);
    }

    /** The records under these ids, by id; one statement. */
    public Map<UUID, TargetRecord> find(Connection connection, Collection<UUID> ids) throws SQLException {
        Map<UUID, TargetRecord> found = new HashMap<>();
        if (ids.isEmpty()) {
            return found;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT " + table.columnList() + " FROM " + from + " WHERE " + table.quoted(Field.ID) + " = ANY(?)")) {
            statement.setArray(1, connection.createArrayOf(table.idArrayType(Field.ID), table.idsToBind(ids)));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    TargetRecord record = reader.read(result);
                    found.put(record.id(), record);
                }
            }
        }
        return found;
    }
}
