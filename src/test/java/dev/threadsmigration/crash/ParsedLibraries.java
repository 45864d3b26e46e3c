package dev.threadsmigration.crash;

import dev.threadsmigration.ThreadsMigrationApplication;
import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The libraries' classes as an archive that the JVM maps instead of parsing them: made once, for the hundred processes
 * that the tests start, each of which begins a third sooner. Whoever comes while it is made goes without.
 */
final class ParsedLibraries {

    private static final Path FOLDER = Path.of("target", "parsed-libraries").toAbsolutePath();
    private static final String LIBRARIES = classPath(Files::isRegularFile);
    /** What an archive was made of must come first, and a folder cannot be in one. */
    private static final String CLASS_PATH = LIBRARIES + File.pathSeparator + classPath(Files::isDirectory);

    private ParsedLibraries() {}

    /** The class path of these tests, and the archive if there is one. */
    static List<String> jvmArguments() throws IOException {
        Path archive =
                FOLDER.resolve("%08x.jsa".formatted((LIBRARIES + System.getProperty("java.vm.version")).hashCode()));
        if (!Files.exists(archive)) {
            makeUnlessSomebodyDoes(archive);
        }
        List<String> arguments = new ArrayList<>(List.of("-cp", CLASS_PATH));
        if (Files.exists(archive)) {
            arguments.add("-XX:SharedArchiveFile=" + archive);
        }
        return arguments;
    }

    private static void makeUnlessSomebodyDoes(Path archive) throws IOException {
        Files.createDirectories(FOLDER);
        try (FileChannel channel =
                        FileChannel.open(FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null && !Files.exists(archive)) {
                make(archive);
            }
        }
    }

    private static void make(Path archive) throws IOException {
        Path demo = Files.createTempDirectory("demo-");
        Path classes = demo.resolve("classes");
        Path unfinished = FOLDER.resolve("unfinished.jsa");
        run(
                demo,
                "-XX:TieredStopAtLevel=1",
                "-XX:DumpLoadedClassList=" + classes,
                "-cp",
                CLASS_PATH,
                ThreadsMigrationApplication.class.getName(),
                "migrate");
        run(
                demo,
                "-Xshare:dump",
                "-XX:+UseSerialGC",
                "-XX:SharedClassListFile=" + classes,
                "-XX:SharedArchiveFile=" + unfinished,
                "-cp",
                LIBRARIES);
        Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void run(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(MigrationProcess.java()));
        command.addAll(List.of(arguments));
        MigrationProcess.start(command, folder).assertExitCode(0);
    }

    private static String classPath(Predicate<Path> wanted) {
        return String.join(
                File.pathSeparator,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                        .filter(entry -> wanted.test(Path.of(entry)))
                        .toList());
    }
}
