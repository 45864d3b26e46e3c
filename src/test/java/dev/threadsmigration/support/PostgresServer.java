package dev.threadsmigration.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * A real PostgreSQL for all tests of a JVM: a container where a Docker engine answers, else a server from Maven packages.
 * Its own time zone is an odd one, since no zone of a server may matter.
 */
public final class PostgresServer extends SqlServer {

    /** No machine loses its power here: what dies is a process, and then the kernel still writes. */
    private static final Map<String, String> SETTINGS = Map.of(
            "timezone",
            "Asia/Kolkata",
            "max_connections",
            "200",
            "fsync",
            "off",
            "full_page_writes",
            "off",
            // It would visit each of some hundred small databases every minute.
            "autovacuum",
            "off");

    private static final PostgresServer SHARED = start();

    /** File by file, where nothing is fsynced; by the log it takes nearly twice the time. */
    private static final String COPIED = " STRATEGY FILE_COPY";

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
            PostgreSQLContainer container = new PostgreSQLContainer("postgres:18").withCommand(command());
            container.start();
            return new PostgresServer(
                    container.getHost(),
                    container.getMappedPort(5432),
                    container.getUsername(),
                    container.getPassword());
        }
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
            SETTINGS.forEach(builder::setServerConfig);
            EmbeddedPostgres server = builder.start();
            return new PostgresServer("localhost", server.getPort(), "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] command() {
        List<String> words = new ArrayList<>(List.of("postgres"));
        SETTINGS.forEach((name, value) -> words.addAll(List.of("-c", name + "=" + value)));
        return words.toArray(String[]::new);
    }

    @Override
    public String createDatabase() {
        return createDatabase(COPIED);
    }

    /** Makes a copy of a database of this server that nobody is connected to, and answers with its JDBC URL. */
    public String copyDatabase(String url) {
        return createDatabase(COPIED + " TEMPLATE " + url.substring(url.lastIndexOf('/') + 1));
    }

    @Override
    String url(String database) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }
}
