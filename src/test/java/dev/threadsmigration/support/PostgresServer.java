package dev.threadsmigration.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real PostgreSQL for all tests of a JVM: a container where a Docker engine answers, else a server from Maven packages.
 * Its own time zone is an odd one, since no zone of a server may matter.
 */
public final class PostgresServer {

    private static final AtomicInteger DATABASES = new AtomicInteger();
    private static final PostgresServer SHARED = start();

    private final String host;
    private final int port;
    private final String username;
    private final String password;

    private PostgresServer(String host, int port, String username, String password) {
        this.host = host;
        this.port = port;
        this.username = username;
        this.password = password;
    }

    public static PostgresServer shared() {
        return SHARED;
    }

    @SuppressWarnings("resource") // ends with the JVM
    private static PostgresServer start() {
        if (DockerClientFactory.instance().isDockerAvailable()) {
            PostgreSQLContainer container =
                    new PostgreSQLContainer("postgres:18").withCommand("postgres", "-c", "timezone=Asia/Kolkata");
            container.start();
            return new PostgresServer(
                    container.getHost(),
                    container.getMappedPort(5432),
                    container.getUsername(),
                    container.getPassword());
        }
        try {
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setServerConfig("timezone", "Asia/Kolkata")
                    .setServerConfig("max_connections", "200")
                    .start();
            return new PostgresServer("localhost", server.getPort(), "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String username() {
        return username;
    }

    public String password() {
        return password;
    }

    /** Makes an empty database and answers with its JDBC URL. */
    public String createDatabase() {
        String name = "test_" + DATABASES.incrementAndGet();
        try (Connection connection = connect(url("postgres"));
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return url(name);
    }

    public Connection connect(String url) throws SQLException {
        return DriverManager.getConnection(url, username, password);
    }

    private String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }
}
