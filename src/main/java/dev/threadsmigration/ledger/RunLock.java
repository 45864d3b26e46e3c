package dev.threadsmigration.ledger;

import dev.threadsmigration.config.TargetSettings;
import dev.threadsmigration.database.TargetDialect;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Makes sure that one process at a time runs a migration: a session lock of the target database on a connection of its
 * own, so that it ends with the process, however that ends.
 */
public final class RunLock implements AutoCloseable {

    private static final int SECONDS_TO_ANSWER = 5;
    /** A session that is told to end needs a moment for it. */
    private static final Duration TO_END = Duration.ofSeconds(5);

    private final DataSource unpooled;
    private final TargetDialect dialect;
    private final String migration;
    private @Nullable Connection connection;
    private boolean acquired;

    /** The lock of a migration on the server of its target. */
    public static RunLock on(TargetSettings target, TargetDialect dialect, String migration) {
        Properties connection = new Properties();
        connection.putAll(dialect.session().properties());
        if (target.username() != null) {
            connection.put("user", target.username());
        }
        if (target.password() != null) {
            connection.put("password", target.password());
        }
        return new RunLock(
                new DriverManagerDataSource(dialect.session().url(target.url()), connection), dialect, migration);
    }

    /** @param unpooled gives a new connection each time */
    public RunLock(DataSource unpooled, TargetDialect dialect, String migration) {
        this.unpooled = unpooled;
        this.dialect = dialect;
        this.migration = migration;
    }

    /**
     * Takes the lock; false where another process has it. Where it was ours before, what the server still has of our sessions
     * is ended first: their lines may have broken without its knowing, and what they have locked would stay so.
     */
    public synchronized boolean tryAcquire() throws SQLException {
        close();
        Connection candidate = unpooled.getConnection();
        boolean ours = false;
        try {
            ours = endFormer(candidate) ? lockAfterFormer(candidate) : lock(candidate);
        } finally {
            if (!ours) {
                candidate.close();
            }
        }
        connection = ours ? candidate : null;
        acquired |= ours;
        return ours;
    }

    private boolean lock(Connection candidate) throws SQLException {
        String query = dialect.tryLockQuery();
        return query == null ? lockRow(candidate) : ask(candidate, query);
    }

    private boolean lockAfterFormer(Connection candidate) throws SQLException {
        long end = System.nanoTime() + TO_END.toNanos();
        while (!lock(candidate)) {
            if (System.nanoTime() > end) {
                return false;
            }
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** Ends what is left on the server of our sessions; @return whether anything was. */
    private boolean endFormer(Connection candidate) throws SQLException {
        String query = acquired ? dialect.endSessionsQuery() : null;
        if (query == null) {
            return false;
        }
        try (Statement statement = candidate.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            return result.next();
        }
    }

    private boolean ask(Connection candidate, String query) throws SQLException {
        try (PreparedStatement statement = candidate.prepareStatement(query)) {
            statement.setString(1, "threads-migration:" + migration);
            try (ResultSet result = statement.executeQuery()) {
                return result.next() && result.getBoolean(1);
            }
        }
    }

    private boolean lockRow(Connection candidate) throws SQLException {
        candidate.setAutoCommit(false);
        try (Statement statement = candidate.createStatement();
                PreparedStatement lock = candidate.prepareStatement(
                        "SELECT name FROM threads_migration.migration WHERE name = ? FOR UPDATE")) {
            statement.execute("SET LOCK_TIMEOUT 200");
            lock.setString(1, migration);
            return lock.executeQuery().next();
        } catch (SQLException e) {
            if ("HYT00".equals(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    /**
     * Whether some process has the lock; for who does not have it. Nobody who tries to take it is turned away by the question,
     * but where the server cannot be asked: there it is ours for a moment.
     */
    public synchronized boolean isTaken() throws SQLException {
        try (Connection asking = unpooled.getConnection()) {
            String query = dialect.isLockedQuery();
            return query == null ? !lockRow(asking) : ask(asking, query);
        }
    }

    /** Forgets the migration's name: on the lock's own connection, since on H2 the lock is on this very row. */
    public synchronized void forgetMigration() throws SQLException {
        Connection held = connection;
        if (held == null) {
            throw new IllegalStateException("only who holds the lock may forget the migration");
        }
        try (PreparedStatement statement =
                held.prepareStatement("DELETE FROM threads_migration.migration WHERE name = ?")) {
            statement.setString(1, migration);
            statement.executeUpdate();
        }
        if (!held.getAutoCommit()) {
            held.commit();
        }
    }

    /** Whether the lock is still ours; asks the server. */
    public synchronized boolean isHeld() {
        try {
            return connection != null && connection.isValid(SECONDS_TO_ANSWER);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Whether it was ours and is not any more; a dry run of what nobody has begun takes none, and so loses none. */
    public synchronized boolean isLost() {
        return acquired && !isHeld();
    }

    @Override
    public synchronized void close() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException e) {
                // A connection that cannot be closed has ended, and the lock with it.
            }
            connection = null;
        }
    }
}
