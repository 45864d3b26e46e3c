package dev.threadsmigration.rollback;

import dev.threadsmigration.database.CurrentConnection;
import dev.threadsmigration.target.RemovedRecords;
import dev.threadsmigration.target.TableDefinitions;
import dev.threadsmigration.target.TargetTable;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.batch.infrastructure.item.ExecutionContext;

/** What must hold after a rollback: none of the removed rows is left, indexes and constraints are as they were. */
public final class Proof {

    private static final String DEFINITIONS = "rollback.definitions";

    private final DataSource target;
    private final Collection<TargetTable> tables;
    private final List<RemovedRecords> removed;

    public Proof(DataSource target, Collection<TargetTable> tables, List<RemovedRecords> removed) {
        this.target = target;
        this.tables = tables;
        this.removed = removed;
    }

    /**
     * Makes the tables of the snapshot, forgets what an earlier rollback kept in them and came back since, and
     * remembers how the target's tables are defined.
     */
    public void prepare(ExecutionContext context) {
        withConnection(connection -> {
            for (RemovedRecords records : removed) {
                records.forgetReturned(connection);
                records.prepare(connection);
            }
            context.putString(DEFINITIONS, TableDefinitions.of(connection, tables));
        });
    }

    /** @throws RollbackStoppedException where something does not hold */
    public void check(ExecutionContext context) {
        withConnection(connection -> {
            for (RemovedRecords records : removed) {
                long left = records.kept().countPresent(connection);
                if (left > 0) {
                    throw new RollbackStoppedException(
                            left
                                    + " removed records are in the target again: does the new system still write, or were they put back by hand? Delete them there, then run the same command again.",
                            false);
                }
            }
            String now = TableDefinitions.of(connection, tables);
            String before = context.getString(DEFINITIONS);
            if (!before.equals(now)) {
                // Told once: what people wanted so must not keep the rollback from its end.
                context.putString(DEFINITIONS, now);
                throw new RollbackStoppedException(
                        "Indexes or constraints of the target's tables changed while the rollback ran, which changes none: gone: %s; new: %s. Put back what is missing, or leave it so, and run the same command again."
                                .formatted(without(before, now), without(now, before)),
                        false);
            }
        });
    }

    private static String without(String these, String those) {
        List<String> others = those.lines().toList();
        List<String> left = these.lines().filter(line -> !others.contains(line)).toList();
        return left.isEmpty() ? "none" : String.join(", ", left);
    }

    /** @throws RollbackStoppedException where there is nothing to put back, or where it is there already */
    public void checkUndo() {
        withConnection(connection -> {
            long kept = 0;
            long present = 0;
            for (RemovedRecords records : removed) {
                kept += records.kept().count(connection);
                present += records.kept().countPresent(connection);
            }
            if (kept == 0) {
                throw new RollbackStoppedException(
                        "There is no rollback that could be undone. Nothing was touched.", true);
            }
            if (present > 0) {
                throw new RollbackStoppedException(
                        "%d of %d removed records are in the target again: the migration was run since the rollback. Nothing was touched."
                                .formatted(present, kept),
                        true);
            }
        });
    }

    /** Lets what is kept be found by its ids. */
    public void indexKept() {
        withConnection(connection -> {
            for (RemovedRecords records : removed) {
                records.kept().index(connection);
            }
        });
    }

    private void withConnection(CurrentConnection.Work work) {
        try {
            CurrentConnection.use(target, work);
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
