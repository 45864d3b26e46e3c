package dev.threadsmigration.carryback;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.legacy.LegacyKey;
import dev.threadsmigration.legacy.LegacyRows;
import dev.threadsmigration.mapping.IdMapping;
import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.mapping.RecordMapper;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What legacy's references hold where the ledger does not have it: an id that a row has beside its key, and an organization,
 * which no ledger knows. Not thread-safe.
 */
public final class ReferencedIds {

    private final Map<Entity, Referenced> referenced;
    private @Nullable Map<UUID, String> organizations;

    /** @param referenced the entities that are moved */
    public ReferencedIds(Map<Entity, Referenced> referenced) {
        this.referenced = referenced;
    }

    /** @param rows also those that the job file's where leaves out */
    public record Referenced(MappingRules rules, LegacyRows rows, RecordMapper mapper) {

        private @Nullable String id(String key, UUID newId) throws SQLException {
            List<LegacyRow> found = rows.withKey(key);
            if (found.isEmpty() && rules.idIsHeldBesideKey() && newId.version() != IdMapping.MADE) {
                // Deleted by now or, as in a dry run, yet to be made.
                return newId.toString();
            }
            return found.size() == 1 ? text(found.get(0), rules.idColumns()) : null;
        }

        private @Nullable String text(LegacyRow row, List<Column> columns) {
            @Nullable
            Object[] values = columns.stream()
                    .map(column -> row.value(rules.table().columns().indexOf(column)))
                    .toArray();
            return LegacyKey.text(values, values.length);
        }
    }

    /** The id of the row with this key, which became a record; null where it cannot be told, or several are. */
    @Nullable
    String id(Entity entity, String key, UUID newId) {
        Referenced of = referenced.get(entity);
        if (of == null || of.rules().idIsKey()) {
            return key;
        }
        try {
            return of.id(key, newId);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    /** The legacy id of an organization; null where none of legacy's threads has one of which this id is made. */
    @Nullable
    String organization(UUID newId) {
        if (newId.version() != IdMapping.MADE) {
            // It is the legacy id itself.
            return null;
        }
        if (organizations == null) {
            try {
                organizations = organizations(Objects.requireNonNull(referenced.get(Entity.THREADS)));
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
        return organizations.get(newId);
    }

    private static Map<UUID, String> organizations(Referenced threads) throws SQLException {
        Map<UUID, String> known = new HashMap<>();
        List<Column> columns = threads.rules().columns(Field.ORGANIZATION_ID);
        if (columns.size() == 1) {
            for (LegacyRow row : threads.rows().distinct(columns.get(0))) {
                UUID id = threads.mapper().idOf(Field.ORGANIZATION_ID, row);
                if (id != null) {
                    known.put(id, threads.text(row, columns));
                }
            }
        }
        return known;
    }
}
