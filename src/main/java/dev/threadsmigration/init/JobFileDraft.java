package dev.threadsmigration.init;

import dev.threadsmigration.config.JdbcUrl;
import dev.threadsmigration.config.JobFileException;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.model.Entity;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job file for a legacy database, with comments that say how sure each part of it is. */
public final class JobFileDraft {

    private final String name;
    private final String sourceUrl;
    private final @Nullable String username;
    private final String targetUrl;

    /**
     * @param name the migration's
     * @param username of the legacy database; null: from the environment
     */
    public JobFileDraft(String name, String sourceUrl, @Nullable String username, String targetUrl) {
        this.name = name;
        this.sourceUrl = sourceUrl;
        this.username = username;
        this.targetUrl = targetUrl;
    }

    /**
     * The job file's text.
     *
     * @throws JobFileException where no table is found that could be moved
     */
    public String of(Connection legacy) throws SQLException {
        Dialect dialect = Dialect.of(sourceUrl);
        List<FoundTable> tables = FoundTables.read(legacy, dialect);
        ShapeFinder finder = new ShapeFinder(tables);
        String preset = finder.preset();
        Map<Entity, Guess> guesses = finder.guesses(preset);
        String names = tables.isEmpty()
                ? "none"
                : String.join(", ", tables.stream().map(t -> t.name().name()).toList());
        if (guesses.isEmpty()) {
            throw new JobFileException(
                    "No table of %s looks like users, threads or feedback. Tables are: %s. Correct the database in --url, or write the job file by hand: mapping.<entity>.table names a table"
                            .formatted(JdbcUrl.withoutSecrets(sourceUrl), names));
        }
        List<String> lines = new ArrayList<>();
        lines.add("# yaml-language-server: $schema=job-file.schema.json");
        lines.add("# Drafted by init from " + JdbcUrl.withoutSecrets(sourceUrl) + ", whose shape is nearest to "
                + preset + ".");
        lines.add("# Check what was guessed, then: java -jar threads-migration.jar preflight THIS_FILE");
        lines.add("migration:");
        lines.add("  name: " + name);
        lines.add("  preset: " + preset);
        lines.add("  source:");
        lines.add("    url: " + quoted(JdbcUrl.withoutCredentials(sourceUrl)));
        if (dialect.knowsUsers()) {
            lines.add("    username: " + (username == null ? "${LEGACY_DB_USER}" : quoted(username)));
            lines.add("    password: ${LEGACY_DB_PASSWORD}");
        }
        lines.add("    time-zone: UTC   # guessed: the zone of dates that have none");
        lines.add("  target:");
        lines.add("    url: " + quoted(JdbcUrl.withoutCredentials(targetUrl)));
        lines.add("    username: ${APP_DB_USER}");
        lines.add("    password: ${APP_DB_PASSWORD}");
        lines.add("    layout: snake-case");
        lines.add("    create-tables: true   # where they are missing; existing ones are used as they are");
        lines.add("  entities: ["
                + String.join(", ", guesses.keySet().stream().map(Entity::label).toList()) + "]");
        if (guesses.values().stream().anyMatch(JobFileDraft::saysMore)) {
            lines.add("  mapping:");
        }
        guesses.values().forEach(guess -> describe(guess, lines));
        Arrays.stream(Entity.values())
                .filter(entity -> !guesses.containsKey(entity))
                .forEach(entity -> lines.add("# " + entity + ": no table was found. Tables are: " + names));
        return String.join("\n", lines) + "\n";
    }

    private static boolean saysMore(Guess guess) {
        return !guess.named() || !guess.lines().isEmpty() || needsKey(guess);
    }

    private static boolean needsKey(Guess guess) {
        return guess.table().column("id").isEmpty()
                && !guess.table().primaryKey().isEmpty();
    }

    private static void describe(Guess guess, List<String> lines) {
        comment("sure", guess.sure(), lines);
        comment("guessed", guess.guessed(), lines);
        comment("no column was found for", guess.open(), lines);
        comment(
                guess.entity() == Entity.THREADS
                        ? "not moved (list them under fields.metadata.columns to keep them)"
                        : "not moved (name them under extra where the target has such a column)",
                guess.unused(),
                lines);
        if (!saysMore(guess)) {
            lines.add("    # " + guess.entity() + ": nothing but what the preset says of "
                    + guess.table().name().name());
            return;
        }
        lines.add("    " + guess.entity() + ":");
        if (!guess.named()) {
            lines.add("      table: " + quoted(guess.table().name().name()));
        }
        if (needsKey(guess)) {
            lines.add("      key: ["
                    + String.join(
                            ", ",
                            guess.table().primaryKey().stream()
                                    .map(JobFileDraft::quoted)
                                    .toList()) + "]");
        }
        if (!guess.lines().isEmpty()) {
            lines.add("      fields:");
            guess.lines().forEach((field, rule) -> lines.add("        " + field + ": " + rule));
        }
    }

    private static void comment(String what, List<String> words, List<String> lines) {
        if (!words.isEmpty()) {
            lines.add("    # " + what + ": " + String.join(", ", words));
        }
    }

    /** The text as a YAML scalar. */
    static String quoted(String text) {
        return text.matches("[A-Za-z_][A-Za-z0-9_]*") ? text : "'" + text.replace("'", "''") + "'";
    }
}
