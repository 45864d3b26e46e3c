package dev.threadsmigration.crash;

import dev.threadsmigration.ThreadsMigrationApplication;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * The classes of a migration as an archive that the JVM maps instead of parsing them: made once, for the many processes that
 * the tests start, each of which begins a third sooner. Whoever comes while it is made goes without.
 */
final class ParsedClasses {

    private static final Path FOLDER = Path.of("target", "parsed-classes").toAbsolutePath();
    private static final List<Path> CLASS_PATH = Stream.of(
                    System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    /** Of what is compiled now: an archive of other classes must not be taken. */
    private static final String NAME = "%08x".formatted(state().hashCode());

    private static final Path ARCHIVE = FOLDER.resolve(NAME + ".jsa");

    private ParsedClasses() {}

    /** The class path of these tests, and the archive if there is one. */
    static List<String> jvmArguments() throws IOException {
        if (!Files.exists(ARCHIVE)) {
            makeUnlessSomebodyDoes();
        }
        return Files.exists(ARCHIVE)
                ? List.of("-cp", joined(jars()), "-XX:SharedArchiveFile=" + ARCHIVE)
                : List.of("-cp", joined(CLASS_PATH));
    }

    private static void makeUnlessSomebodyDoes() throws IOException {
        try (FileChannel channel = FileChannel.open(
                        FOLDER.resolveSibling("parsed-classes.lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null && !Files.exists(ARCHIVE)) {
                make();
            }
        }
    }

    private static void make() throws IOException {
        FileSystemUtils.deleteRecursively(FOLDER);
        Files.createDirectories(FOLDER);
        List<Path> jars = jars();
        for (int i = 0; i < jars.size(); i++) {
            if (Files.isDirectory(CLASS_PATH.get(i))) {
                pack(CLASS_PATH.get(i), jars.get(i));
            }
        }
        Path classes = FOLDER.resolve("classes");
        Path unfinished = FOLDER.resolve("unfinished.jsa");
        run(
                "-XX:TieredStopAtLevel=1",
                "-XX:DumpLoadedClassList=" + classes,
                "-cp",
                joined(jars),
                ThreadsMigrationApplication.class.getName(),
                "migrate",
                ProcessForum.untouched().jobFile().toString());
        run(
                "-Xshare:dump",
                "-XX:+UseSerialGC",
                "-XX:SharedClassListFile=" + classes,
                "-XX:SharedArchiveFile=" + unfinished,
                "-cp",
                joined(jars));
        Files.move(unfinished, ARCHIVE, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void pack(Path folder, Path jar) {
        int failed = ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(System.out, System.err, "--create", "--file", jar.toString(), "-C", folder.toString(), ".");
        if (failed != 0) {
            throw new IllegalStateException(folder + " could not be packed");
        }
    }

    private static void run(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(MigrationProcess.java()));
        command.addAll(List.of(arguments));
        MigrationProcess.start(command, FOLDER).assertExitCode(0);
    }

    /** The class path, with jars for its folders: a folder cannot be in an archive. */
    private static List<Path> jars() {
        List<Path> jars = new ArrayList<>();
        for (Path entry : CLASS_PATH) {
            jars.add(Files.isDirectory(entry) ? FOLDER.resolve(NAME + "-" + jars.size() + ".jar") : entry);
        }
        return jars;
    }

    private static String joined(List<Path> entries) {
        return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }

    private static String state() {
        StringBuilder state = new StringBuilder(System.getProperty("java.vm.version"));
        for (Path entry : CLASS_PATH) {
            try (Stream<Path> files = Files.isDirectory(entry) ? Files.walk(entry) : Stream.of(entry)) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    state.append(file).append(Files.size(file)).append(Files.getLastModifiedTime(file));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return state.toString();
    }
}
