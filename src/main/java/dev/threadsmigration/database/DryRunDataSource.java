package dev.threadsmigration.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * One transaction that everybody writes in and that is rolled back at the end: commits are savepoints, rollbacks go back
 * to the last of them. So the target's own constraints judge every row, those that refer to others included, and nothing
 * of it lasts. Serves one thread at a time.
 */
public final class DryRunDataSource extends AbstractDataSource implements AutoCloseable {

    private final DataSource target;
    private @Nullable Connection connection;
    private @Nullable Savepoint savepoint;

    public DryRunDataSource(DataSource target) {
        this.target = target;
    }

    /** The data source whose commits last. */
    public DataSource lasting() {
        return target;
    }

    /** The transaction's own connection, opened when it is first asked for. */
    @Override
    public synchronized Connection getConnection() throws SQLException {
        if (connection == null) {
            connection = target.getConnection();
            connection.setAutoCommit(false);
            savepoint = connection.setSavepoint();
        }
        Connection real = connection;
        InvocationHandler handler = (proxy, method, arguments) -> switch (method.getName()) {
            case "close", "setAutoCommit", "setReadOnly", "setTransactionIsolation" -> null;
            case "getAutoCommit", "isClosed" -> false;
            case "commit" -> commit(real);
            case "rollback" -> arguments == null ? rollback(real) : invoke(method, real, arguments);
            default -> invoke(method, real, arguments);
        };
        return (Connection)
                Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }

    private @Nullable Object commit(Connection real) throws SQLException {
        if (savepoint != null) {
            real.releaseSavepoint(savepoint);
        }
        savepoint = real.setSavepoint();
        return null;
    }

    private @Nullable Object rollback(Connection real) throws SQLException {
        real.rollback(savepoint);
        return null;
    }

    private static @Nullable Object invoke(
            java.lang.reflect.Method method, Connection real, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    /** Undoes everything. */
    @Override
    public synchronized void close() throws SQLException {
        if (connection != null) {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.close();
            connection = null;
        }
    }
}
