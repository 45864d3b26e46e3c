package dev.threadsmigration.support;

import dev.threadsmigration.cli.CommandLineTool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command line that was run in this JVM.
 *
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
public record CommandRun(int exitCode, String out, String err) {

    public static CommandRun of(List<String> words) {
        return of(words.toArray(String[]::new));
    }

    public static CommandRun of(String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = into(out, err, List.of(words));
        return new CommandRun(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /**
     * Runs a command line; another one waits for its end.
     *
     * @return the exit code
     */
    public static synchronized int into(OutputStream out, OutputStream err, List<String> words) {
        PrintStream realOut = System.out;
        PrintStream realErr = System.err;
        try (PrintStream capturedOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream capturedErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            System.setOut(capturedOut);
            System.setErr(capturedErr);
            return CommandLineTool.run(words.toArray(String[]::new));
        } finally {
            System.setOut(realOut);
            System.setErr(realErr);
        }
    }

    /** Writes a job file into the folder and runs a command on it; reports go to the folder, too. */
    public static CommandRun onJobFile(Path folder, String command, String yaml, String... options) {
        Path jobFile = folder.resolve("job.yml");
        try {
            Files.writeString(jobFile, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> words = new ArrayList<>(
                List.of(command, jobFile.toString(), "--migration.reports=" + folder.resolve("reports")));
        words.addAll(List.of(options));
        return of(words);
    }

    public String all() {
        return out + err;
    }
}
