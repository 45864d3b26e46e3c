package dev.threadsmigration.carryback;

import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.ServerErrors;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.LinkedHashMap;
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
     * @param <R> what comes of it
     */
    interface Attempt<T, R> {
        /** @param refused where those are put, with the reason, that cannot be done; then all is taken back and tried again */
        Map<T, R> on(Connection connection, List<T> todo, Map<T, String> refused) throws SQLException;
    }

    /** What was done is refused only now, by a constraint that cannot be asked before. */
    private static final class RefusedCommitException extends SQLException {
        private static final long serialVersionUID = 1L;

        RefusedCommitException(SQLException why) {
            super(why.getMessage(), why.getSQLState(), why);
        }
    }

    /**
     * @param refused where those are found afterwards that were not done, with the reason
     * @param announcement gets to know what comes of them before legacy commits
     */
    <T, R> Map<T, R> run(List<T> all, Map<T, String> refused, Attempt<T, R> attempt, Consumer<Map<T, R>> announcement)
            throws SQLException {
        try {
            return inOne(all, refused, attempt, announcement);
        } catch (RefusedCommitException e) {
            if (all.size() == 1) {
                refused.put(all.get(0), refusal(e));
                return Map.of();
            }
            int half = all.size() / 2;
            Map<T, R> done = new LinkedHashMap<>(run(all.subList(0, half), refused, attempt, announcement));
            done.putAll(run(all.subList(half, all.size()), refused, attempt, announcement));
            return done;
        }
    }

    private <T, R> Map<T, R> inOne(
            List<T> all, Map<T, String> refused, Attempt<T, R> attempt, Consumer<Map<T, R>> announcement)
            throws SQLException {
        try (Connection connection = legacy.getConnection()) {
            dialect.prepareToWrite(connection);
            connection.setAutoCommit(false);
            try {
                Map<T, R> result;
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
                commit(connection);
                return result;
            } catch (SQLException e) {
                if (saysSo(e, dialect.errors()::isReadOnly)) {
                    throw new IllegalStateException(
                            "Legacy is read-only (%s). Connect to the primary server, or end what keeps it so."
                                    .formatted(ServerErrors.inShort(e)));
                }
                if (saysSo(e, dialect.errors()::isForbidden)) {
                    throw new IllegalStateException(
                            "The user of migration.source may not write into legacy (%s): it needs INSERT, UPDATE and DELETE there, and USAGE of a sequence that counts its keys."
                                    .formatted(ServerErrors.inShort(e)));
                }
                throw e;
            } finally {
                reset(connection);
            }
        }
    }

    private void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw dialect.errors().isAboutData(e) ? new RefusedCommitException(e) : e;
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

    /** Why a thing was not done, for a person. */
    static String refusal(SQLException why) {
        return "legacy refuses it: " + ServerErrors.inShort(why);
    }
}
