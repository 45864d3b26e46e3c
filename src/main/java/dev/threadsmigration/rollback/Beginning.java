package dev.threadsmigration.rollback;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.ledger.Counts;
import dev.threadsmigration.ledger.Equation;
import dev.threadsmigration.target.Horizon;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** What a rollback must know of the time before it began, whenever it is resumed. */
public final class Beginning {

    private static final String HORIZON = "rollback.horizon";
    private static final String MIGRATED = "rollback.migrated";

    private final DataSource target;
    private final TargetDialect dialect;
    private final Equation equation;

    public Beginning(DataSource target, TargetDialect dialect, Equation equation) {
        this.target = target;
        this.dialect = dialect;
        this.equation = equation;
    }

    /** Remembers it in the job's own context. */
    public void remember(ExecutionContext job) {
        job.putLong(MIGRATED, migrated(equation));
        Long horizon = Horizon.now(target, dialect);
        if (horizon != null) {
            job.putLong(HORIZON, horizon);
        }
    }

    /** {@link Horizon#now} before anything was looked at; null where the database has none. */
    public static @Nullable Long horizon(ExecutionContext job) {
        return job.containsKey(HORIZON) ? job.getLong(HORIZON) : null;
    }

    /** How many records have come to be migrated since; negative where some were taken back. */
    public static long change(ExecutionContext job, Equation equation) {
        return job.containsKey(MIGRATED) ? migrated(equation) - job.getLong(MIGRATED) : 0;
    }

    private static long migrated(Equation equation) {
        return equation.now().values().stream().mapToLong(Counts::migrated).sum();
    }
}
