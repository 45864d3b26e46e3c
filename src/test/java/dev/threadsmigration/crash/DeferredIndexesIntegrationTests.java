package dev.threadsmigration.crash;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.threadsmigration.crash.Fault.Point;
import dev.threadsmigration.support.CommandRun;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Indexes and foreign keys that are off while the tables are filled come back as they were, whatever comes in between. */
class DeferredIndexesIntegrationTests {

    private static final String ALWAYS = "--migration.defer-indexes=always";

    private static final String DEFINITIONS = """
            SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
            UNION ALL
            SELECT conrelid::regclass || ': ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated
            FROM pg_constraint WHERE connamespace = 'public'::regnamespace ORDER BY 1""";

    /** The one index and the three foreign keys that refer to what is migrated. */
    private static final int DEFERRABLE = 4;

    private static List<String> definitions(ProcessForum forum) {
        return forum.target().list(DEFINITIONS);
    }

    private static List<String> off(ProcessForum forum) {
        return forum.target().list("SELECT name FROM threads_migration.deferred_definition ORDER BY name");
    }

    static Stream<Fault> points() {
        return Stream.of(
                Fault.at(Point.STEP_COMMITTED, "defer-indexes"),
                Fault.at(Point.STEP_ENDED, "threads"),
                Fault.at(Point.STEP_COMMITTED, "put-indexes-back", 2),
                Fault.at(Point.STEP_COMMITS, "put-indexes-back", 3),
                Fault.at(Point.STEP_ENDED, "put-indexes-back"));
    }

    private static Map<Fault, ProcessForum> killed;

    @BeforeAll
    static void killAtAllPoints() {
        killed = ProcessForum.killedAt(points(), ALWAYS);
    }

    @ParameterizedTest
    @MethodSource("points")
    void theyComeBackAfterAKill(Fault fault) {
        List<String> before = definitions(ProcessForum.untouched());
        ProcessForum forum = killed.get(fault);
        assertThat(off(forum)).hasSize(before.size() - definitions(forum).size());

        forum.run("migrate", ALWAYS, ProcessForum.NO_VALIDATION);
        assertThat(definitions(forum)).isEqualTo(before);
        assertThat(off(forum)).isEmpty();
        forum.outcomes().assertComplete();
    }

    @Test
    void anotherCommandPutsThemBackWhereTheMigrationIsNotResumed() {
        ProcessForum forum = ProcessForum.untouched();
        List<String> before = definitions(forum);
        forum.killAt(Fault.at(Point.AFTER_COMMIT, 6), ALWAYS);
        assertThat(off(forum)).hasSize(DEFERRABLE);
        assertThat(definitions(forum)).hasSize(before.size() - DEFERRABLE);
        assertThat(forum.run("status").out()).contains("off until the load has ended: index threads_user_id_idx");

        forum.run(3, "validate");
        assertThat(definitions(forum)).isEqualTo(before);
        forum.run("migrate", ALWAYS, ProcessForum.NO_VALIDATION);
        assertThat(definitions(forum)).isEqualTo(before);
        forum.outcomes().assertComplete();
    }

    @Test
    void byItselfOnlyAnEmptyTableLosesThem() {
        ProcessForum emptied = ProcessForum.untouched();
        List<String> before = definitions(emptied);
        emptied.target().execute("TRUNCATE threads, feedback");
        ProcessForum filled = ProcessForum.untouched();
        ProcessForum never = ProcessForum.untouched();
        never.target().execute("TRUNCATE threads, feedback");
        Fault fault = Fault.at(Point.STEP_ENDED, "threads");

        ProcessForum.killTogether(List.of(
                emptied.words(fault, "migrate"),
                filled.words(fault, "migrate"),
                never.words(fault, "migrate", "--migration.defer-indexes=never")));

        List<String> gone = new ArrayList<>(before);
        gone.removeAll(definitions(emptied));
        assertThat(gone).hasSize(DEFERRABLE).noneMatch(definition -> definition.contains(" users "));
        assertThat(definitions(filled)).isEqualTo(before);
        assertThat(definitions(never)).isEqualTo(before);
    }

    /** Of two that wait for each other the server ends the one that has looked first, which is ours. */
    @Test
    void theyStayWhereTheirLocksWouldBeADeadlockWithOthers() throws SQLException {
        ProcessForum forum = ProcessForum.untouched();
        List<String> before = definitions(forum);
        try (Connection others = forum.target().connect();
                Statement statement = others.createStatement()) {
            others.setAutoCommit(false);
            statement.execute("SET LOCAL deadlock_timeout = '60s'");
            statement.execute(
                    "INSERT INTO users (id, name) VALUES ('00000000-0000-4000-8000-0000000000aa', 'At work')");
            MigrationProcess migration = forum.start("migrate", ALWAYS, ProcessForum.NO_VALIDATION);
            await().atMost(ofMinutes(1))
                    .until(() -> !forum.target()
                            .list(
                                    "SELECT pid FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock'"
                                            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())")
                            .isEmpty());
            statement.execute("INSERT INTO threads (id, user_id) VALUES ('00000000-0000-4000-8000-0000000000ab',"
                    + " '00000000-0000-4000-8000-0000000000aa')");
            others.rollback();

            migration.assertExitCode(0);
            assertThat(migration.output())
                    .contains("Indexes of public.threads stay where they are, since others use the table.")
                    .doesNotContain("A server was lost", "A server refused");
        }
        assertThat(definitions(forum)).isEqualTo(before);
        forum.outcomes().assertComplete();
    }

    @Test
    void whatMayRefuseARowOrWouldNotComeBackTheSameStays() {
        ProcessForum forum = ProcessForum.untouched();
        forum.target().execute("""
                CREATE TABLE organizations (id uuid PRIMARY KEY);
                INSERT INTO organizations SELECT DISTINCT organization_id FROM threads WHERE organization_id IS NOT NULL;
                ALTER TABLE threads ADD CONSTRAINT stays_organization FOREIGN KEY (organization_id)
                    REFERENCES organizations;
                CREATE UNIQUE INDEX stays_unique ON threads (created_at, id);
                CREATE INDEX stays_expression ON threads ((metadata ->> 'oldId'));
                CREATE INDEX stays_condition ON threads (tenant_id) WHERE tenant_id IS NOT NULL;
                CREATE INDEX stays_long ON feedback (comment);
                CREATE INDEX stays_commented ON threads (created_at);
                COMMENT ON INDEX stays_commented IS 'ask Ada before you touch it';
                CREATE INDEX leaves ON threads (tenant_id, created_at DESC)""");
        List<String> before = definitions(forum);
        forum.killAt(Fault.at(Point.STEP_ENDED, "users"), ALWAYS);
        assertThat(off(forum)).hasSize(DEFERRABLE + 1).contains("leaves").noneMatch(name -> name.startsWith("stays"));
        forum.run("migrate", ALWAYS, ProcessForum.NO_VALIDATION);
        assertThat(definitions(forum)).isEqualTo(before);
        assertThat(forum.target()
                        .value("SELECT count(*) FROM threads_migration.rejected_record"
                                + " WHERE code = 'target_refused' AND message LIKE '%stays_organization%'"))
                .isNotEqualTo("0");
    }

    @Test
    void aForeignKeyThatWasBrokenWhileItWasOffIsNamedAndComesBackOnceMended() {
        ProcessForum forum = ProcessForum.untouched();
        List<String> before = definitions(forum);
        forum.killAt(Fault.at(Point.STEP_ENDED, "threads"), ALWAYS);
        String user = forum.target().value("SELECT user_id FROM threads ORDER BY id LIMIT 1");
        forum.target().execute("CREATE TABLE gone AS SELECT * FROM users WHERE id = '" + user + "'");
        forum.target().execute("DELETE FROM users WHERE id = '" + user + "'");

        CommandRun broken = forum.run(1, "migrate", ALWAYS, ProcessForum.NO_VALIDATION);
        assertThat(broken.all())
                .containsPattern("The foreign key \\w+_user_id_fkey of \\w+ cannot be put back")
                .contains(user, "mend them, then run again", "Still off");
        assertThat(forum.run(1, "validate").all())
                .contains("cannot be put back", user)
                .doesNotContain("unexpectedly");
        assertThat(forum.target().value("""
                SELECT status || ' ' || exit_code || ' ' || (position('%s' in message) > 0)
                FROM threads_migration.audit_log ORDER BY run_id DESC LIMIT 1""".formatted(user))).isEqualTo("FAILED 1 true");

        forum.target().execute("INSERT INTO users SELECT * FROM gone; DROP TABLE gone");
        forum.run("migrate", ALWAYS, ProcessForum.NO_VALIDATION);
        assertThat(definitions(forum)).isEqualTo(before);
        forum.outcomes().assertComplete();
    }
}
