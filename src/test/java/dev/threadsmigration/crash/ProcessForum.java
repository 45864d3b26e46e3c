package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A legacy database, a target and the job file between them, whose commands are started in processes of their own, to be
 * killed, or run in this one. The legacy database is shared by all tests that do not change it; its materialized views
 * say what must come of each record. Databases are filled once and then copied, file by file.
 */
record ProcessForum(Database legacy, Database target, Path folder) {

    private static final int CHUNK_SIZE = 250;
    /** For a run whose rows and ledger SQL looks at. */
    static final String NO_VALIDATION = "--migration.validation.enabled=false";

    static final String ID_NAMESPACE = "7b0c9d5e-0f7d-4f5a-9d0a-5f3c1c7a2b11";

    private static final PostgresServer SERVER = PostgresServer.shared();
    private static final Database FILLED_LEGACY = database(SERVER.createDatabase());
    private static final Database FILLED_TARGET = database(SERVER.createDatabase());
    private static final Database LEGACY;

    static {
        fill(FILLED_LEGACY);
        fillTarget(FILLED_LEGACY, FILLED_TARGET);
        LEGACY = copy(FILLED_LEGACY);
    }

    /** A target as it was before the migration, beside the shared legacy database. */
    static ProcessForum untouched() {
        return between(LEGACY, copy(FILLED_TARGET));
    }

    /** One whose legacy database nobody else has. */
    static ProcessForum ofItsOwn() {
        return between(copy(FILLED_LEGACY), copy(FILLED_TARGET));
    }

    /** One that was migrated and validated, beside the shared legacy database. */
    static ProcessForum migrated() {
        return between(LEGACY, copy(Migrated.TARGET));
    }

    /** One whose target lies on another server. */
    static ProcessForum withTarget(Database target) {
        fillTarget(LEGACY, target);
        return between(LEGACY, target);
    }

    /** One whose legacy database lies on another server; a row that was there before has the time of its filling. */
    static ProcessForum withLegacy(Database legacy) {
        fill(legacy);
        Database target = database(SERVER.createDatabase());
        fillTarget(legacy, target);
        return between(legacy, target);
    }

    /** As many untouched ones, in which migrations stood still at these points when their process was killed. */
    static Map<Fault, ProcessForum> killedAt(Stream<Fault> faults, String... options) {
        Map<Fault, ProcessForum> forums = new LinkedHashMap<>();
        faults.forEach(fault -> forums.put(fault, untouched()));
        killTogether(forums.entrySet().stream()
                .map(killed -> killed.getValue().words(killed.getKey(), "migrate", options))
                .toList());
        return forums;
    }

    /** @param commands the words of each, with its fault */
    static void killTogether(List<List<String>> commands) {
        MigrationProcess process = MigrationProcess.startAll(commands);
        process.awaitOutput(StandingCommands.ALL_STAND);
        process.kill();
    }

    /** One with an empty legacy database, to be filled by the test. */
    static ProcessForum empty() {
        return emptyBeside(database(SERVER.createDatabase()));
    }

    /** One beside a legacy database that the test has filled, on whichever server. */
    static ProcessForum emptyBeside(Database legacy) {
        Database target = database(SERVER.createDatabase());
        target.run("target.sql");
        return between(legacy, target);
    }

    private static Database copy(Database filled) {
        return database(SERVER.copyDatabase(filled.url()));
    }

    private static void fillTarget(Database legacy, Database target) {
        target.run("target.sql");
        for (String table : List.of("users", "threads", "feedback")) {
            legacy.copyTo(target, "before." + table, table);
        }
    }

    private static ProcessForum between(Database legacy, Database target) {
        try {
            ProcessForum forum = new ProcessForum(legacy, target, Files.createTempDirectory("forum-"));
            Files.writeString(forum.jobFile(), forum.job());
            return forum;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Database database(String url) {
        return new Database(url, SERVER.username(), SERVER.password());
    }

    private static void fill(Database legacy) {
        legacy.run(
                "rules.sql",
                "legacy.sql",
                "CREATE SCHEMA before; SET search_path = before, public;",
                "target.sql",
                "before.sql",
                "SET search_path = public;",
                "expectation.sql");
    }

    Path jobFile() {
        return folder.resolve("forum.yml");
    }

    /** Adds lines to the job file, or changes what such lines say, also under a running process. */
    void set(String setting) {
        try {
            Files.writeString(jobFile(), job() + setting.indent(2));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path reports() {
        return folder.resolve("reports");
    }

    private String job() {
        return """
                migration:
                  name: forum
                  preset: legacy-v1
                  id-namespace: %s
                  source: { url: "%s", username: %s, password: "%s" }
                  target: { url: "%s", username: %s, password: "%s", layout: snake-case }
                  chunk-size: %d
                  partitions: 2
                  retry-for: 30s
                  reports: "%s"
                """.formatted(
                        ID_NAMESPACE,
                        legacy.url(),
                        legacy.username(),
                        legacy.password(),
                        target.url(),
                        target.username(),
                        target.password(),
                        CHUNK_SIZE,
                        reports());
    }

    MigrationProcess start(@Nullable Fault fault, String command, String... options) {
        return MigrationProcess.start(words(fault, command, options));
    }

    MigrationProcess start(String command, String... options) {
        return start(null, command, options);
    }

    /** Starts a command in this JVM, which is not to be killed. */
    RunningCommand begin(@Nullable Fault fault, String command, String... options) {
        return CommandThread.start(words(fault, command, options));
    }

    /** A command line. */
    List<String> words(@Nullable Fault fault, String command, String... options) {
        List<String> words = new ArrayList<>(List.of(command, jobFile().toString()));
        words.addAll(List.of(options));
        if (fault != null) {
            words.add(fault.option());
        }
        return words;
    }

    /** Runs a command in this JVM, which takes a fifth of what a new one does, and expects it to end well. */
    CommandRun run(String command, String... options) {
        return run(0, command, options);
    }

    CommandRun run(int exitCode, String command, String... options) {
        CommandRun run = CommandRun.of(words(null, command, options));
        assertThat(run.exitCode()).as(run::all).isEqualTo(exitCode);
        return run;
    }

    /** Starts a migration and kills it at the fault's point. */
    void killAt(Fault fault, String... options) {
        MigrationProcess process = start(fault, "migrate", options);
        process.awaitOutput(Fault.REACHED);
        process.kill();
    }

    Outcomes outcomes() {
        return new Outcomes(legacy, target);
    }

    /** The same command again, and then every record must be where SQL says. */
    void assertResumes(String... options) {
        outcomes().assertEquation();
        run("migrate", options);
        outcomes().assertComplete();
    }

    /** Made where the first test asks for it. */
    private static final class Migrated {

        static final Database TARGET = target();

        private static Database target() {
            ProcessForum forum = untouched();
            forum.run("migrate");
            return forum.target();
        }
    }
}
