package dev.threadsmigration.job;

import dev.threadsmigration.carryback.Sides;
import dev.threadsmigration.dualwrite.EntitySync;
import dev.threadsmigration.ledger.AdoptedRows;
import dev.threadsmigration.ledger.CarriedWrites;
import dev.threadsmigration.ledger.Ledger;
import dev.threadsmigration.ledger.Rejects;
import dev.threadsmigration.ledger.RollbackItems;
import dev.threadsmigration.ledger.WriteQueue;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.preflight.EntityPlan;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;

/** Both sides of each entity's queued writes, for the jobs that carry them and for those that note what was carried. */
final class EntitySyncs {

    private final PlanHolder plan;
    private final EntityWork work;
    private final Ledger ledger;
    private final WriteQueue queue;
    private final CarriedWrites carried;
    private final AdoptedRows adopted;
    private final RollbackItems rollbacks;
    private final Rejects rejects;
    private final DataSource target;

    EntitySyncs(
            PlanHolder plan,
            EntityWork work,
            Ledger ledger,
            WriteQueue queue,
            CarriedWrites carried,
            AdoptedRows adopted,
            RollbackItems rollbacks,
            Rejects rejects,
            @Qualifier("target") DataSource target) {
        this.plan = plan;
        this.work = work;
        this.ledger = ledger;
        this.queue = queue;
        this.carried = carried;
        this.adopted = adopted;
        this.rollbacks = rollbacks;
        this.rejects = rejects;
        this.target = target;
    }

    EntitySync of(Entity entity) {
        EntityPlan how = plan.of(entity);
        return new EntitySync(
                target,
                how.table(),
                ledger,
                queue,
                carried,
                adopted,
                rollbacks,
                rejects,
                how.rules().idIsKey());
    }

    /** Legacy with the rows that the job file leaves out. */
    Sides legacy(Entity entity) throws SQLException {
        return new Sides(work.allRows(entity), work.processor(entity));
    }
}
