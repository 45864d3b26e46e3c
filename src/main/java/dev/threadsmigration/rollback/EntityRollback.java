package dev.threadsmigration.rollback;

import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.ledger.EntityItems;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.TargetRecord;
import dev.threadsmigration.target.TargetRecords;
import dev.threadsmigration.target.TargetTable;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * The rollback of one entity: where its records are, and what is known of them.
 *
 * @param table of the target
 * @param items what it has to do, and has done
 */
public record EntityRollback(DataSource target, TargetTable table, Ledger ledger, EntityItems items) {

    Entity entity() {
        return table.entity();
    }

    /** The records of these ids as the target has them now. */
    Map<UUID, TargetRecord> stored(Collection<UUID> ids) throws SQLException {
        return CurrentConnection.query(target, connection -> new TargetRecords(table).find(connection, ids));
    }
}
