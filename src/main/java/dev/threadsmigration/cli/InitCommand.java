package dev.threadsmigration.cli;

import dev.threadsmigration.config.JdbcUrl;
import dev.threadsmigration.config.MigrationProperties;
import dev.threadsmigration.config.TargetSettings;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.init.JobFileDraft;
import dev.threadsmigration.preflight.ConnectionProblem;
import dev.threadsmigration.report.TerminalScreen;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
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
        checkUrl("--url", options.url);
        checkUrl("--target-url", options.targetUrl);
        checkDraft();
        Properties properties = new Properties();
        properties.putAll(dialect.session().properties());
        properties.putAll(dialect.session().readingProperties());
        if (options.username != null) {
            properties.put("user", options.username);
        }
        properties.put("password", password());
        try (Connection connection =
                DriverManager.getConnection(dialect.session().url(options.url), properties)) {
            System.out.print(
                    new JobFileDraft(options.name, options.url, options.username, options.targetUrl).of(connection));
            return Output.exitCode();
        } catch (SQLException e) {
            // A driver may repeat the whole URL.
            String why = ConnectionProblem.explain(e)
                    .replace(dialect.session().url(options.url), JdbcUrl.withoutSecrets(options.url));
            throw new UsageException("the legacy database cannot be read: " + why);
        }
    }

    private static void checkUrl(String option, String url) {
        String problem = JdbcUrl.problem(url);
        if (problem != null) {
            throw new UsageException(option + " " + problem);
        }
    }

    /** What would stand in the draft only to be refused by the next command. */
    private void checkDraft() {
        if (!MigrationProperties.isName(options.name)) {
            throw new UsageException(
                    "--name " + MigrationProperties.NOT_A_NAME.formatted(options.name) + suggestion(options.name));
        }
        if (!options.targetUrl.contains("${") && !TargetSettings.isSupported(options.targetUrl)) {
            throw new UsageException("--target-url " + TargetSettings.NOT_SUPPORTED);
        }
    }

    private static String suggestion(String name) {
        String allowed =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return MigrationProperties.isName(allowed) ? ", such as " + allowed : "";
    }

    private String password() {
        String given = options.password == null ? System.getenv("LEGACY_DB_PASSWORD") : options.password;
        if (!InitOptions.ASK.equals(given)) {
            return Objects.requireNonNullElse(given, "");
        }
        if (!TerminalScreen.isTerminal()) {
            throw new UsageException("--password cannot ask where input or output is not a terminal:"
                    + " set the environment variable LEGACY_DB_PASSWORD and leave --password out");
        }
        char[] typed = System.console().readPassword("Password of the legacy database: ");
        return typed == null ? "" : new String(typed);
    }
}
