package dev.threadsmigration.job;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.preflight.EntityPlan;
import dev.threadsmigration.preflight.MigrationPlan;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The plan of the current run, set once the preflight has passed and before any job is made. */
public final class PlanHolder {

    private @Nullable MigrationPlan plan;
    private @Nullable UUID idNamespace;

    public void set(MigrationPlan found, UUID namespace) {
        plan = found;
        idNamespace = namespace;
    }

    public MigrationPlan plan() {
        return Objects.requireNonNull(plan, "the preflight has not passed");
    }

    public EntityPlan of(Entity entity) {
        return plan().entities().get(entity);
    }

    UUID idNamespace() {
        return Objects.requireNonNull(idNamespace, "the preflight has not passed");
    }
}
