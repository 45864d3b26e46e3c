package dev.threadsmigration.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Refuses connections at once while it is shut. A job whose server is gone asks for a connection some twenty times before
 * it has ended, and each would wait for the pool's whole time-out.
 */
public final class ConnectionGate {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionGate.class);

    private final Set<Connection> inUse = ConcurrentHashMap.newKeySet();
    private volatile boolean shut;

    public void shut() {
        shut = true;
    }

    public void open() {
        shut = false;
    }

    /** The data source, behind this gate. */
    public DataSource guard(DataSource pool) {
        return new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                if (shut) {
                    throw new SQLTransientConnectionException("the target does not answer", "08006");
                }
                Connection connection = super.getConnection();
                inUse.removeIf(ConnectionGate::isClosed);
                inUse.add(connection);
                return connection;
            }
        };
    }

    /**
     * Breaks off the connections in use, of which a thread may wait for an answer that never comes: where a line is silent,
     * nothing else ends a read for hours.
     */
    public void breakOff() {
        for (Connection connection : inUse) {
            try {
                if (!isClosed(connection)) {
                    connection.abort(Runnable::run);
                }
            } catch (SQLException e) {
                LOG.debug("a connection could not be broken off", e);
            }
        }
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }
}
