package dev.threadsmigration.crash;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** A database of a test, asked by SQL alone. */
record Database(String url, String username, String password) {

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, username, password);
    }

    void execute(String sql) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs scripts of the folder `crash` in one session. */
    void run(String... scripts) {
        StringBuilder sql = new StringBuilder();
        for (String script : scripts) {
            sql.append(script.endsWith(".sql") ? resource(script) : script).append('\n');
        }
        execute(sql.toString());
    }

    /** The first column of every row. */
    List<String> list(String sql) {
        try (Session session = session()) {
            return session.list(sql);
        }
    }

    String value(String sql) {
        return list(sql).get(0);
    }

    /** For many questions, each of which would take longer to connect than to ask. */
    Session session() {
        try {
            return new Session(connect());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    record Session(Connection connection) implements AutoCloseable {

        List<String> list(String sql) {
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                List<String> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(result.getString(1));
                }
                return rows;
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        String value(String sql) {
            return list(sql).get(0);
        }

        @Override
        public void close() {
            try {
                connection.close();
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Copies rows as they are. */
    void copyTo(Database other, String from, String to) {
        try (Connection source = connect();
                Connection target = other.connect()) {
            StringWriter rows = new StringWriter();
            source.unwrap(PGConnection.class).getCopyAPI().copyOut("COPY " + from + " TO STDOUT", rows);
            target.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("COPY " + to + " FROM STDIN", new StringReader(rows.toString()));
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String resource(String script) {
        try (InputStream text = Database.class.getResourceAsStream("/crash/" + script)) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
