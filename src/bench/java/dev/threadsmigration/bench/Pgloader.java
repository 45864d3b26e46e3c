package dev.threadsmigration.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** pgloader, from a view that transforms. */
final class Pgloader implements Peer {

    private static final String COMMANDS = """
            LOAD DATABASE
              FROM %s
              INTO %s
              WITH data only, workers = 2, concurrency = 1, batch rows = 25000, prefetch rows = 25000
              MATERIALIZE VIEWS threads AS $$ %s $$
              INCLUDING ONLY TABLE NAMES MATCHING 'threads' IN SCHEMA 'public';
            """;

    private final LegacyForum legacy;
    private final TargetTables target;
    private final Programs programs;

    Pgloader(LegacyForum legacy, TargetTables target, Programs programs) {
        this.legacy = legacy;
        this.target = target;
        this.programs = programs;
    }

    @Override
    public String name() {
        return "pgloader";
    }

    @Override
    public @Nullable String missing() {
        return Programs.isOnPath("pgloader") ? null : "not installed";
    }

    @Override
    public long threads() {
        return legacy.threads();
    }

    @Override
    public Run run() {
        Path commands = programs.folder().resolve("pgloader.load");
        try {
            Files.writeString(
                    commands,
                    COMMANDS.formatted(
                            legacy.database().uri(), target.database().uri(), LegacyForum.transformed()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return programs.run(
                name(), List.of("pgloader", "--root-dir", programs.folder().toString(), commands.toString()));
    }
}
