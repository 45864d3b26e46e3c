package dev.threadsmigration.carryback;

import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The legacy ids behind the references of an entity's records, while no referenced record loses its own. */
public final class ReferenceIds {

    private static final int REMEMBERED = 10_000;

    private final Ledger ledger;
    private final ReferencedIds referencedIds;
    private final Map<Entity, Map<UUID, String>> known = new EnumMap<>(Entity.class);

    public ReferenceIds(Ledger ledger, ReferencedIds referencedIds) {
        this.ledger = ledger;
        this.referencedIds = referencedIds;
    }

    /** Null where no legacy row became this record. */
    @Nullable
    public String legacyId(Field reference, UUID newId) {
        if (reference == Field.ORGANIZATION_ID) {
            return referencedIds.organization(newId);
        }
        Entity referenced = reference == Field.THREAD_ID ? Entity.THREADS : Entity.USERS;
        Map<UUID, String> ofEntity = known.computeIfAbsent(referenced, entity -> new HashMap<>());
        String legacyId = ofEntity.get(newId);
        if (legacyId == null) {
            String key = ledger.legacyIds(referenced, List.of(newId)).get(newId);
            legacyId = key == null ? null : referencedIds.id(referenced, key, newId);
            if (ofEntity.size() >= REMEMBERED) {
                ofEntity.clear();
            }
            if (legacyId != null) {
                ofEntity.put(newId, legacyId);
            }
        }
        return legacyId;
    }
}
