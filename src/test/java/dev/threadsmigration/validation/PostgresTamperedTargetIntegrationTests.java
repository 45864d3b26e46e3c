package dev.threadsmigration.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class PostgresTamperedTargetIntegrationTests extends TamperedTargetContract {

    @Override
    Forum databases() {
        return Forum.onPostgres();
    }

    @Override
    List<String> otherMetadataTypes() {
        return List.of("text", "json");
    }

    @Test
    void figuresAreSpeltAlikeInEveryCountry() {
        forum.target(
                "ALTER TABLE threads RENAME TO kept_threads",
                "CREATE VIEW threads AS SELECT *, pg_sleep(0.002) IS NULL AS slow FROM kept_threads");
        Locale usual = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            ReportedRun validated = ReportedRun.of(forum, folder, "validate", "--migration.validation.max-p95-ms=2")
                    .endsWith(3);

            assertThat(validated.run().all()).containsPattern("recentThreads takes \\d+\\.\\d\\d ms");
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void aQueryThatTheTargetRefusesIsLeftOutWithAWarning() {
        forum.target(
                "ALTER TABLE threads RENAME TO kept_threads",
                "CREATE VIEW threads AS SELECT *, 1 / (length(title) - length(title)) AS broken FROM kept_threads");

        ReportedRun validated = ReportedRun.of(forum, folder, "validate").endsWith(0);

        assertThat(timed(validated)).isEmpty();
        assertThat(validated.run().all())
                .contains("findByUser was not timed", "search was not timed", "division by zero");
        assertThat(validated.number("/validation/compared")).isEqualTo(36);
    }
}
