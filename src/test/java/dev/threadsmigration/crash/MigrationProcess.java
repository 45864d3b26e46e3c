package dev.threadsmigration.crash;

import dev.threadsmigration.ThreadsMigrationApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A command in a process of its own, in a time zone and with digits that nobody else here has. */
final class MigrationProcess implements RunningCommand {

    private final Process process;
    private final Path output;

    private MigrationProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    static MigrationProcess start(List<String> words) {
        return start(ThreadsMigrationApplication.class, words);
    }

    /** @param heap how much memory Java may use, such as {@code 64m} */
    static MigrationProcess startWithin(String heap, List<String> words) {
        return start(ThreadsMigrationApplication.class, words, "-Xmx" + heap);
    }

    /** Starts a process that runs all of these commands until they stand still. */
    static MigrationProcess startAll(List<List<String>> commands) {
        List<String> words = new ArrayList<>();
        for (List<String> command : commands) {
            words.addAll(command);
            words.add(StandingCommands.END);
        }
        return start(StandingCommands.class, words);
    }

    private static MigrationProcess start(Class<?> main, List<String> words, String... jvmOptions) {
        try {
            List<String> command = new ArrayList<>(
                    List.of(java(), "-Duser.timezone=America/New_York", "-Duser.language=ar", "-Duser.country=EG"));
            command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
            command.addAll(List.of(jvmOptions));
            command.addAll(ParsedClasses.jvmArguments());
            command.add(main.getName());
            command.addAll(words);
            return start(command, Path.of("").toAbsolutePath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The program that runs these tests. */
    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** Starts any command in a folder. */
    static MigrationProcess start(List<String> command, Path folder) throws IOException {
        Path output = Files.createTempFile("migration-", ".log");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        return new MigrationProcess(process, output);
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGINT. */
    void interrupt() {
        signal("INT");
    }

    /** Stands still, as a machine that is suspended does. */
    void suspend() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether it ends within this time. */
    boolean waitFor(long time, TimeUnit unit) throws InterruptedException {
        return process.waitFor(time, unit);
    }

    @Override
    public boolean isAlive() {
        return process.isAlive();
    }

    @Override
    public int exitCode() {
        try {
            if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("did not end: " + output());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
