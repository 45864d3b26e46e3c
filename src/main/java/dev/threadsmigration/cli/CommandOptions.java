package dev.threadsmigration.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What every command takes. */
@Command(versionProvider = Version.class)
final class CommandOptions {

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "JOB_FILE",
            description = "The migration's job file; without one, the built-in demo.")
    @Nullable
    Path jobFile;

    @Option(
            names = "--dry-run",
            description = "Try everything against the real target in a transaction that is rolled back.")
    boolean dryRun;

    @Option(names = "--sample", paramLabel = "N", description = "Validate N random records instead of every one.")
    @Nullable
    Long sample;

    @Option(names = "--report", paramLabel = "FILE", description = "Where the JSON report also goes.")
    @Nullable
    Path report;

    @Option(names = "--yes", description = "Answer yes to every question.")
    boolean yes;

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

    /** Set by {@code rollback} alone. */
    boolean undo;

    /** The job file as a person would type it again. */
    String jobFileArgument() {
        return jobFile == null ? "" : " " + jobFile;
    }
}
