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
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the target holds already under the ids of a chunk, and whether it is the same record. */
final class ExistingRecords {

    /** No legacy id: PostgreSQL stores no such character. */
    private static final String UNMARKED = "\u0000";

    private final TargetTable table;
    private final String oldSystem;
    private final TargetRecords records;
    private final @Nullable String markedId;
    /** Whether the chunk before was wholly there with our markers: then this one probably is, and one number tells. */
    private boolean allWereMarked = true;

    ExistingRecords(TargetTable table, String oldSystem) {
        this.table = table;
        this.oldSystem = oldSystem;
        this.records = new TargetRecords(table);
        this.markedId = table.entity() == Entity.THREADS
                ? table.dialect().markedId(table.columns().get(Field.METADATA))
                : null;
    }

    /**
     * What is there under the ids of a chunk.
     *
     * @param marked records that are there with our marker for them; their rows were not read
     * @param others the other rows, by id
     */
    record Found(Set<Accepted> marked, Map<UUID, TargetRecord> others) {

        boolean holds(Accepted accepted) {
            return marked.contains(accepted)
                    || others.containsKey(accepted.record().id());
        }
    }

    /** Looks for all of them. A row that is known by its marker is not read, which is most of the work. */
    Found find(Connection connection, List<Accepted> accepted) throws SQLException {
        List<UUID> ids = accepted.stream().map(record -> record.record().id()).toList();
        if (markedId == null) {
            return new Found(Set.of(), records.find(connection, ids));
        }
        if (records.areNone(connection, ids)) {
            return new Found(Set.of(), Map.of());
        }
        Set<Accepted> marked = Collections.newSetFromMap(new IdentityHashMap<>(accepted.size()));
        if (allWereMarked && marked(connection, ids, accepted) == accepted.size()) {
            marked.addAll(accepted);
            return new Found(marked, Map.of());
        }
        Map<UUID, String> oldIds = oldIds(connection, ids);
        List<UUID> unknown = new ArrayList<>();
        for (Accepted record : accepted) {
            String oldId = oldIds.get(record.record().id());
            if (oldId != null && oldId.equals(oldId(record))) {
                marked.add(record);
            } else if (oldId != null) {
                unknown.add(record.record().id());
            }
        }
        allWereMarked = marked.size() == accepted.size();
        return new Found(marked, records.find(connection, unknown));
    }

    /** How many of these are there with our marker for them. */
    private long marked(Connection connection, List<UUID> ids, List<Accepted> accepted) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                """
                SELECT count(*) FROM unnest(CAST(? AS %s[]), CAST(? AS text[])) AS wanted (id, old_id)
                JOIN %s target ON target.%s = wanted.id WHERE %s = wanted.old_id
                """.formatted(table.idType(), table.from(), table.quoted(Field.ID), markedId))) {
            statement.setArray(1, table.idArray(connection, ids));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "text",
                            accepted.stream().map(ExistingRecords::oldId).toArray(String[]::new)));
            statement.setString(3, oldSystem);
            try (ResultSet result = statement.executeQuery()) {
                result.next();
                return result.getLong(1);
            }
        }
    }

    /** The legacy ids that our markers name, by id; {@link #UNMARKED} for a row without our marker. */
    private Map<UUID, String> oldIds(Connection connection, List<UUID> ids) throws SQLException {
        Map<UUID, String> oldIds = new HashMap<>();
        String id = table.quoted(Field.ID);
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT " + id + ", " + markedId + " FROM " + table.from() + " WHERE " + id + " = ANY(?)")) {
            statement.setString(1, oldSystem);
            statement.setArray(2, table.idArray(connection, ids));
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    oldIds.put(
                            UUID.fromString(result.getString(1)),
                            Objects.requireNonNullElse(result.getString(2), UNMARKED));
                }
            }
        }
        return oldIds;
    }

    private static @Nullable String oldId(Accepted accepted) {
        return accepted.record().get(Field.METADATA) instanceof Metadata made ? made.oldId() : null;
    }

    /** Whether the record that is there is this very one: it carries our marker for it, or says the same. */
    boolean isDuplicate(Accepted accepted, TargetRecord existing) {
        if (table.entity() == Entity.THREADS
                && existing.get(Field.METADATA) instanceof Metadata found
                && Content.isMarked(found, oldSystem, oldId(accepted))) {
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
