package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.crash.Fault.Point;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** SIGKILL while what the application wrote is carried to legacy, and then the same command again. */
class SyncKillIntegrationTests {

    private static final String DUAL_WRITE = "--migration.dual-write.enabled=true";
    private static final String DELETES = "--migration.dual-write.deletes=carry";

    private static final List<Fault> POINTS = List.of(
            Fault.at(Point.LEGACY_COMMITTED, 1),
            Fault.at(Point.STEP_COMMITTED, "carry-threads", 2),
            Fault.at(Point.LEGACY_COMMITTED, 3),
            // What it will delete is announced, and still there.
            Fault.at(Point.STEP_COMMITTED, "delete-feedback", 2),
            Fault.at(Point.STEP_COMMITTED_IN_LEGACY, "delete-feedback", 1));

    /** Those of one legacy row each. */
    private static final String MOVED = """
            SELECT new_id FROM threads_migration.migration_mapping
            WHERE entity = '%s' GROUP BY new_id HAVING count(*) = 1 AND min(outcome) = 'migrated'""";

    private final ProcessForum forum = ProcessForum.ofItsOwn();

    /** The application makes 600 threads, renames all that were moved and deletes half of the feedback. */
    @Test
    void legacyGetsEveryWriteOnce() {
        forum.run("migrate", DUAL_WRITE);
        String before = forum.legacy().value("SELECT count(*) FROM legacy_threads");
        String feedback = forum.legacy().value("SELECT count(*) FROM legacy_feedback");
        forum.target().execute("""
                INSERT INTO threads (id, title, user_id, created_at)
                SELECT gen_random_uuid(), 'Made ' || n, (SELECT new_id FROM threads_migration.migration_mapping
                    WHERE entity = 'users' AND outcome = 'migrated' ORDER BY legacy_id LIMIT 1), '2026-01-01'
                FROM generate_series(1, 600) n""");
        forum.target().execute("UPDATE threads SET title = 'Renamed' WHERE id IN (" + MOVED.formatted("threads") + ")");
        String deleted = forum.target().value("""
                WITH gone AS (DELETE FROM feedback WHERE id IN (%s) AND hashtext(id::text) %% 2 = 0 RETURNING 1)
                SELECT count(*) FROM gone""".formatted(MOVED.formatted("feedback")));

        List<String> copies = forum.legacy().list("SELECT concat(id, ' ', comment) FROM legacy_feedback");
        for (Fault point : POINTS) {
            MigrationProcess process = forum.start(point, "sync", DUAL_WRITE, DELETES);
            process.awaitOutput(Fault.REACHED);
            process.kill();
        }
        forum.run("sync", DUAL_WRITE, DELETES);

        assertThat(forum.target()
                        .list("SELECT concat(entity, held_because, detail) FROM threads_migration.queued_write"))
                .isEmpty();
        assertThat(forum.legacy().value("SELECT count(*) - 600 FROM legacy_threads"))
                .isEqualTo(before);
        assertThat(forum.legacy().list("SELECT subject FROM legacy_threads WHERE subject LIKE 'Made %' ORDER BY 1"))
                .isEqualTo(forum.target().list("SELECT title FROM threads WHERE title LIKE 'Made %' ORDER BY 1"));
        assertThat(forum.legacy().value("SELECT count(*) FROM legacy_threads WHERE subject = 'Renamed'"))
                .isEqualTo(forum.target().value("SELECT count(*) FROM threads WHERE title = 'Renamed'"))
                .isNotEqualTo("0");
        assertThat(forum.legacy().value("SELECT count(*) + " + deleted + " FROM legacy_feedback"))
                .isEqualTo(feedback);
        assertThat(deleted).isNotEqualTo("0");
        List<String> left = forum.legacy().list("SELECT concat(id, ' ', comment) FROM legacy_feedback");
        assertThat(forum.target().list("""
                        SELECT concat(deleted_row::json ->> 'id', ' ', deleted_row::json ->> 'comment')
                        FROM threads_migration.carried_write WHERE action LIKE 'delet%'"""))
                .containsExactlyInAnyOrderElementsOf(
                        copies.stream().filter(copy -> !left.contains(copy)).toList());
        assertThat(
                        forum.target()
                                .value(
                                        "SELECT count(*) FROM threads_migration.migration_mapping"
                                                + " WHERE entity = 'threads' AND new_id IN (SELECT id FROM threads WHERE title LIKE 'Made %')"))
                .isEqualTo("600");
        assertThat(forum.target().list("SELECT DISTINCT action FROM threads_migration.carried_write"))
                .containsExactlyInAnyOrder("inserted", "updated", "deleted");
        forum.run("validate", DUAL_WRITE);
    }

    /**
     * Legacy counts the keys: a row is found again after a kill by the key that was noted before legacy committed it, and where
     * it has the id beside its key, that tells whose it is.
     */
    @Test
    void legacyThatCountsItsKeysMakesEveryRowOnce() {
        ProcessForum counting = ProcessForum.empty();
        counting.legacy().execute("""
                CREATE TABLE legacy_users (id serial PRIMARY KEY, full_name text, created_date timestamptz, modified_date timestamptz);
                CREATE TABLE legacy_threads (key serial PRIMARY KEY, id uuid NOT NULL, subject text, owner_id int REFERENCES legacy_users,
                    custom_fields jsonb, created_date timestamptz, modified_date timestamptz);
                INSERT INTO legacy_users (full_name, created_date) VALUES ('Ada', '2020-01-01Z');
                INSERT INTO legacy_threads (id, subject, owner_id, created_date)
                VALUES (gen_random_uuid(), 'First', 1, '2020-01-02Z')""");
        String[] shape = {DUAL_WRITE, "--migration.entities=users,threads", "--migration.mapping.threads.key=key"};
        counting.run("migrate", shape);
        counting.target().execute("""
                INSERT INTO users (id, name, created_at) SELECT gen_random_uuid(), 'Bob ' || n, '2026-01-01'
                FROM generate_series(1, 300) n""");
        counting.target().execute("""
                INSERT INTO threads (id, title, user_id, created_at) SELECT gen_random_uuid(), 'Of ' || name, id, '2026-01-01'
                FROM users WHERE name LIKE 'Bob %'""");
        String made = "SELECT t.title || u.name FROM threads t JOIN users u ON u.id = t.user_id ORDER BY 1";

        killAt(counting, Fault.at(Point.LEGACY_COMMITTED, 2), shape);
        // Somebody changes one of those that nobody has noted yet.
        counting.legacy().execute("UPDATE legacy_users SET full_name = 'Robert' WHERE full_name = 'Bob 300'");
        run(counting, "migrate", shape, ProcessForum.NO_VALIDATION);
        assertThat(counting.target().value("SELECT count(*) FROM users")).isEqualTo("301");
        killAt(counting, Fault.at(Point.STEP_COMMITTED_IN_LEGACY, "carry-threads", 1), shape);
        assertThat(counting.legacy().value("SELECT count(*) FROM legacy_threads"))
                .isEqualTo("251");
        counting.run("sync", shape);

        assertThat(counting.legacy().value("SELECT count(*) FROM legacy_users")).isEqualTo("301");
        assertThat(counting.legacy().list("SELECT subject FROM legacy_threads ORDER BY 1"))
                .isEqualTo(counting.target().list("SELECT title FROM threads ORDER BY 1"))
                .hasSize(301);
        run(counting, "migrate", shape, "--migration.on-changed=update");
        assertThat(counting.target().list(made))
                .isEqualTo(counting.legacy().list("""
                        SELECT subject || full_name FROM legacy_threads t JOIN legacy_users u ON u.id = owner_id ORDER BY 1"""))
                .hasSize(301)
                .contains("Of Bob 300Robert");
    }

    private static void run(ProcessForum forum, String command, String[] shape, String option) {
        forum.run(command, Stream.concat(Stream.of(shape), Stream.of(option)).toArray(String[]::new));
    }

    private static void killAt(ProcessForum forum, Fault point, String[] options) {
        MigrationProcess process = forum.start(point, "sync", options);
        process.awaitOutput(Fault.REACHED);
        process.kill();
    }
}
