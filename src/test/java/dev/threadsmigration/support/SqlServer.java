package dev.threadsmigration.support;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** A real database server for all tests of a JVM. */
public abstract class SqlServer {

    /** Where a server is somebody's own, it serves other JVMs, too. */
    private static final String PREFIX = "test_" + ProcessHandle.current().pid() + "_";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private final String username;
    private final String password;
    private final String existing;

    /** @param existing a database that every such server has */
    SqlServer(String username, String password, String existing) {
        this.username = username;
        this.password = password;
        this.existing = existing;
    }

    abstract String url(String database);

    public String username() {
        return username;
    }

    public String password() {
        return password;
    }

    /** Makes an empty database and answers with its JDBC URL. */
    public String createDatabase() {
        return createDatabase("");
    }

    /** @param more what follows the name in CREATE DATABASE */
    public String createDatabase(String more) {
        String name = PREFIX + DATABASES.incrementAndGet();
        try (Connection connection = connect(url(existing));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + more);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url(name);
    }

    public Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, username, password);
    }
}
