package dev.threadsmigration.shapes;

import dev.threadsmigration.support.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** Legacy databases of the four shapes on PostgreSQL, a user, a thread and a feedback in each. */
final class Shapes {

    private Shapes() {}

    static String database(String preset) throws SQLException {
        String url = PostgresServer.shared().createDatabase();
        execute(url, resource(preset + ".sql"), resource(preset + "-rows.sql"));
        return url;
    }

    static String database() {
        return PostgresServer.shared().createDatabase();
    }

    static void execute(String url, String... sql) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect(url);
                Statement statement = connection.createStatement()) {
            for (String some : sql) {
                statement.execute(some);
            }
        }
    }

    static String ask(String url, String sql) throws SQLException {
        try (Connection connection = PostgresServer.shared().connect(url);
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            return result.next() ? String.valueOf(result.getString(1)) : "no row";
        }
    }

    static String resource(String name) {
        try (InputStream stream = Shapes.class.getResourceAsStream("/legacy-shapes/" + name)) {
            return new String(Objects.requireNonNull(stream, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A job file between two PostgreSQL databases. */
    static String jobFile(String preset, String source, String target, String more) {
        return """
                migration:
                  name: shapes
                  preset: %s
                  id-namespace: 8f0b8b1e-6a53-4a54-8a3e-0f9f6f4ad001
                  partitions: 1
                  source: { url: "%s", username: postgres, password: postgres }
                  target: { url: "%s", username: postgres, password: postgres, create-tables: true }
                %s""".formatted(preset, source, target, more);
    }
}
