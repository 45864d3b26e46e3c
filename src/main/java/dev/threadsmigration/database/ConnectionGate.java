package dev.threadsmigration.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Refuses connections at once while it is shut. A job whose server is gone asks for a connection some twenty times before
 * it has ended, and each would wait for the pool's whole time-out.
 */
public final class ConnectionGate {

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
                return super.getConnection();
            }
        };
    }
}
