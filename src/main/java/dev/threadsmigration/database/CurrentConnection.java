package dev.threadsmigration.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** Work on the connection of the current transaction, or on one of its own where there is none. */
public final class CurrentConnection {

    private CurrentConnection() {}

    /** Work with a result. */
    public interface Query<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    /** Work without one. */
    public interface Work {
        void on(Connection connection) throws SQLException;
    }

    public static <T extends @Nullable Object> T query(DataSource source, Query<T> query) throws SQLException {
        Connection connection = DataSourceUtils.getConnection(source);
        try {
            return query.on(connection);
        } finally {
            DataSourceUtils.releaseConnection(connection, source);
        }
    }

    public static void use(DataSource source, Work work) throws SQLException {
        query(source, connection -> {
            work.on(connection);
            return null;
        });
    }
}
