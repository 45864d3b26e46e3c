package dev.threadsmigration.target;

import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.database.Dialect;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the target's planner how large the tables have become. Without it the first queries after a load, ours and the
 * application's, are planned as if the tables were empty.
 */
public final class TargetStatistics {

    private static final Logger LOG = LoggerFactory.getLogger(TargetStatistics.class);

    private final DataSource target;
    private final Dialect dialect;

    public TargetStatistics(DataSource target, Dialect dialect) {
        this.target = target;
        this.dialect = dialect;
    }

    /** Refreshes the statistics of these tables and of the ledger's; a table that is not ours to analyse is left alone. */
    public void refresh(Collection<TargetTable> tables) {
        try {
            CurrentConnection.use(target, connection -> {
                try (Statement statement = connection.createStatement()) {
                    for (TargetTable table : tables) {
                        statement.execute(dialect.analyze(table.from()));
                    }
                    statement.execute(dialect.analyze("threads_migration.migration_mapping"));
                }
            });
        } catch (SQLException e) {
            LOG.info("The target's statistics could not be refreshed: {}", e.getMessage());
        }
    }
}
