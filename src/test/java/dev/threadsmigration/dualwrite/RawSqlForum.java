package dev.threadsmigration.dualwrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.MariaDbServer;
import dev.threadsmigration.support.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A legacy database of users and threads on some server, a target on PostgreSQL, and dual-write between them. */
record RawSqlForum(Path folder, Side source, Side target) {

    /** A database. */
    record Side(String url, String user, String password) {

        void execute(String... statements) throws SQLException {
            try (Connection connection = DriverManager.getConnection(url, user, password);
                    Statement statement = connection.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
        }

        /** The first column of what a query finds. */
        List<String> list(String query) throws SQLException {
            List<String> found = new ArrayList<>();
            try (Connection connection = DriverManager.getConnection(url, user, password);
                    Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(query)) {
                while (result.next()) {
                    found.add(result.getString(1));
                }
            }
            return found;
        }
    }

    private static Side postgres() {
        PostgresServer server = PostgresServer.shared();
        return new Side(server.createDatabase(), server.username(), server.password());
    }

    static RawSqlForum onPostgres(Path folder) {
        return new RawSqlForum(folder, postgres(), postgres());
    }

    static RawSqlForum onMariaDb(Path folder) {
        MariaDbServer server = MariaDbServer.shared();
        return new RawSqlForum(
                folder, new Side(server.createDatabase(), server.username(), server.password()), postgres());
    }

    static RawSqlForum onSqlite(Path folder) {
        return new RawSqlForum(folder, new Side("jdbc:sqlite:" + folder.resolve("legacy.db"), "", ""), postgres());
    }

    static RawSqlForum onH2(Path folder) {
        return new RawSqlForum(folder, new Side("jdbc:h2:" + folder.resolve("legacy"), "sa", ""), postgres());
    }

    /** The same with another way to its legacy database. */
    RawSqlForum withSource(Side other) {
        return new RawSqlForum(folder, other, target);
    }

    /** @param more lines of the job file */
    CommandRun run(String command, String more, String... options) {
        return CommandRun.onJobFile(
                folder,
                command,
                """
                migration:
                  name: other
                  preset: raw-sql
                  source: { url: "%s", username: "%s", password: "%s" }
                  target: { url: "%s", username: "%s", password: "%s", create-tables: true }
                  entities: [users, threads]
                  dual-write: { enabled: true, deletes: carry }
                %s""".formatted(
                                source.url(),
                                source.user(),
                                source.password(),
                                target.url(),
                                target.user(),
                                target.password(),
                                more),
                options);
    }

    CommandRun done(String command, String more, String... options) {
        CommandRun run = run(command, more, options);
        assertThat(run.exitCode()).as(run.all()).isZero();
        return run;
    }
}
