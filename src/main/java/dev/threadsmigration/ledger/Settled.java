package dev.threadsmigration.ledger;

import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.TargetRecord;
import java.util.List;

/**
 * An accepted record whose place in the target is certain.
 *
 * @param duplicate whether the target held it already
 * @param contentHash of what was written or found equal; 0 for what was known by its marker
 */
public record Settled(Accepted accepted, boolean duplicate, long contentHash) {

    /** A record that the application made, and that legacy has under the entry's key now. */
    public static Settled madeByApplication(Entity entity, MappedRow entry) {
        LegacyRow source = new LegacyRow(entry.legacyId(), entry.occurrence(), List.of(), new Object[0]);
        TargetRecord record =
                new TargetRecord(entity, new Object[entity.fields().size()]).with(Field.ID, entry.newId());
        return new Settled(new Accepted(source, record), true, entry.contentHash());
    }
}
