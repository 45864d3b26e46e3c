package dev.threadsmigration.target;

import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Whether the records that an entity's records refer to are in the target, asked for a chunk at a time. */
final class References {

    private final Entity referenced;
    private final Field field;
    private final TargetTable table;
    private final Rejects rejects;
    private final boolean anyRejected;

    /** Ids that were found stay found: users are few beside their threads, so most chunks ask for none. */
    private final RememberedIds present = new RememberedIds();

    private final Map<UUID, String> rejected = new HashMap<>();

    References(TargetTable table, Field field, Rejects rejects) {
        this.referenced = table.entity();
        this.field = field;
        this.table = table;
        this.rejects = rejects;
        this.anyRejected = rejects.any(referenced);
    }

    /** Finds out about every reference of these records; where not all are there, {@link #problem} tells which. */
    boolean areAllThere(Connection connection, List<Accepted> records) throws SQLException {
        if (!present.hasRoomFor(records.size())) {
            present.clear();
        }
        rejected.clear();
        Set<UUID> unknown = new HashSet<>();
        for (Accepted accepted : records) {
            UUID id = reference(accepted);
            if (!present.contains(id)) {
                unknown.add(id);
            }
        }
        if (unknown.isEmpty()) {
            return true;
        }
        if (anyRejected) {
            rejected.putAll(rejects.among(referenced, unknown));
            unknown.removeAll(rejected.keySet());
        }
        Set<UUID> found = find(connection, unknown);
        found.forEach(present::add);
        return rejected.isEmpty() && found.size() == unknown.size();
    }

    /** Why a record that was looked at cannot be written; null where it can. */
    @Nullable
    Rejection problem(Accepted accepted) {
        UUID id = reference(accepted);
        if (rejected.containsKey(id)) {
            return rejection(
                    RejectionCode.alsoRejected(referenced),
                    id,
                    "was rejected itself: it is legacy's %s".formatted(rejected.get(id)));
        }
        return present.contains(id)
                ? null
                : rejection(RejectionCode.notFound(referenced), id, "is neither in the target nor among the migrated");
    }

    private Rejection rejection(RejectionCode code, UUID id, String what) {
        return new Rejection(code, field, "the %s %s %s".formatted(referenced.singular(), id, what));
    }

    private UUID reference(Accepted accepted) {
        return (UUID) Objects.requireNonNull(accepted.record().get(field));
    }

    /** Forgets what was found, since something of it turned out to be gone. */
    void forget() {
        present.clear();
    }

    private Set<UUID> find(Connection connection, Collection<UUID> ids) throws SQLException {
        Set<UUID> found = new HashSet<>();
        if (ids.isEmpty()) {
            return found;
        }
        String id = table.quoted(Field.ID);
        String sql = "SELECT " + id + " FROM " + table.from() + " WHERE " + id + " = ANY(?)";
        try (PreparedStatement statement = table.withIds(connection, sql, ids);
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                found.add(UUID.fromString(result.getString(1)));
            }
        }
        return found;
    }
}
