package dev.threadsmigration.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong job files and wrong words: exit code 2, and a message that names what is wrong, where, and what is allowed. */
class BadInputIntegrationTests {

    @TempDir
    Path folder;

    /**
     * A mistake in a job file.
     *
     * @param yaml lines below those of {@link #GOOD}; the first is line 6
     */
    record Mistake(String name, String yaml, List<String> said) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static final String GOOD = """
            migration:
              name: forum-2026
              source: { url: "jdbc:h2:mem:bad-input-legacy" }
              target:
                url: jdbc:h2:mem:bad-input-app
            """;

    private static Mistake mistake(String name, String yaml, String... said) {
        return new Mistake(name, yaml, List.of(said));
    }

    static Stream<Mistake> mistakes() {
        return Stream.of(
                mistake("an unknown key", "  chunksizes: 10", "migration.chunksizes", "line 6", "'chunk-size'"),
                mistake("a far-fetched key", "  zzz: 10", "migration.zzz", "line 6", "Known here", "chunk-size"),
                mistake(
                        "an unknown key of the target",
                        "    layuot: x",
                        "migration.target.layuot",
                        "line 6",
                        "'layout'"),
                mistake(
                        "an unknown key of the validation",
                        "  validation: { sampel: 5 }",
                        "sampel",
                        "line 6",
                        "'sample'"),
                mistake(
                        "an unknown preset",
                        "  preset: legacy-v2",
                        "migration.preset",
                        "'legacy-v2'",
                        "legacy-v1",
                        "line 6"),
                mistake(
                        "a text for a number",
                        "  chunk-size: many",
                        "migration.chunk-size",
                        "'many'",
                        "line 6",
                        "whole number"),
                mistake("a chunk of nothing", "  chunk-size: 0", "migration.chunk-size", "line 6", "1 to 100000"),
                mistake(
                        "partitions that are no number",
                        "  partitions: few",
                        "partitions",
                        "line 6",
                        "auto",
                        "1 to 64"),
                mistake("too many partitions", "  partitions: 65", "partitions", "line 6", "auto", "1 to 64", "65"),
                mistake("a fraction of a partition", "  partitions: 1.5", "partitions", "line 6", "1 to 64"),
                mistake("a fraction of a record", "  chunk-size: 1.9", "chunk-size", "'1.9'", "line 6", "whole number"),
                mistake("a duration without a unit", "  retry-for: 30", "retry-for", "line 6", "30s"),
                mistake("a misspelt beginning", "migratoin: { max-rejected: 1 }", "migratoin", "line 6", "'migration'"),
                mistake("a setting at the top", "chunk-size: 3", "chunk-size", "line 6", "under 'migration:'"),
                mistake("a limit without a value", "  max-rejected: ''", "max-rejected", "line 6", "has no value"),
                mistake("negative rejects", "  max-rejected: -1", "max-rejected", "line 6", "negative"),
                mistake("negative deletions", "  max-deleted: -1", "max-deleted", "line 6", "negative"),
                mistake("a wrong duration", "  retry-for: soon", "retry-for", "'soon'", "line 6", "2m"),
                mistake("a wrong truth", "  demo: perhaps", "migration.demo", "'perhaps'", "line 6", "true or false"),
                mistake("a wrong choice", "  on-invalid: panic", "on-invalid", "'panic'", "line 6", "keep, rollback"),
                mistake("a wrong layout", "    layout: kebab", "layout", "'kebab'", "line 6", "snake-case, camel-case"),
                mistake(
                        "a wrong sample",
                        "  validation: { sample: some }",
                        "validation.sample",
                        "line 6",
                        "all or a number"),
                mistake(
                        "a wrong limit",
                        "  validation: { max-p95-ms: fast }",
                        "max-p95-ms",
                        "line 6",
                        "none or a number"),
                mistake("a wrong namespace", "  id-namespace: 12", "id-namespace", "'12'", "line 6", "UUID"),
                mistake(
                        "a wrong name",
                        "  entities: [users, thread]",
                        "entities",
                        "'thread'",
                        "line 6",
                        "users, threads, feedback"),
                mistake(
                        "an unknown entity",
                        "  mapping:\n    posts: { table: x }",
                        "posts",
                        "line 7",
                        "users, threads, feedback"),
                mistake(
                        "an unknown field",
                        "  mapping:\n    threads:\n      fields:\n        titel: { column: x }",
                        "titel",
                        "line 9",
                        "title",
                        "createdAt"),
                mistake(
                        "an unknown key of a field",
                        "  mapping:\n    threads:\n      fields:\n        title: { colum: x }",
                        "colum",
                        "line 9",
                        "'column'"),
                mistake(
                        "an unknown key with keys of its own",
                        "  mapping:\n    threads:\n      feilds: { title: { column: x } }",
                        "migration.mapping.threads.feilds is not a setting",
                        "line 8",
                        "'fields'"),
                mistake(
                        "a setting in two spellings",
                        "  chunk-size: 10\n  mapping: {}\n  chunkSize: 20",
                        "migration.chunk-size",
                        "line 6",
                        "migration.chunkSize",
                        "line 8",
                        "are the same setting"),
                mistake(
                        "a field in two spellings",
                        "  mapping:\n    threads:\n      fields:\n        userId: { column: a }\n        user-id: { column: b }",
                        "fields.userId.column",
                        "line 9",
                        "fields.user-id.column",
                        "line 10",
                        "are the same setting"),
                mistake(
                        "a wrong too-long",
                        "  mapping: { threads: { fields: { title: { too-long: cut } } } }",
                        "too-long",
                        "'cut'",
                        "line 6",
                        "reject, truncate"),
                mistake(
                        "a placeholder that is not set",
                        "    password: ${NO_SUCH_VARIABLE}",
                        "NO_SUCH_VARIABLE",
                        "migration.target.password",
                        "line 6",
                        "environment variable"),
                mistake("a list for a text", "    username: [a, b]", "username", "line 6"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeInAJobFileIsNamedWithItsLineAndWhatIsAllowed(Mistake mistake) {
        CommandRun run = run("migrate", jobFile(GOOD + mistake.yaml() + "\n"));

        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.err()).contains(mistake.said()).contains("forum.yml");
        assertThat(run.all()).doesNotContain("Exception", "Failed unexpectedly");
        assertThat(run.err().lines().count()).as("short enough to read").isLessThan(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "source", "target"})
    void aMissingValueIsNamedWithAnExample(String key) {
        String without = switch (key) {
            case "name" -> GOOD.replace("  name: forum-2026\n", "");
            case "source" -> GOOD.replace("  source: { url: \"jdbc:h2:mem:bad-input-legacy\" }\n", "");
            default -> GOOD.substring(0, GOOD.indexOf("  target"));
        };
        CommandRun run = run("migrate", jobFile(without));

        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.err()).contains("migration." + key, "is missing", "such as");
    }

    @ParameterizedTest
    @ValueSource(strings = {"name: Forum", "name: a b", "name: ''", "name: ../x"})
    void aNameThatIsNoNameIsRefused(String name) {
        CommandRun run = run("migrate", jobFile(GOOD.replace("name: forum-2026", name)));

        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.err()).contains("migration.name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:oracle:thin:@host", "postgresql://host/db", "jdbc:nonsense", "host"})
    void aDatabaseThatIsNotSupportedIsNamedOnEitherSide(String url) {
        CommandRun source = run("migrate", jobFile(GOOD), "--migration.source.url=" + url);
        assertThat(source.exitCode()).as(source.all()).isEqualTo(2);
        assertThat(source.err()).contains("migration.source.url", "jdbc:postgresql:");

        CommandRun target = run("migrate", jobFile(GOOD), "--migration.target.url=" + url);
        assertThat(target.exitCode()).as(target.all()).isEqualTo(2);
        assertThat(target.err()).contains("migration.target.url", "jdbc:postgresql:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"migration: [", "\tmigration:\n", "migration:\n  name: a\n name: b\n", "a: b: c", "\u0000"})
    void whatIsNoYamlIsSaidToBeNone(String text) {
        CommandRun run = run("migrate", jobFile(text));

        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.err()).contains("job file cannot be read", "forum.yml").doesNotContain("Failed unexpectedly");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `   chunk-size: 5`        | (forum.yml, line 6) | indented otherwise than those
            `\tchunk-size: 5`        | (forum.yml, line 6) | a tab stands where only spaces may
            `  name: other`          | (forum.yml, line 6) | the key 'name' stands there a second time
            `  on-invalid: "keep`    | (forum.yml, line 6) | a quote is opened and never closed
            `  on-invalid keep`      | (forum.yml, line 6) | a key needs a ':'
            `  entities: [users`     | (forum.yml, line 6) | its ']' or a ',' is missing
            `    password: @bad`     | (forum.yml, line 6) | a value that begins with '@' must stand in quotes
            `    password: a: b`     | (forum.yml, line 6) | put the value into quotes
            `    password: *bad`     | (forum.yml, line 6) | a value that begins with '*' must stand in quotes
            `    password: !bad x`   | (forum.yml, line 6) | a value that begins with '!' must stand in quotes""")
    void whatIsNoYamlIsToldInTheWordsOfWhoWroteIt(String line, String place, String said) {
        CommandRun run = run("migrate", jobFile(GOOD + line + "\n"));

        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.err()).contains("The job file cannot be read as YAML: ", said, place);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `    username: 0123456`                                                     | target.username | 0123456 | 42798
            `  mapping: { threads: { key: [realm, no] } }`                              | mapping.threads.key | no | false
            `  mapping: { threads: { fields: { title: { constant: on } } } }`           | mapping.threads.fields.title.constant | on | true
            `  mapping: { threads: { fields: { title: { default: 1.10 } } } }`          | mapping.threads.fields.title.default | 1.10 | 1.1
            `  mapping: { threads: { fields: { title: { column: 10:30 } } } }`          | mapping.threads.fields.title.column | 10:30 | 630
            `  mapping: { feedback: { fields: { type: { values: { yes: up } } } } }`    | mapping.feedback.fields.type.values | yes | true
            `  mapping: { feedback: { fields: { type: { values: { a: 1_000 } } } } }`   | mapping.feedback.fields.type.values.a | 1_000 | 1000
            `  mapping: { users: { extra: { plan: { constant: 007 } } } }`              | mapping.users.extra.plan.constant | 007 | 7""")
    void aTextThatYamlTakesForSomethingElseMustStandInQuotes(String line, String key, String written, String taken) {
        CommandRun run = run("migrate", jobFile(GOOD + line + "\n"));

        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("""
                        migration.%s: YAML takes %s for %s. Write it in quotes, '%s', or write %s if that is meant (forum.yml, line 6)
                        """.formatted(key, written, taken, written, taken));
    }

    @Test
    void aPasswordThatMustStandInQuotesIsNotShown() {
        CommandRun run = run("migrate", jobFile(GOOD + "    password: 0123456\n"));

        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.err())
                .contains("migration.target.password: YAML takes it for", "in quotes (forum.yml, line 6)")
                .doesNotContain("0123456", "42798");
    }

    @Test
    void whatYamlTakesAsItIsWrittenAndWhatIsNoTextNeedsNoQuotes() {
        CommandRun run = run("status", jobFile(GOOD + """
                  chunk-size: 1_000
                  allow-other-migrations: no
                  defer-indexes: never
                  mapping:
                    threads:
                      key: ["no", '0123']
                      fields: { title: { default: -5, constant: 1.5 }, tenantId: { values: { 1: true, "no": '007', a-b: x, aB: y } } }
                """));

        assertThat(run.all()).doesNotContain("YAML");
        assertThat(run.exitCode()).as(run.all()).isZero();
    }

    @Test
    void aFileThatIsNotUtf8IsSaidToBeNone() throws IOException {
        Path file = Files.write(folder.resolve("forum.yml"), new byte[] {'a', ':', ' ', (byte) 0xFF});

        CommandRun run = run("migrate", file.toString());

        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("The job file cannot be read: it is not UTF-8 (forum.yml)\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "# nothing\n", "just a text", "- a\n- list\n"})
    void aFileThatSaysNothingMissesItsName(String text) {
        CommandRun run = run("migrate", jobFile(text));

        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.err()).contains("migration.name").doesNotContain("Failed unexpectedly");
    }

    @Test
    void aFileThatIsNotThereIsNamedWithWhereItWasLookedFor() {
        for (String file : List.of("no-such.yml", folder.toString())) {
            CommandRun run = run("migrate", file);
            assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
            assertThat(run.err()).contains(file);
        }
    }

    @Test
    void aJobFileMayHaveAnyNameButOneThatSpringTakesForTwo() throws IOException {
        Path other = Files.writeString(folder.resolve("forum.conf"), GOOD + "  chunksizes: 10\n");
        CommandRun run = run("migrate", other.toString());
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("migration.chunksizes", "forum.conf, line 6");

        Path two = Files.writeString(folder.resolve("a,b.yml"), GOOD);
        CommandRun refused = run("migrate", two.toString());
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("a,b.yml", "without ','");
    }

    @Test
    void aMisspeltCommandOrOptionIsAnsweredWithTheNearestRightOne() {
        CommandRun command = run("migarte");
        assertThat(command.exitCode()).isEqualTo(2);
        assertThat(command.err()).contains("'migarte'", "did you mean 'migrate'", "preflight, status");

        CommandRun option = run("migrate", jobFile(GOOD), "--dryrun");
        assertThat(option.exitCode()).isEqualTo(2);
        assertThat(option.err()).contains("--dryrun", "--dry-run");

        CommandRun turned = run("validate", jobFile(GOOD), "--smaple", "5");
        assertThat(turned.exitCode()).isEqualTo(2);
        assertThat(turned.err()).contains("did you mean '--sample'?");

        CommandRun shortened = run("migrate", jobFile(GOOD), "-y");
        assertThat(shortened.err()).contains("Unknown option '-y', did you mean '--yes'?");

        CommandRun cut = run("migrate", jobFile(GOOD), "--rep", "x.json");
        assertThat(cut.err()).contains("Unknown option '--rep', did you mean '--report'?");

        CommandRun file = run("migrate", "--job-file", jobFile(GOOD));
        assertThat(file.exitCode()).isEqualTo(2);
        assertThat(file.err()).contains("Unknown option '--job-file': the job file stands there without one");

        CommandRun number = run("validate", jobFile(GOOD), "--sample", "ten");
        assertThat(number.exitCode()).isEqualTo(2);
        assertThat(number.err()).contains("'--sample'", "'ten' is not a whole number");

        CommandRun spaced = run("migrate", jobFile(GOOD), "--migration.source.password", "s3cret");
        assertThat(spaced.exitCode()).isEqualTo(2);
        assertThat(spaced.err()).contains("--migration.source.password=VALUE").doesNotContain("s3cret");

        CommandRun report = run("preflight", jobFile(GOOD), "--report", "report.json");
        assertThat(report.exitCode()).isEqualTo(2);
        assertThat(report.err()).contains("--report");

        CommandRun property = run("migrate", jobFile(GOOD), "--migration.chunk-sise=5");
        assertThat(property.exitCode()).isEqualTo(2);
        assertThat(property.err()).contains("migration.chunk-sise", "'chunk-size'");

        CommandRun sample = run("validate", jobFile(GOOD), "--sample", "0");
        assertThat(sample.exitCode()).isEqualTo(2);
        assertThat(sample.err()).contains("--sample", "above 0");

        CommandRun words = run("migrate", jobFile(GOOD), "second.yml");
        assertThat(words.exitCode()).isEqualTo(2);
        assertThat(words.err()).contains("second.yml");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --name=Forum 2026        | --name 'Forum 2026' is not a name: 1 to 64 of a-z, 0-9 and '-' are allowed
            --target-url=app-db      | --target-url must start with jdbc:postgresql: or jdbc:h2:
            --target-url=jdbc:mysql: | --target-url must start with jdbc:postgresql: or jdbc:h2:""")
    void initDraftsNothingThatTheNextCommandWouldRefuse(String option, String said) {
        CommandRun run = run("init", "--url=jdbc:h2:mem:bad-input-init", option);

        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.err()).contains(said);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void helpAndVersionAnswer() {
        assertThat(run("--help").exitCode()).isZero();
        assertThat(run("--help").out()).contains("migrate", "preflight", "Exit codes");
        for (List<String> words : List.of(
                List.of("--version"),
                List.of("migrate", "--version"),
                List.of("forum.yml", "-V"),
                List.of("init", "-V"))) {
            CommandRun version = run(words.toArray(String[]::new));
            assertThat(version.exitCode()).as(version.all()).isZero();
            assertThat(version.out()).contains("threads-migration ");
        }
    }

    private CommandRun run(String... words) {
        return CommandRun.of(words);
    }

    private String jobFile(String text) {
        try {
            return Files.writeString(folder.resolve("forum.yml"), text).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
