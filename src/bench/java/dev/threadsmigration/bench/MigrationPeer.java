package dev.threadsmigration.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** threads-migration itself, with a job file. */
final class MigrationPeer implements Peer {

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
        /** Over a migration that is finished but for one row, which came since. */
        LATER,
        /** Out of the target again. */
        RETURNING
    }

    private final String name;
    private final LegacyForum legacy;
    private final TargetTables target;
    private final Installation tool;
    private final Kind kind;
    private final List<String> options;

    private MigrationPeer(
            String name, LegacyForum legacy, TargetTables target, Installation tool, Kind kind, String... options) {
        this.name = name;
        this.legacy = legacy;
        this.target = target;
        this.tool = tool;
        this.kind = kind;
        this.options = List.of(options);
    }

    private static MigrationPeer inPlace(
            String name, LegacyForum legacy, TargetTables target, Installation tool, Kind kind) {
        return new MigrationPeer(
                name, legacy, target, tool, kind, ONLY_THREADS, NO_VALIDATION, "--migration.defer-indexes=never");
    }

    static MigrationPeer indexesInPlace(LegacyForum legacy, TargetTables target, Installation tool) {
        return inPlace("threads-migration", legacy, target, tool, Kind.MOVING);
    }

    static MigrationPeer deferred(LegacyForum legacy, TargetTables target, Installation tool) {
        return new MigrationPeer(
                "threads-migration, indexes rebuilt",
                legacy,
                target,
                tool,
                Kind.MOVING,
                ONLY_THREADS,
                NO_VALIDATION,
                "--migration.defer-indexes=always");
    }

    /** All that the command does where it is told nothing: the users too, and the comparison of every record. */
    static MigrationPeer whole(LegacyForum legacy, TargetTables target, Installation tool) {
        return new MigrationPeer("threads-migration, whole command", legacy, target, tool, Kind.VALIDATING);
    }

    static MigrationPeer again(LegacyForum legacy, TargetTables target, Installation tool) {
        return inPlace("threads-migration, all duplicates", legacy, target, tool, Kind.REPEATING);
    }

    static MigrationPeer later(LegacyForum legacy, TargetTables target, Installation tool) {
        return inPlace("threads-migration, one row since", legacy, target, tool, Kind.LATER);
    }

    /** The way back. */
    static MigrationPeer back(LegacyForum legacy, TargetTables target, Installation tool) {
        return new MigrationPeer(
                "threads-migration rollback", legacy, target, tool, Kind.RETURNING, ONLY_THREADS, "--yes");
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
        if (kind == Kind.REPEATING || kind == Kind.LATER || kind == Kind.RETURNING) {
            deferred(legacy, target, tool).run();
        }
        if (kind == Kind.REPEATING) {
            target.forgetMigrations();
        } else if (kind == Kind.LATER) {
            target.forgetOne();
        }
        target.settle();
    }

    @Override
    public Run run() {
        List<String> words = new ArrayList<>(List.of(
                kind == Kind.RETURNING ? "rollback" : "migrate", writeJob().toString()));
        words.addAll(options);
        Run run = tool.run(name, words);
        return switch (kind) {
            case VALIDATING ->
                run.withPart("comparison of every record", secondsOf("^validate-(?!queries)"))
                        .withPart("timing of the application's queries", secondsOf("^validate-queries"));
            case RETURNING -> run.withPart("removal", secondsOf("^remove-"));
            case MOVING, REPEATING, LATER -> run;
        };
    }

    private Path writeJob() {
        try {
            return Files.writeString(
                    tool.folder().resolve("job.yml"),
                    JOB.formatted(tool.folder().resolve("reports")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param steps a pattern of their names */
    private double secondsOf(String steps) {
        return Double.parseDouble(target.database().ask("""
                        SELECT extract(epoch FROM max(end_time) - min(start_time))
                        FROM threads_migration.batch_step_execution
                        WHERE step_name ~ '%s'""".formatted(steps)));
    }

    @Override
    public void check() {
        String counted = switch (kind) {
            case REPEATING -> "duplicate";
            case RETURNING -> "remaining";
            case MOVING, LATER, VALIDATING -> "migrated";
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
