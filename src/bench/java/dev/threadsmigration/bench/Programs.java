package dev.threadsmigration.bench;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs programs in processes of their own, takes their time, and fails with what they said where one fails. */
final class Programs {

    private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final long SAMPLE_MILLIS = 100;

    private final Path folder;
    private final Map<String, String> environment;

    Programs(Path folder, Database legacy, Database target) {
        this.folder = folder;
        this.environment = Map.of(
                Environment.LEGACY_URL,
                legacy.url(),
                Environment.TARGET_URL,
                target.url(),
                Environment.USER,
                legacy.user(),
                Environment.PASSWORD,
                legacy.password(),
                "PGUSER",
                legacy.user(),
                "PGPASSWORD",
                legacy.password());
        // What Ctrl-C does not reach would go on without its databases.
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> ProcessHandle.current().children().forEach(ProcessHandle::destroy)));
    }

    Path folder() {
        return folder;
    }

    static boolean isOnPath(String program) {
        return Stream.of(System.getenv("PATH").split(Pattern.quote(File.pathSeparator)))
                .anyMatch(path -> Files.isExecutable(Path.of(path, program)));
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A main class of this benchmark, in a JVM of its own. */
    static List<String> java(Class<?> mainClass, String... arguments) {
        List<String> command =
                new ArrayList<>(List.of(java(), "-cp", System.getProperty("java.class.path"), mainClass.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    Run run(String name, List<String> command) {
        return run(name, new Pipeline(List.of(command)));
    }

    /** Runs them side by side, until the last one has ended. */
    Run run(String name, Pipeline... pipelines) {
        Path log = folder.resolve(name.replaceAll("\\W+", "-") + ".log");
        try {
            Files.deleteIfExists(log);
            long start = System.nanoTime();
            List<Process> processes = new ArrayList<>();
            for (Pipeline pipeline : pipelines) {
                processes.addAll(pipeline.start(folder, environment, log));
            }
            Long peak = null;
            for (Process process : processes) {
                while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
                    Long sample = peakMegabytes(process);
                    peak = sample == null ? peak : sample;
                }
                if (process.exitValue() != 0) {
                    processes.forEach(Process::destroy);
                    throw new IllegalStateException(
                            "%s ended with %d:%n%s".formatted(name, process.exitValue(), Files.readString(log)));
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new Run(seconds, List.of(), processes.size() == 1 ? peak : null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static @Nullable Long peakMegabytes(Process process) {
        try {
            Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc", Long.toString(process.pid()), "status")));
            return peak.find() ? Long.valueOf(Long.parseLong(peak.group(1)) / 1024) : null;
        } catch (IOException e) {
            // Not Linux, or the process has just ended.
            return null;
        }
    }

    /** Commands of which each reads what the one before writes. */
    record Pipeline(List<List<String>> commands) {

        private List<Process> start(Path folder, Map<String, String> environment, Path log) throws IOException {
            List<ProcessBuilder> builders = new ArrayList<>();
            for (List<String> command : commands) {
                ProcessBuilder builder = new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
                builder.environment().putAll(environment);
                builders.add(builder);
            }
            builders.get(builders.size() - 1).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            return ProcessBuilder.startPipeline(builders);
        }
    }
}
