package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What init writes about a database can be migrated by, unchanged. */
class InitTests {

    @TempDir
    Path folder;

    private static CommandRun init(String source, String target) {
        return CommandRun.of(
                "init", "--url", source, "--username", "postgres", "--password=postgres", "--target-url", target);
    }

    private CommandRun migrate(String jobFile) {
        return CommandRun.onJobFile(
                folder,
                "migrate",
                jobFile,
                "--migration.source.password=postgres",
                "--migration.target.username=postgres",
                "--migration.target.password=postgres");
    }

    @ParameterizedTest
    @ValueSource(strings = {"legacy-v1", "raw-sql", "prisma", "typeorm"})
    void thePresetIsRecognisedAndItsJobFileMigrates(String preset) throws SQLException {
        String target = Shapes.database();

        CommandRun init = init(Shapes.database(preset), target);
        CommandRun run = migrate(init.out());

        assertThat(init.exitCode()).as(init.all()).isZero();
        assertThat(init.all()).contains("preset: " + preset + "\n").doesNotContain("password: postgres");
        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(Shapes.ask(target, "SELECT count(*) FROM feedback f JOIN threads t ON t.id = f.thread_id"))
                .isEqualTo("1");
    }

    /** A person who starts the draft as it is gets to know what is missing. */
    @Test
    void aVariableThatIsNotSetIsNamed() throws SQLException {
        CommandRun init = init(Shapes.database("raw-sql"), Shapes.database());
        CommandRun run = CommandRun.onJobFile(
                folder,
                "preflight",
                init.out(),
                "--migration.source.password=postgres",
                "--migration.target.password=postgres");

        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.err()).contains("migration.target.username uses ${APP_DB_USER}, which is not set");
    }

    @Test
    void whatIsMissingOrLeftOverIsToldWhereItBelongs() throws SQLException {
        String source = Shapes.database("raw-sql");
        Shapes.execute(source, "ALTER TABLE users DROP COLUMN created_at");
        Shapes.execute(source, "ALTER TABLE users ADD mail_checked boolean");
        Shapes.execute(source, "ALTER TABLE threads ADD pinned boolean");

        assertThat(init(source, Shapes.database()).out())
                .contains("createdAt (required: name its column, or a constant)")
                .containsPattern(
                        "not moved \\(name them under extra where the target has such a column\\): .*mail_checked")
                .containsPattern("not moved \\(list them under fields.metadata.columns to keep them\\): .*pinned");
    }

    @Test
    void aDatabaseWithoutSuchTablesIsNoForum() throws SQLException {
        String source = Shapes.database();
        CommandRun empty = init(source, Shapes.database());
        assertThat(empty.exitCode()).as(empty.all()).isEqualTo(2);
        assertThat(empty.err()).contains("looks like users, threads or feedback", "Tables are: none");

        Shapes.execute(source, "CREATE TABLE invoices (id serial PRIMARY KEY, amount numeric)");
        CommandRun init = init(source, Shapes.database());
        assertThat(init.exitCode()).as(init.all()).isEqualTo(2);
        assertThat(init.out()).isEmpty();
        assertThat(init.err()).contains(source, "Tables are: invoices", "--url");
    }

    @Test
    void aNameThatNoJobFileMayHaveIsRefused() throws SQLException {
        CommandRun init = CommandRun.of("init", "--url", Shapes.database("raw-sql"), "--name", "My Forum");

        assertThat(init.exitCode()).as(init.all()).isEqualTo(2);
        assertThat(init.out()).isEmpty();
        assertThat(init.err()).contains("--name 'My Forum'", "a-z, 0-9 and '-'", "such as my-forum");
    }

    /** There is no terminal in a test, nor behind a redirect. */
    @Test
    void aPasswordIsAskedForAtATerminalAlone() {
        CommandRun init = CommandRun.of("init", "--url", "jdbc:postgresql://localhost:1/x", "--password");

        assertThat(init.exitCode()).as(init.all()).isEqualTo(2);
        assertThat(init.out()).isEmpty();
        assertThat(init.err()).contains("LEGACY_DB_PASSWORD");
    }

    @Test
    void aTableWithADotInItsNameIsReadAsAllOthers() throws SQLException {
        String source = Shapes.database("raw-sql");
        Shapes.execute(source, "CREATE TABLE \"audit.2020\" (id serial PRIMARY KEY, what text)");

        CommandRun init = init(source, Shapes.database());

        assertThat(init.exitCode()).as(init.all()).isZero();
        assertThat(init.all()).contains("preset: raw-sql\n");
    }

    @Test
    void otherNamesAreGuessedByWordsAndForeignKeys() throws SQLException {
        String source = Shapes.database();
        Shapes.execute(source, """
                CREATE TABLE accounts (id serial PRIMARY KEY, display_name text, created bigint);
                CREATE TABLE conversations (conversation_id serial PRIMARY KEY, topic text,
                    opened_by integer REFERENCES accounts (id), created bigint, mood text);
                INSERT INTO accounts VALUES (1, 'Ada', 1700000000000);
                INSERT INTO conversations VALUES (1, 'Hello', 1, 1700000000000, 'merry')""");
        String target = Shapes.database();

        CommandRun init = init(source, target);
        CommandRun run = migrate(init.out());

        assertThat(init.all()).contains("guessed:", "userId from opened_by", "mood", "# feedback: no table was found");
        assertThat(run.exitCode()).as(run.all() + init.all()).isZero();
        assertThat(Shapes.ask(target, "SELECT title || ' ' || created_at FROM threads"))
                .isEqualTo("Hello 2023-11-14 22:13:20");
    }

    /** A users' table that no word tells, beside one that a word would: the foreign key of the threads knows better. */
    @Test
    void theTableThatForeignKeysLeadToIsTaken() throws SQLException {
        String source = Shapes.database();
        Shapes.execute(source, """
                CREATE TABLE accounts (id serial PRIMARY KEY, bank text, created timestamptz);
                CREATE TABLE auth_person (id serial PRIMARY KEY, username text, date_joined timestamptz);
                CREATE TABLE forum_thread (id serial PRIMARY KEY, title text, section_id integer REFERENCES accounts (id),
                    author_id integer REFERENCES auth_person (id), created_at timestamptz);
                INSERT INTO auth_person VALUES (1, 'Ada', '2020-01-02 03:04:05Z');
                INSERT INTO forum_thread VALUES (1, 'Hello', NULL, 1, '2020-01-02 03:04:06Z')""");
        String target = Shapes.database();

        CommandRun init = init(source, target);
        CommandRun run = migrate(init.out());

        assertThat(init.all()).contains("table: auth_person", "table: forum_thread", "userId from author_id");
        assertThat(run.exitCode()).as(run.all() + init.all()).isZero();
        assertThat(Shapes.ask(target, """
                SELECT t.title || ' ' || u.name || ' ' || u.created_at FROM threads t JOIN users u ON u.id = t.user_id""")).isEqualTo("Hello Ada 2020-01-02 03:04:05");
    }
}
