package dev.threadsmigration.target;

import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Metadata;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import dev.threadsmigration.model.TargetRecord;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the target holds already under the ids of a chunk, and whether it is the same record. */
final class ExistingRecords {

    private final TargetTable table;
    private final String oldSystem;

    ExistingRecords(TargetTable table, String oldSystem) {
        this.table = table;
        this.oldSystem = oldSystem;
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
