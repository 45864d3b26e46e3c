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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Whether the records that an entity's records refer to are in the target, asked for a chunk at a time. Ids that were found
 * are remembered for all key ranges of a run: users are few beside their threads, so most chunks ask for none.
 */
public final class References {

    private final Entity referenced;
    private final Field field;
    private final TargetTable table;
    private final Rejects rejects;
    private final boolean anyRejected;
    private final RememberedIds present = new RememberedIds();

    private References(TargetTable table, Field field, Rejects rejects) {
        this.referenced = table.entity();
        this.field = field;
        this.table = table;
        this.rejects = rejects;
        this.anyRejected = rejects.any(referenced);
    }

    /**
     * What an entity's records refer to; to be made when the referenced records have their outcomes.
     *
     * @param tables all entities' tables
     */
    public static List<References> of(Entity entity, Map<Entity, TargetTable> tables, Rejects rejects) {
        return entity.references().stream()
                .map(other -> new References(tables.get(other), entity.referenceTo(other), rejects))
                .toList();
    }

    /**
     * Of the records that refer to what is not there, the first of their references that does so, as a rejection.
     *
     * @param references all of their entity's
     */
    static Map<Accepted, Rejection> problems(Connection connection, List<References> references, List<Accepted> records)
            throws SQLException {
        Map<Accepted, Rejection> problems = new LinkedHashMap<>();
        for (References reference : references) {
            List<Accepted> remaining = without(records, problems);
            Broken broken = reference.broken(connection, remaining);
            if (!broken.isEmpty()) {
                remaining.forEach(record -> {
                    Rejection problem = broken.problem(record);
                    if (problem != null) {
                        problems.put(record, problem);
                    }
                });
            }
        }
        return problems;
    }

    /** Those of these records that have none of these problems. */
    static List<Accepted> without(List<Accepted> records, Map<Accepted, Rejection> problems) {
        return problems.isEmpty()
                ? records
                : records.stream()
                        .filter(record -> !problems.containsKey(record))
                        .toList();
    }

    /** The references of a chunk that lead nowhere. */
    final class Broken {

        private final Map<UUID, String> rejected;
        private final Set<UUID> missing;

        private Broken(Map<UUID, String> rejected, Set<UUID> missing) {
            this.rejected = rejected;
            this.missing = missing;
        }

        boolean isEmpty() {
            return rejected.isEmpty() && missing.isEmpty();
        }

        /** Why a record of the chunk cannot be written; null where it can. */
        @Nullable
        Rejection problem(Accepted accepted) {
            UUID id = reference(accepted);
            if (rejected.containsKey(id)) {
                return rejection(
                        RejectionCode.alsoRejected(referenced),
                        id,
                        "was rejected itself: it is legacy's %s".formatted(rejected.get(id)));
            }
            return missing.contains(id)
                    ? rejection(
                            RejectionCode.notFound(referenced),
                            id,
                            "is not in the target: it was never moved, or was deleted there since")
                    : null;
        }

        private Rejection rejection(RejectionCode code, UUID id, String what) {
            return new Rejection(code, field, "the %s %s %s".formatted(referenced.singular(), id, what));
        }
    }

    /** Finds out about every reference of these records. */
    Broken broken(Connection connection, List<Accepted> records) throws SQLException {
        Set<UUID> unknown = unknown(records);
        if (unknown.isEmpty()) {
            return new Broken(Map.of(), Set.of());
        }
        Map<UUID, String> rejected = anyRejected ? rejects.among(referenced, unknown) : Map.of();
        unknown.removeAll(rejected.keySet());
        Set<UUID> found = find(connection, unknown);
        remember(found);
        unknown.removeAll(found);
        return new Broken(rejected, unknown);
    }

    private synchronized Set<UUID> unknown(List<Accepted> records) {
        Set<UUID> unknown = new HashSet<>();
        for (Accepted accepted : records) {
            UUID id = reference(accepted);
            if (!present.contains(id)) {
                unknown.add(id);
            }
        }
        return unknown;
    }

    private synchronized void remember(Set<UUID> found) {
        if (!present.hasRoomFor(found.size())) {
            present.clear();
        }
        found.forEach(present::add);
    }

    /** Forgets what was found, since something of it turned out to be gone. */
    synchronized void forget() {
        present.clear();
    }

    private UUID reference(Accepted accepted) {
        return (UUID) Objects.requireNonNull(accepted.record().get(field));
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
