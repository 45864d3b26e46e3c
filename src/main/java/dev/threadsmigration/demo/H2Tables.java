package dev.threadsmigration.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The few things that both of the demo's databases need from a connection to H2. */
final class H2Tables {

    /** Sets the parameters of one row, the first being 1. */
    interface Binder<T> {
        void bind(PreparedStatement statement, T row) throws SQLException;
    }

    private static final String NAMES = """
            select table_name from information_schema.tables where table_schema = current_schema
            """;

    private static final int ROWS_A_TRANSACTION = 500;

    private final Connection connection;

    H2Tables(Connection connection) {
        this.connection = connection;
    }

    /** Names as H2 stores them, that is, in upper case. */
    Set<String> names() throws SQLException {
        Set<String> names = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(NAMES)) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
        }
        return names;
    }

    void requireAbsent(String database, String... tables) throws SQLException {
        Set<String> names = names();
        for (String table : tables) {
            if (names.contains(table)) {
                throw new SQLException("The demo was not created: the " + database + " database already holds a table "
                        + table + " that the demo did not make, or whose other half was deleted. Nothing was changed."
                        + " Point the demo at an empty directory, or delete both database files of the old demo.");
            }
        }
    }

    void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** Inserts all rows, in transactions small enough for H2 to commit them fast. */
    <T> void insert(String sql, List<T> rows, Binder<T> binder) throws SQLException {
        connection.setAutoCommit(false);
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            int count = 0;
            for (T row : rows) {
                binder.bind(statement, row);
                statement.executeUpdate();
                if (++count % ROWS_A_TRANSACTION == 0) {
                    connection.commit();
                }
            }
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
    }

    /** Returns once everything committed so far would survive a power cut; H2 itself writes half a second later. */
    void writeToDisk() throws SQLException {
        execute("checkpoint sync");
    }
}
