package dev.threadsmigration.target;

import dev.threadsmigration.database.RowAges;
import dev.threadsmigration.database.TargetDialect;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** The mark in time by which a rollback tells what was written into the target after it had begun. */
public final class Horizon {

    private Horizon() {}

    /** {@link RowAges#horizonQuery} at this moment; null where the target cannot tell. */
    public static @Nullable Long now(DataSource target, TargetDialect dialect) {
        RowAges ages = dialect.rowAges();
        return ages == null ? null : new JdbcTemplate(target).queryForObject(ages.horizonQuery(), Long.class);
    }
}
