package dev.threadsmigration.support;

import dev.threadsmigration.cli.CommandLineTool;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One run of the command line in this JVM.
 *
 * @param output what it printed, to either stream
 */
public record ToolRun(int exitCode, String output) {

    public static ToolRun of(String... words) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream captured = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        System.setOut(captured);
        System.setErr(captured);
        try {
            int exitCode = CommandLineTool.run(words);
            return new ToolRun(exitCode, bytes.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /** Writes a job file into the folder and runs a command on it; reports go to the folder, too. */
    public static ToolRun onJobFile(Path folder, String command, String yaml, String... options) {
        Path jobFile = folder.resolve("job.yml");
        try {
            Files.writeString(jobFile, yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> words = new ArrayList<>(
                List.of(command, jobFile.toString(), "--migration.reports=" + folder.resolve("reports")));
        words.addAll(List.of(options));
        return of(words.toArray(String[]::new));
    }
}
