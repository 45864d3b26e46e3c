package dev.threadsmigration.carryback;

import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The legacy ids behind the references of a record. */
public final class ReferenceIds {

    private final Ledger ledger;

    public ReferenceIds(Ledger ledger) {
        this.ledger = ledger;
    }

    @Nullable
    public String legacyId(Field reference, UUID newId) {
        Entity referenced = reference == Field.THREAD_ID ? Entity.THREADS : Entity.USERS;
        return ledger.legacyIds(referenced, List.of(newId)).get(newId);
    }
}
