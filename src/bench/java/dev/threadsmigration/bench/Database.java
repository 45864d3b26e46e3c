package dev.threadsmigration.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/** A database of the PostgreSQL that everything runs on. */
record Database(String url, String user, String password) {

    private static final Pattern NAME = Pattern.compile("(?<=^jdbc:postgresql://[^/?]{1,1000}/)[^?]*");

    /** Another database of the same server. */
    Database named(String name) {
        if (!NAME.matcher(url).find()) {
            throw new IllegalArgumentException(
                    "bench.url must be like jdbc:postgresql://host:port/postgres, not " + url);
        }
        return new Database(NAME.matcher(url).replaceFirst(name), user, password);
    }

    /** The URL as programs take it that are not written in Java. */
    String uri() {
        return url.substring("jdbc:".length());
    }

    /** The URL with one more parameter of the driver. */
    String urlWith(String parameter) {
        return url + (url.contains("?") ? "&" : "?") + parameter;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }

    /** Each by itself, in no transaction. */
    void execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first value of the first row. */
    String ask(String query) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
