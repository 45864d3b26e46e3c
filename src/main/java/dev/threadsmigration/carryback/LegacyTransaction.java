package dev.threadsmigration.carryback;

import dev.threadsmigration.database.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.sql.DataSource;

/** Does many things in one transaction of legacy's, without those that are refused. */
final class LegacyTransaction {

    private final DataSource legacy;
    private final Dialect dialect;

    LegacyTransaction(DataSource legacy, Dialect dialect) {
        this.legacy = legacy;
        this.dialect = dialect;
    }

    /**
     * Does some of the things.
     *
     * @param <T> a thing
     * @param <R> what comes of them
     */
    interface Attempt<T, R> {
        /** @param refused where those are put, with the reason, that cannot be done; then all is taken back and tried again */
        R on(Connection connection, List<T> todo, Map<T, String> refused) throws SQLException;
    }

    /**
     * @param refused where those are found afterwards that were not done, with the reason
     * @param announcement gets to know what comes of them before legacy commits
     */
    <T, R> R run(List<T> all, Map<T, String> refused, Attempt<T, R> attempt, Consumer<R> announcement)
            throws SQLException {
        try (Connection connection = legacy.getConnection()) {
            connection.setAutoCommit(false);
            try {
                R result;
                int before;
                do {
                    connection.rollback();
                    dialect.checkConstraintsAtOnce(connection);
                    before = refused.size();
                    result = attempt.on(
                            connection,
                            all.stream()
                                    .filter(one -> !refused.containsKey(one))
                                    .toList(),
                            refused);
                } while (refused.size() > before);
                announcement.accept(result);
                connection.commit();
                return result;
            } catch (SQLException e) {
                if (saysSo(e, dialect.errors()::isReadOnly)) {
                    throw new IllegalStateException(
                            "Legacy is read-only (%s). Connect to the primary server, or end what keeps it so."
                                    .formatted(inShort(e)));
                }
                if (saysSo(e, dialect.errors()::isForbidden)) {
                    throw new IllegalStateException(
                            "The user of migration.source may not write into legacy (%s): it needs INSERT, UPDATE and DELETE there, and USAGE of a sequence that counts its keys."
                                    .formatted(inShort(e)));
                }
                throw e;
            } finally {
                reset(connection);
            }
        }
    }

    /** One that is broken, or that the pool has taken out for an error of its list, is given to nobody again. */
    private static void reset(Connection connection) {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            // Whoever reads of a closed connection would take it for a lost server; what went wrong was thrown before.
        }
    }

    private static boolean saysSo(SQLException e, Predicate<SQLException> what) {
        return what.test(e) || e.getCause() instanceof SQLException cause && what.test(cause);
    }

    /**
     * Writes one thing.
     *
     * @param <R> what comes of it
     */
    interface Statement<R> {
        R execute() throws SQLException;
    }

    /**
     * Executes a statement.
     *
     * @param guarded whether the transaction goes on after its refusal; only to be asked for once anything was refused, since it
     *     takes three times as long
     */
    static <R> R execute(Connection connection, boolean guarded, Statement<R> statement) throws SQLException {
        if (!guarded) {
            return statement.execute();
        }
        Savepoint before = connection.setSavepoint();
        try {
            R result = statement.execute();
            connection.releaseSavepoint(before);
            return result;
        } catch (SQLException e) {
            try {
                connection.rollback(before);
            } catch (SQLException gone) {
                e.addSuppressed(gone);
            }
            throw e;
        }
    }

    /** The first line of an error, for a person. */
    static String inShort(SQLException why) {
        return String.valueOf(why.getMessage()).lines().findFirst().orElse("").strip();
    }
}
