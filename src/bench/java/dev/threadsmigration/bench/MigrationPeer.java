package dev.threadsmigration.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** threads-migration itself, as its users run it: the jar with a job file. */
final class MigrationPeer implements Peer {

    private static final Path JAR = Path.of("target", "threads-migration.jar");

    /** Long titles are cut, as the other peers cut them, so that all of them move the same rows. */
    private static final String JOB = """
            migration:
              name: benchmark
              reports: %s
              source:
                url: ${BENCH_LEGACY_URL}
                username: ${BENCH_USER}
                password: ${BENCH_PASSWORD}
              target:
                url: ${BENCH_TARGET_URL}
                username: ${BENCH_USER}
                password: ${BENCH_PASSWORD}
              mapping:
                threads:
                  fields:
                    title: { column: subject, default: Untitled, too-long: truncate }
            """;

    private static final String ONLY_THREADS = "--migration.entities=threads";
    private static final String NO_VALIDATION = "--migration.validation.enabled=false";

    private enum Kind {
        MOVING,
        VALIDATING,
        /** Over a table that holds every row already. */
        REPEATING,
        /** Out of the target again. */
        RETURNING
    }

    private final String name;
    private final LegacyForum legacy;
    private final TargetTables target;
    private final Programs programs;
    private final Kind kind;
    private final List<String> options;

    private MigrationPeer(
            String name, LegacyForum legacy, TargetTables target, Programs programs, Kind kind, String... options) {
        this.name = name;
        this.legacy = legacy;
        this.target = target;
        this.programs = programs;
        this.kind = kind;
        this.options = List.of(options);
    }

    /** Fails at once where there is nothing to measure. */
    static void requireJar() {
        if (!Files.exists(JAR)) {
            throw new IllegalStateException("there is no " + JAR + ": run ./mvnw -DskipTests package first");
        }
    }

    static MigrationPeer indexesInPlace(LegacyForum legacy, TargetTables target, Programs programs) {
        return new MigrationPeer(
                "threads-migration",
                legacy,
                target,
                programs,
                Kind.MOVING,
                ONLY_THREADS,
                NO_VALIDATION,
                "--migration.defer-indexes=never");
    }

    static MigrationPeer deferred(LegacyForum legacy, TargetTables target, Programs programs) {
        return new MigrationPeer(
                "threads-migration, indexes rebuilt",
                legacy,
                target,
                programs,
                Kind.MOVING,
                ONLY_THREADS,
                NO_VALIDATION,
                "--migration.defer-indexes=always");
    }

    /** All that the command does where it is told nothing: the users too, and the comparison of every record. */
    static MigrationPeer whole(LegacyForum legacy, TargetTables target, Programs programs) {
        return new MigrationPeer("threads-migration, whole command", legacy, target, programs, Kind.VALIDATING);
    }

    static MigrationPeer again(LegacyForum legacy, TargetTables target, Programs programs) {
        return new MigrationPeer(
                "threads-migration, all duplicates",
                legacy,
                target,
                programs,
                Kind.REPEATING,
                ONLY_THREADS,
                NO_VALIDATION,
                "--migration.defer-indexes=never");
    }

    /** The way back. */
    static MigrationPeer back(LegacyForum legacy, TargetTables target, Programs programs) {
        return new MigrationPeer(
                "threads-migration rollback", legacy, target, programs, Kind.RETURNING, ONLY_THREADS, "--yes");
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long threads() {
        return legacy.threads();
    }

    @Override
    public long left() {
        return kind == Kind.RETURNING ? 0 : threads();
    }

    @Override
    public void prepare() {
        if (kind == Kind.REPEATING || kind == Kind.RETURNING) {
            deferred(legacy, target, programs).run();
        }
        if (kind == Kind.REPEATING) {
            target.forgetMigrations();
        }
        target.settle();
    }

    @Override
    public Run run() {
        List<String> command = new ArrayList<>(List.of(
                Programs.java(),
                // As the page on operating it has the command.
                "-XX:+UseParallelGC",
                "-Xmx256m",
                "-jar",
                JAR.toString(),
                kind == Kind.RETURNING ? "rollback" : "migrate",
                writeJob().toString()));
        command.addAll(options);
        Run run = programs.run(name, command);
        return switch (kind) {
            case VALIDATING -> run.withPart("validation", secondsOf("validate-%"));
            case RETURNING -> run.withPart("removal", secondsOf("remove-%"));
            case MOVING, REPEATING -> run;
        };
    }

    private Path writeJob() {
        try {
            return Files.writeString(
                    programs.folder().resolve("job.yml"),
                    JOB.formatted(programs.folder().resolve("reports")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double secondsOf(String steps) {
        return Double.parseDouble(target.database().ask("""
                        SELECT extract(epoch FROM max(end_time) - min(start_time))
                        FROM threads_migration.batch_step_execution
                        WHERE step_name LIKE '%s'""".formatted(steps)));
    }

    @Override
    public void check() {
        String counted = switch (kind) {
            case REPEATING -> "duplicate";
            case RETURNING -> "remaining";
            case MOVING, VALIDATING -> "migrated";
        };
        String agreeing = target.database()
                .ask(
                        "SELECT count(*) FROM threads_migration.migration_progress WHERE entity = 'threads' AND %s + rejected = %d"
                                .formatted(counted, legacy.threads()));
        if (!agreeing.equals("1")) {
            throw new IllegalStateException(name + ": its own counts are wrong");
        }
    }
}
