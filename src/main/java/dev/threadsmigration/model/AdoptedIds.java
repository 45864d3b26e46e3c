package dev.threadsmigration.model;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The new ids that are not made of legacy ids: of records that the application made in the target, and that legacy was given
 * afterwards under keys which it counts itself.
 */
public interface AdoptedIds {

    /** Of a migration whose legacy has no such rows. */
    AdoptedIds NONE = (entity, legacyId) -> null;

    /** The id of the record for which this legacy row was made; null where the row was not made for one. */
    @Nullable
    UUID of(Entity entity, String legacyId);
}
