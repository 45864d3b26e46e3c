package dev.threadsmigration.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.SampleForum;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Triggers of the target that do something else than what they are told, and keys that do not tell rows apart. */
class GuardedTargetIntegrationTests {

    @TempDir
    Path folder;

    private Forum forum;

    @BeforeEach
    void fill() {
        forum = SampleForum.in(Forum.onPostgres());
    }

    private CommandRun run(int exitCode, String command, String... options) {
        CommandRun run = forum.run(folder, command, options);
        assertThat(run.exitCode()).as(run.all()).isEqualTo(exitCode);
        return run;
    }

    private String count(String from) {
        return forum.ask("SELECT count(*) FROM " + from).get(0);
    }

    @Test
    void aRowThatATriggerKeepsOutIsRejectedAndMovedByRetryWhenTheTriggerIsOff() {
        String threads = forum.ask(forum.legacyUrl(), "SELECT count(*) FROM legacy_threads")
                .get(0);
        forum.target("""
                CREATE FUNCTION keep_out() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN IF NEW.title LIKE '%3 of the sample' THEN RETURN NULL; END IF; RETURN NEW; END $$""", """
                CREATE TRIGGER keep_out BEFORE INSERT ON threads FOR EACH ROW EXECUTE FUNCTION keep_out()""");
        run(0, "migrate", "--migration.entities=users,threads");
        String kept = forum.ask(
                        forum.legacyUrl(), "SELECT count(*) FROM legacy_threads WHERE subject LIKE '%3 of the sample'")
                .get(0);
        assertThat(kept).isNotEqualTo("0");
        assertThat(count("threads_migration.rejected_record WHERE code = 'target_refused'"))
                .isEqualTo(kept);
        assertThat(count("threads")).isEqualTo(count("threads_migration.migration_mapping WHERE entity = 'threads'"));

        forum.target("DROP TRIGGER keep_out ON threads");
        run(0, "retry", "--migration.entities=users,threads");
        assertThat(count("threads")).isEqualTo(threads);
    }

    @Test
    void aRollbackEndsWhereATriggerKeepsRowsAndGoesOnWhenItIsOff() {
        run(0, "migrate");
        String mapped = count("threads_migration.migration_mapping WHERE entity = 'threads'");
        forum.target("CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$", """
                CREATE TRIGGER keep BEFORE DELETE ON threads FOR EACH ROW EXECUTE FUNCTION keep()""");
        assertThat(run(1, "rollback", "--yes").out()).contains("does a trigger keep the others?");
        assertThat(count("threads_migration.migration_mapping WHERE entity = 'threads'"))
                .isEqualTo(mapped);

        forum.target("DROP TRIGGER keep ON threads");
        run(0, "rollback", "--yes");
        assertThat(count("threads")).isEqualTo("0");
    }

    @Test
    void rowsThatAPolicyHidesAreNotDeletedByCascade() {
        run(0, "migrate");
        String role = "limited_" + forum.name().replace('-', '_');
        forum.target(
                "CREATE TABLE profiles (user_id uuid REFERENCES users ON DELETE CASCADE)",
                "INSERT INTO profiles SELECT id FROM users LIMIT 3",
                "ALTER TABLE profiles ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY none ON profiles FOR SELECT USING (false)",
                "CREATE ROLE " + role + " LOGIN PASSWORD 'x'",
                "GRANT ALL ON ALL TABLES IN SCHEMA public TO " + role,
                "GRANT ALL ON SCHEMA public TO " + role,
                "GRANT ALL ON SCHEMA threads_migration TO " + role,
                "GRANT ALL ON ALL TABLES IN SCHEMA threads_migration TO " + role,
                "GRANT ALL ON ALL SEQUENCES IN SCHEMA threads_migration TO " + role);
        CommandRun run = forum.run(
                folder, "rollback", "--yes", "--migration.target.username=" + role, "--migration.target.password=x");
        assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
        assertThat(run.all()).contains("row-level security hides rows of \"public\".\"profiles\"");
        assertThat(count("profiles")).isEqualTo("3");
    }

    @Test
    void aKeyThatDoesNotTellRowsOfDifferentIdsApartIsRefused() {
        CommandRun run = run(
                2,
                "migrate",
                "--migration.entities=users,threads",
                "--migration.mapping.threads.key=owner_id",
                "--migration.mapping.threads.fields.id.column=id");
        assertThat(run.err()).contains("share a value of owner_id, which does not tell them apart");
        assertThat(forum.hasLedger()).isFalse();
    }
}
