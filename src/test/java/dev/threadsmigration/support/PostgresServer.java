package dev.threadsmigration.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real PostgreSQL for all tests of a JVM: a container where a Docker engine answers, else a server from Maven packages.
 * Its own time zone is an odd one, since no zone of a server may matter.
 */
public final class PostgresServer extends SqlServer {

    private static final PostgresServer SHARED = start();

    private final String host;
    private final int port;

    private PostgresServer(String host, int port, String username, String password) {
        super(username, password, "postgres");
        this.host = host;
        this.port = port;
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
                    // No machine loses its power here: what dies is a process, and then the kernel still writes.
                    .setServerConfig("fsync", "off")
                    .start();
            return new PostgresServer("localhost", server.getPort(), "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes a copy of a database of this server that nobody is connected to, and answers with its JDBC URL. */
    public String copyDatabase(String url) {
        return createDatabase(" TEMPLATE " + url.substring(url.lastIndexOf('/') + 1));
    }

    @Override
    String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }
}
