package dev.threadsmigration.target;

import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Metadata;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import dev.threadsmigration.model.TargetRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the target holds already under the ids of a chunk, and whether it is the same record. */
final class ExistingRecords {

    private final TargetTable table;
    private final RecordReader reader;
    private final String oldSystem;

    ExistingRecords(TargetTable table, String oldSystem) {
        this.table = table;
        this.reader = new RecordReader(table);
        this.oldSystem = oldSystem;
    }

    /** The records under these ids, by id; one statement. */
    Map<UUID, TargetRecord> find(Connection connection, Collection<UUID> ids) throws SQLException {
        Map<UUID, TargetRecord> found = new HashMap<>();
        if (ids.isEmpty()) {
            return found;
        }
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + table.columnList() + " FROM "
                + table.from() + " WHERE " + table.quoted(Field.ID) + " = ANY(?)")) {
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

    /** Whether the record that is there is this very one: it carries our marker for it, or says the same. */
    boolean isDuplicate(Accepted accepted, TargetRecord existing) {
        if (table.entity() == Entity.THREADS
                && existing.get(Field.METADATA) instanceof Metadata found
                && accepted.record().get(Field.METADATA) instanceof Metadata made
                && Content.isMarked(found, oldSystem, made.oldId())) {
            return true;
        }
        return Content.isSame(accepted.record(), existing);
    }

    Rejection taken(Accepted accepted, TargetRecord existing) {
        return new Rejection(
                RejectionCode.ID_TAKEN,
                Field.ID,
                "the target holds another %s under the id %s%s"
                        .formatted(table.entity().singular(), existing.id(), difference(accepted, existing)));
    }

    private static String difference(Accepted accepted, TargetRecord existing) {
        for (Field field : existing.entity().fields()) {
            Object ours = accepted.record().get(field);
            Object theirs = existing.get(field);
            if (field != Field.METADATA && !Objects.equals(ours, theirs)) {
                return ": its %s is %s, the legacy one's %s".formatted(field, shown(theirs), shown(ours));
            }
        }
        return ": its metadata differs";
    }

    private static String shown(@Nullable Object value) {
        if (value == null) {
            return "absent";
        }
        String text = value.toString();
        return "'" + (text.length() > 60 ? text.substring(0, text.offsetByCodePoints(0, 50)) + "…" : text) + "'";
    }
}
