package dev.threadsmigration.target;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.model.Field;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the target's planner how large the tables have become. Without it the first queries after a load, ours and the
 * application's, are planned as if the tables were empty.
 */
public final class TargetStatistics {

    private static final Logger LOG = LoggerFactory.getLogger(TargetStatistics.class);

    private static final String LEDGER_KEYS = "legacy_id, occurrence, migration, entity, new_id";

    private final DataSource target;
    private final TargetDialect dialect;
    private final int parallel;

    /** @param parallel how many tables are looked at side by side */
    public TargetStatistics(DataSource target, TargetDialect dialect, int parallel) {
        this.target = target;
        this.dialect = dialect;
        this.parallel = parallel;
    }

    /** Refreshes the statistics of these tables and of the ledger's; a table that is not ours to analyse is left alone. */
    public void refresh(Collection<TargetTable> tables) {
        SideBySide.run(
                parallel,
                Stream.concat(
                                tables.stream().<Runnable>map(table -> () -> refresh(table.from(), searched(table))),
                                Stream.of(() -> refresh("threads_migration.migration_mapping", LEDGER_KEYS)))
                        .toList());
    }

    /** The columns by which rows are found and sorted; a look through metadata takes longer than one through all others. */
    private static String searched(TargetTable table) {
        return table.entity().fields().stream()
                .filter(field -> field != Field.METADATA)
                .map(table::quoted)
                .collect(Collectors.joining(", "));
    }

    private void refresh(String table, String columns) {
        try (Connection connection = target.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(dialect.analyze(table, columns));
        } catch (SQLException e) {
            LOG.info("The target's statistics of {} could not be refreshed: {}", table, e.getMessage());
        }
    }
}
