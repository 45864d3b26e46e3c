package dev.threadsmigration.rollback;

import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.ledger.Counts;
import dev.threadsmigration.ledger.Ledger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** What a rollback must know of the time before it began, whenever it is resumed. */
public final class Beginning {

    private static final String HORIZON = "rollback.horizon";
    private static final String MIGRATED = "rollback.migrated";

    private final DataSource target;
    private final Dialect dialect;
    private final Ledger ledger;

    public Beginning(DataSource target, Dialect dialect, Ledger ledger) {
        this.target = target;
        this.dialect = dialect;
        this.ledger = ledger;
    }

    /** Remembers it in the job's own context. */
    public void remember(ExecutionContext job) {
        job.putLong(MIGRATED, migrated(ledger));
        String horizon = dialect.horizonQuery();
        if (horizon != null) {
            job.putLong(HORIZON, new JdbcTemplate(target).queryForObject(horizon, Long.class));
        }
    }

    /** {@link Dialect#horizonQuery} before anything was looked at; null where the database has none. */
    public static @Nullable Long horizon(ExecutionContext job) {
        return job.containsKey(HORIZON) ? job.getLong(HORIZON) : null;
    }

    /** How many records have come to be migrated since; negative where some were taken back. */
    public static long change(ExecutionContext job, Ledger ledger) {
        return job.containsKey(MIGRATED) ? migrated(ledger) - job.getLong(MIGRATED) : 0;
    }

    private static long migrated(Ledger ledger) {
        return ledger.counts().values().stream().mapToLong(Counts::migrated).sum();
    }
}
