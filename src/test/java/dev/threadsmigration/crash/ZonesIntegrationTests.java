package dev.threadsmigration.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A JVM in New York, a server in Kolkata, legacy timestamps of Berlin: what is stored is compared with PostgreSQL's own
 * arithmetic.
 */
class ZonesIntegrationTests {

    private static final String STORED = "SELECT concat_ws(' ', name, created_at, updated_at) FROM users ORDER BY name";
    private static final String REJECTED =
            "SELECT legacy_id || ' ' || code FROM threads_migration.rejected_record ORDER BY legacy_id";

    @Test
    void localTimesAreReadInTheSourcesZoneWhateverTheOthersAre() {
        ProcessForum forum = ProcessForum.empty();
        forum.legacy().run("zones.sql");

        MigrationProcess process = forum.start("migrate", "--migration.source.time-zone=Europe/Berlin");
        process.assertExitCode(0);

        List<String> stored = forum.target().list(STORED);
        assertThat(stored)
                .hasSizeGreaterThan(100)
                .isEqualTo(forum.legacy()
                        .list("SELECT concat_ws(' ', id, created_at, updated_at) FROM expected"
                                + " WHERE code IS NULL ORDER BY id"));
        assertThat(forum.target().list(REJECTED))
                .as(process::output)
                .hasSizeGreaterThan(5)
                .isEqualTo(forum.legacy()
                        .list("SELECT id || ' ' || code FROM expected WHERE code IS NOT NULL ORDER BY id"));
    }

    /** What SQL makes of an instant depends on the session's zone, which is UTC. */
    @Test
    void aQueryAndItsConditionAreReadInUtcWhateverTheOthersAre() {
        ProcessForum forum = ProcessForum.empty();
        forum.legacy().execute("""
                CREATE TABLE legacy_users (id text PRIMARY KEY, full_name text, created_date timestamptz);
                INSERT INTO legacy_users VALUES ('before', 'Before', '2020-01-01 23:30Z'), ('at', 'At', '2020-01-02 00:00Z'),
                    ('after', 'After', '2020-01-02 04:59:59Z')""");

        MigrationProcess process = forum.start(
                "migrate",
                "--migration.entities=users",
                "--migration.mapping.users.query=SELECT id, full_name, created_date::timestamp AS created_date,"
                        + " NULL::timestamp AS modified_date FROM legacy_users WHERE created_date < '2020-01-02'");
        process.assertExitCode(0);

        assertThat(forum.target().list("SELECT concat_ws(' ', name, created_at) FROM users"))
                .containsExactly("Before 2020-01-01 23:30:00");
    }
}
