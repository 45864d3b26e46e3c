package dev.threadsmigration.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import dev.threadsmigration.support.SampleForum;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Queries over more threads than can be scanned for each of them. */
class LargeTableIntegrationTests {

    @TempDir
    Path folder;

    @Test
    void aMissingIndexIsNamedAndSlowQueriesFailTheValidation() {
        Forum forum = SampleForum.in(Forum.onPostgres());
        forum.target(
                "CREATE INDEX threads_user ON threads (user_id)",
                "CREATE INDEX threads_created ON threads (created_at DESC)");
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        forum.target("""
                INSERT INTO users SELECT md5('u' || n)::uuid, 'Native ' || n, now(), now()
                FROM generate_series(1, 1000) n""", """
                INSERT INTO threads
                SELECT md5('t' || n)::uuid, 'Native thread ' || n, md5('u' || 1 + n % 1000)::uuid, NULL, NULL, NULL,
                       timestamp '2020-01-01' + n * interval '1 minute', now()
                FROM generate_series(1, 30000) n""", "ANALYZE");

        JsonNode indexed = ReportedRun.of(forum, folder, "validate").endsWith(0).validation();
        assertThat(query(indexed, "findByUser").path("missingIndex").isNull()).isTrue();
        assertThat(query(indexed, "recentThreads").path("missingIndex").isNull())
                .isTrue();
        assertThat(query(indexed, "findByUser").path("plan").asString()).contains("threads_user");

        forum.target("DROP INDEX threads_user", "DROP INDEX threads_created");
        ReportedRun validated = ReportedRun.of(forum, folder, "validate").endsWith(0);
        JsonNode bare = validated.validation();
        assertThat(query(bare, "findByUser").path("missingIndex").asString()).contains("CREATE INDEX", "\"user_id\"");
        assertThat(query(bare, "recentThreads").path("missingIndex").asString())
                .contains("CREATE INDEX", "\"created_at\" DESC");
        assertThat(query(bare, "findByUser").path("plan").asString()).contains("Seq Scan");
        assertThat(validated.run().out()).contains("CREATE INDEX");

        ReportedRun slow = ReportedRun.of(forum, folder, "validate", "--migration.validation.max-p95-ms=1")
                .endsWith(3);
        assertThat(slow.report().path("status").asString()).isEqualTo("INVALID");
        assertThat(slow.validation().path("slow").toString()).contains("search", "max-p95-ms: 1");
        ReportedRun.of(forum, folder, "validate", "--migration.validation.max-p95-ms=60000")
                .endsWith(0);
    }

    private static JsonNode query(JsonNode validation, String name) {
        for (JsonNode query : validation.path("queries")) {
            if (query.path("name").asString().equals(name)) {
                return query;
            }
        }
        throw new AssertionError("no " + name + " in " + validation.path("queries"));
    }
}
