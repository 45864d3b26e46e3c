package dev.threadsmigration.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** threads-migration, put up as the container image and the page on operating it have it. */
final class Installation {

    private static final Path PACKAGED =
            Path.of("target", "threads-migration.jar").toAbsolutePath();

    private final Programs programs;
    private final List<String> command;

    private Installation(Programs programs, List<String> command) {
        this.programs = programs;
        this.command = command;
    }

    /** Fails at once where there is nothing to measure. */
    static void requireJar() {
        if (!Files.exists(PACKAGED)) {
            throw new IllegalStateException("there is no " + PACKAGED + ": run ./mvnw -DskipTests package first");
        }
    }

    /** Takes the packaged jar apart, and keeps the classes that a run of the demo loads parsed. */
    static Installation in(Programs programs) {
        Path app = programs.folder().resolve("app");
        String jar = app.resolve("threads-migration.jar").toString();
        Path parsed = app.resolve("threads-migration.jsa");
        programs.run(
                "installation",
                List.of(
                        Programs.java(),
                        "-Djarmode=tools",
                        "-jar",
                        PACKAGED.toString(),
                        "extract",
                        "--destination",
                        app.toString()));
        programs.run(
                "installation", List.of(Programs.java(), "-XX:DumpLoadedClassList=classes", "-jar", jar, "migrate"));
        programs.run(
                "installation",
                List.of(
                        Programs.java(),
                        "-Xshare:dump",
                        "-XX:SharedClassListFile=classes",
                        "-XX:SharedArchiveFile=" + parsed,
                        "-jar",
                        jar));
        return new Installation(
                programs,
                List.of(
                        Programs.java(),
                        "-XX:SharedArchiveFile=" + parsed,
                        "-XX:+UseSerialGC",
                        "-XX:NewRatio=1",
                        "-XX:SurvivorRatio=4",
                        "-XX:CompileThresholdScaling=2",
                        "-XX:FreqInlineSize=80",
                        "-Xmx256m",
                        "-jar",
                        jar));
    }

    /** Where it may write. */
    Path folder() {
        return programs.folder();
    }

    Run run(String name, List<String> words) {
        List<String> all = new ArrayList<>(command);
        all.addAll(words);
        return programs.run(name, all);
    }
}
