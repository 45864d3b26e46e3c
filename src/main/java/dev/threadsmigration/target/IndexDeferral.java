package dev.threadsmigration.target;

import dev.threadsmigration.config.DeferIndexes;
import dev.threadsmigration.database.TableDefinition;
import dev.threadsmigration.database.TableDefinition.Kind;
import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.ledger.DeferredDefinitions;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes secondary indexes and foreign keys off the tables that are to be filled, and puts them back exactly as they were.
 * Each is written down in the transaction that takes it off and forgotten in the one that puts it back, so that whatever is
 * off at any moment is known.
 *
 * <p>A foreign key is taken off only where the writer looks every reference up itself; unique indexes stay.
 */
public final class IndexDeferral {

    private static final Logger LOG = LoggerFactory.getLogger(IndexDeferral.class);

    /** Whoever uses the table comes first: it is not kept waiting for longer than this. */
    private static final String PATIENCE = "SET LOCAL lock_timeout = '5s'";

    private final JdbcTemplate jdbc;
    private final TargetDialect dialect;
    private final DeferredDefinitions deferred;
    private final TransactionTemplate transaction;
    private final int parallel;

    /** @param parallel how many indexes are built side by side */
    public IndexDeferral(
            DataSource target,
            TargetDialect dialect,
            DeferredDefinitions deferred,
            PlatformTransactionManager transactionManager,
            int parallel) {
        this.jdbc = new JdbcTemplate(target);
        this.dialect = dialect;
        this.deferred = deferred;
        this.transaction = new TransactionTemplate(transactionManager);
        this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        this.parallel = parallel;
    }

    /**
     * Takes off what can be taken off these tables.
     *
     * @param tables those that are filled
     * @param known all entities' tables, for what their references refer to
     */
    public void takeOff(Collection<TargetTable> tables, Map<Entity, TargetTable> known, DeferIndexes when) {
        if (when == DeferIndexes.NEVER) {
            return;
        }
        for (TargetTable table : tables) {
            try {
                List<TableDefinition> off =
                        inTransaction(connection -> when == DeferIndexes.ALWAYS || isEmpty(connection, table)
                                ? takeOff(connection, table, known)
                                : List.of());
                if (!off.isEmpty()) {
                    LOG.info("Taken off until {} is filled: {}", table.name(), names(off));
                }
            } catch (DataAccessException e) {
                if (!(e.getCause() instanceof SQLException cause
                        && dialect.errors().isBlocked(cause))) {
                    throw e;
                }
                LOG.info("Indexes of {} stay where they are, since others use the table.", table.name());
            }
        }
    }

    private List<TableDefinition> takeOff(Connection connection, TargetTable table, Map<Entity, TargetTable> known)
            throws SQLException {
        List<TableDefinition> definitions = dialect.deferrable(connection, table.name()).stream()
                .filter(isIndex().or(definition -> isLookedUp(definition, table, known)))
                .toList();
        if (definitions.isEmpty()) {
            return definitions;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute(PATIENCE);
            for (TableDefinition definition : definitions) {
                statement.execute(definition.drop(dialect));
            }
        }
        definitions.forEach(deferred::add);
        return definitions;
    }

    private static Predicate<TableDefinition> isIndex() {
        return definition -> definition.kind() == Kind.INDEX;
    }

    private static boolean isLookedUp(TableDefinition key, TargetTable table, Map<Entity, TargetTable> known) {
        return table.entity().references().stream().anyMatch(referenced -> {
            Field field = table.entity().referenceTo(referenced);
            return known.containsKey(referenced)
                    && known.get(referenced).name().equals(key.referenced())
                    && table.columns().get(field).name().equals(key.column());
        });
    }

    private static boolean isEmpty(Connection connection, TargetTable table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet first = statement.executeQuery("SELECT 1 FROM " + table.from() + " LIMIT 1")) {
            return !first.next();
        }
    }

    /** As {@link #putBack(Runnable)}, with nothing to do meanwhile. */
    public void putBack() {
        putBack(() -> {});
    }

    /**
     * Puts back whatever this migration took off, by this run or an earlier one.
     *
     * @param beside done while foreign keys are checked, for which a server takes one processor; not done where all is there
     * @throws IllegalStateException where something cannot be put back, with what to do about it; the rest is back
     */
    public void putBack(Runnable beside) {
        List<TableDefinition> off = deferred.all();
        if (off.isEmpty()) {
            return;
        }
        LOG.info("Putting back: {}", names(off));
        SideBySide.run(
                parallel,
                off.stream()
                        .filter(isIndex())
                        .<Runnable>map(index -> () -> putBack(index))
                        .toList());
        List<TableDefinition> keys = off.stream().filter(isIndex().negate()).toList();
        SideBySide.run(parallel, List.of(() -> keys.forEach(this::putBack), beside));
    }

    private void putBack(TableDefinition definition) {
        inTransaction(connection -> {
            Optional<String> there = dialect.current(connection, definition);
            if (there.isEmpty()) {
                create(connection, definition);
                there = dialect.current(connection, definition);
            }
            if (!there.equals(Optional.of(definition.sql()))) {
                throw new IllegalStateException(
                        "The %s was taken off as '%s', and what stands under its name now is '%s': drop it, and run again"
                                .formatted(definition, definition.sql(), there.orElse("nothing")));
            }
            deferred.forget(definition);
            return List.of();
        });
    }

    private void create(Connection connection, TableDefinition definition) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(definition.create(dialect));
        } catch (SQLException e) {
            if (!dialect.errors().isAboutData(e)) {
                throw e;
            }
            // Without its cause: this sentence holds all of it, and is what the report shows.
            throw new IllegalStateException(
                    "The %s cannot be put back, since rows break it that came or went while it was off: %s - mend them, then run again"
                            .formatted(definition, e.getMessage().strip().replaceAll("\\s*\\n\\s*", "; ")));
        }
    }

    private static List<String> names(List<TableDefinition> definitions) {
        return definitions.stream().map(TableDefinition::toString).toList();
    }

    private List<TableDefinition> inTransaction(ConnectionCallback<List<TableDefinition>> work) {
        return Objects.requireNonNull(transaction.execute(status -> jdbc.execute(work)));
    }
}
