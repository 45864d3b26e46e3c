package dev.threadsmigration.cli;

import dev.threadsmigration.config.JobFileException;
import dev.threadsmigration.config.NearestWord;
import dev.threadsmigration.ledger.OtherLedgerException;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The commands that a person types. */
@Command(
        name = "java -jar threads-migration.jar",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        synopsisHeading = "Usage: ",
        customSynopsis = {
            "java -jar threads-migration.jar <command> [JOB_FILE] [options]",
            "       [--any.spring.property=value ...]"
        },
        description = {
            "",
            "Moves users, threads and feedback from a legacy SQL database into the schema of @pressw/threads-drizzle,"
                    + " proves that they arrived, and can take it back.",
            ""
        },
        commandListHeading = "%nCommands (migrate is the default; without a JOB_FILE, the built-in demo):%n",
        footer = {
            "",
            "Exit codes:",
            "  0    done",
            "  1    failed; run again to resume",
            "  2    wrong usage or settings, or a failed check; nothing was touched",
            "  3    validation found differences",
            "  4    another process is running this migration",
            "  143  stopped by SIGTERM, 130 by Ctrl-C; run again to resume"
        })
public final class CommandLineTool {

    private static final Pattern JOB_FILE = Pattern.compile("-f|-c|--(job-?)?(file|config)|--job");

    private final List<String> properties;

    private CommandLineTool(List<String> properties) {
        this.properties = properties;
    }

    /** Runs a command line and answers with its exit code. */
    public static int run(String... words) {
        try {
            Arguments arguments = Arguments.of(words);
            return line(arguments)
                    .setParameterExceptionHandler((wrong, all) -> misused(wrong))
                    .setExecutionExceptionHandler((failure, line, parsed) -> failed(failure))
                    .execute(arguments.command().toArray(String[]::new));
        } catch (UsageException e) {
            System.err.println(e.getMessage() + ". --help explains them.");
            return ExitCode.USAGE;
        }
    }

    static CommandLine line(Arguments arguments) {
        return new CommandLine(new CommandLineTool(arguments.properties()));
    }

    private static int misused(ParameterException wrong) {
        CommandLine line = wrong.getCommandLine();
        String word = wrong instanceof UnmatchedArgumentException unmatched
                ? unmatched.getUnmatched().get(0).replaceAll("=.*", "")
                : "";
        // Of an unknown option only its name, since what follows it may be a secret.
        System.err.println(
                word.startsWith("-")
                        ? "Unknown option '" + word + "'" + hint(line, word)
                        : wrong.getMessage().replace("is not a long", "is not a whole number"));
        line.usage(System.err);
        return ExitCode.USAGE;
    }

    private static String hint(CommandLine line, String option) {
        if (option.contains(".")) {
            return ": a setting and its value are one word, " + option + "=VALUE";
        }
        if (JOB_FILE.matcher(option).matches()) {
            return ": the job file stands there without one, such as: migrate jobs/mine.yml";
        }
        List<String> options = line.getCommandSpec().optionsMap().keySet().stream()
                .filter(known -> known.startsWith("--"))
                .toList();
        return options.stream()
                .filter(known -> known.startsWith("--" + option.replaceFirst("^-+", "")))
                .findFirst()
                .map(known -> ", did you mean '" + known + "'?")
                .orElseGet(() -> NearestWord.question(option, options));
    }

    private static int failed(Exception failure) {
        for (Throwable cause : Causes.of(failure)) {
            if (cause instanceof JobFileException
                    || cause instanceof UsageException
                    || cause instanceof OtherLedgerException) {
                System.err.println(cause.getMessage());
                return ExitCode.USAGE;
            }
        }
        boolean ofDatabase = Causes.find(List.of(failure), SQLException.class) != null;
        String what = ofDatabase
                ? "A database failed, or was lost; run the same command again to resume. "
                : "Failed unexpectedly; run the same command again to resume. ";
        System.err.println(what + Causes.describe(failure));
        return ExitCode.FAILED;
    }

    @Command(description = "Runs the migration, or resumes it; ends with validation and the report.")
    int migrate(@Mixin CommandOptions options) {
        return run("migrate", options);
    }

    @Command(description = "Compares legacy and target again.")
    int validate(@Mixin CommandOptions options) {
        return run("validate", options);
    }

    @Command(description = "Takes the migration back; asks for --yes where there is no terminal to ask at.")
    int rollback(
            @Mixin CommandOptions options,
            @Option(names = "--undo", description = "Put back what the last rollback removed.") boolean undo,
            @Option(names = "--purge", description = "Forget the migration's mapping and snapshots; no way back.")
                    boolean purge) {
        if (purge && (undo || options.dryRun)) {
            throw new UsageException("--purge forgets for good: leave %s out, or leave --purge out"
                    .formatted(undo ? "--undo" : "--dry-run"));
        }
        options.undo = undo;
        try (Session session = Session.open("rollback", options, properties)) {
            if (!options.dryRun && !Confirmation.given(session, purge ? "purge" : session.verb())) {
                return ExitCode.USAGE;
            }
            return purge ? new PurgeCommand(session).run() : new RunCommand(session).run();
        }
    }

    @Command(description = "Runs the rejected records again.")
    int retry(@Mixin CommandOptions options) {
        return run("retry", options);
    }

    @Command(description = "Carries to legacy what the application wrote into the target (dual-write).")
    int sync(@Mixin CommandOptions options) {
        return run("sync", options);
    }

    @Command(description = "Makes the checks of migrate without writing anything.")
    int preflight(@Mixin CommandOptions options) {
        refuseReport("preflight", options);
        try (Session session = Session.open("preflight", options, properties)) {
            return new PreflightCommand(session).run();
        }
    }

    @Command(description = "Looks at a legacy database and prints a job file that fits it.")
    int init(@Mixin InitOptions options) {
        return new InitCommand(options).run();
    }

    @Command(description = "Shows outcome and progress of the migration, also while another process runs it.")
    int status(
            @Mixin CommandOptions options,
            @Option(names = "--watch", description = "Show it again every 2 seconds, until the run ends.")
                    boolean watch,
            @Option(names = "--json", description = "One line of JSON a look, for scripts.") boolean json) {
        refuseReport("status", options);
        try (Session session = Session.open("status", options, properties)) {
            return new StatusCommand(session, watch, json).run();
        }
    }

    private static void refuseReport(String command, CommandOptions options) {
        if (options.report != null) {
            throw new UsageException("%s runs nothing that could be reported: leave --report out%s"
                    .formatted(command, command.equals("status") ? "; for scripts there is --json" : ""));
        }
    }

    private int run(String command, CommandOptions options) {
        HeadStart.begin();
        try (Session session = Session.open(command, options, properties)) {
            return new RunCommand(session).run();
        }
    }
}
