package dev.threadsmigration.support;

import java.sql.Connection;
import java.sql.SQLException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A real MySQL for all tests of a JVM: a container where a Docker engine answers, else the server that the environment
 * names in {@code TEST_MYSQL} as {@code host:port} with a root of no password, else none: no Maven package holds one. Its
 * zone is an odd one and its SQL mode the loosest, as MariaDB's.
 */
public final class MySqlServer extends SqlServer {

    private static final String AT_HAND = System.getenv("TEST_MYSQL");

    private final String address;

    private MySqlServer(String address) {
        super("root", "", "mysql");
        this.address = address;
    }

    /** Whether there is one; asked before {@link #shared}. */
    public static boolean isThere() {
        return AT_HAND != null || DockerClientFactory.instance().isDockerAvailable();
    }

    public static MySqlServer shared() {
        return Shared.SERVER;
    }

    /** By the driver of the tool, which takes a URL of MySQL's in its own form only. */
    @Override
    public Connection connect(String url) throws SQLException {
        return super.connect(url.replace("jdbc:mysql:", "jdbc:mariadb:"));
    }

    @Override
    String url(String database) {
        return "jdbc:mysql://" + address + "/" + database + "?allowPublicKeyRetrieval=true";
    }

    private static final class Shared {

        static final MySqlServer SERVER = new MySqlServer(AT_HAND != null ? AT_HAND : start());

        @SuppressWarnings("resource") // ends with the JVM
        private static String start() {
            GenericContainer<?> container = new GenericContainer<>("mysql:8.4")
                    .withEnv("MYSQL_ALLOW_EMPTY_PASSWORD", "yes")
                    .withExposedPorts(3306)
                    .withCommand("--default-time-zone=+05:30", "--sql-mode=", "--max-allowed-packet=64M")
                    .waitingFor(Wait.forLogMessage(".*ready for connections.*port: 3306.*", 1));
            container.start();
            return container.getHost() + ":" + container.getMappedPort(3306);
        }
    }
}
