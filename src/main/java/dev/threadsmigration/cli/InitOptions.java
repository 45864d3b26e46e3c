package dev.threadsmigration.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What {@code init} takes. */
@Command(versionProvider = Version.class)
final class InitOptions {

    /** No word of a command line holds this character. */
    static final String ASK = "\0";

    @Option(names = "--url", required = true, paramLabel = "JDBC_URL", description = "The legacy database.")
    String url = "";

    @Option(names = "--username", paramLabel = "NAME", description = "Who reads it.")
    @Nullable
    String username;

    @Option(
            names = "--password",
            paramLabel = "PASSWORD",
            arity = "0..1",
            fallbackValue = ASK,
            description = "By default from LEGACY_DB_PASSWORD; alone, it is asked for at the terminal. Never printed.")
    @Nullable
    String password;

    @Option(names = "--target-url", paramLabel = "JDBC_URL", description = "The new database.")
    String targetUrl = "${APP_DB_URL}";

    @Option(names = "--name", paramLabel = "NAME", description = "The migration's name.")
    String name = "my-migration";

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print version information and exit.")
    boolean version;
}
