package dev.threadsmigration.job;

import dev.threadsmigration.mapping.IdRules;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.preflight.EntityPlan;
import dev.threadsmigration.preflight.MigrationPlan;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The plan of the current run, set once the preflight has passed and before any job is made. */
public final class PlanHolder {

    private @Nullable MigrationPlan plan;
    private @Nullable IdRules idRules;

    public void set(MigrationPlan found, IdRules ids) {
        plan = found;
        idRules = ids;
    }

    public MigrationPlan plan() {
        return Objects.requireNonNull(plan, "the preflight has not passed");
    }

    public EntityPlan of(Entity entity) {
        return plan().entities().get(entity);
    }

    IdRules idRules() {
        return Objects.requireNonNull(idRules, "the preflight has not passed");
    }
}
