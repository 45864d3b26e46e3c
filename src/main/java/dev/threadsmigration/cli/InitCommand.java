package dev.threadsmigration.cli;

import dev.threadsmigration.config.JdbcUrl;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.init.JobFileDraft;
import dev.threadsmigration.preflight.ConnectionProblem;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Properties;

/** {@code init}. */
final class InitCommand {

    private final InitOptions options;

    InitCommand(InitOptions options) {
        this.options = options;
    }

    int run() {
        Dialect dialect;
        try {
            dialect = Dialect.of(options.url);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--url cannot be read: " + e.getMessage());
        }
        Properties properties = new Properties();
        properties.putAll(dialect.connectionProperties());
        if (options.username != null) {
            properties.put("user", options.username);
        }
        String password = options.password == null ? System.getenv("LEGACY_DB_PASSWORD") : options.password;
        properties.put("password", Objects.requireNonNullElse(password, ""));
        try (Connection connection = DriverManager.getConnection(dialect.driverUrl(options.url), properties)) {
            System.out.print(
                    new JobFileDraft(options.name, options.url, options.username, options.targetUrl).of(connection));
            return ExitCode.DONE;
        } catch (SQLException e) {
            // A driver may repeat the whole URL.
            String why = ConnectionProblem.explain(e)
                    .replace(dialect.driverUrl(options.url), JdbcUrl.withoutSecrets(options.url));
            throw new UsageException("the legacy database cannot be read: " + why);
        }
    }
}
