package dev.threadsmigration.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The checked-in schema is the one that the configuration records describe. */
class JobFileSchemaTests {

    private static final Path SCHEMA = Path.of("jobs/job-file.schema.json");

    @Test
    void theCheckedInSchemaIsUpToDate() throws IOException {
        if (Boolean.getBoolean("update-schema")) {
            Files.writeString(SCHEMA, JobFileSchema.generate());
        }
        assertThat(SCHEMA)
                .as("stale: run ./mvnw test -Dtest=JobFileSchemaTests -Dtest.jvm.arguments=-Dupdate-schema=true")
                .hasContent(JobFileSchema.generate());
    }

    @Test
    void jobFilesNameItInTheirFirstLine() throws IOException {
        assertThat(Files.readAllLines(Path.of("jobs/demo.yml")).get(0))
                .isEqualTo("# yaml-language-server: $schema=job-file.schema.json");
        assertThat(Files.readAllLines(Path.of("jobs/kubernetes/migration.yml")).get(0))
                .isEqualTo("# yaml-language-server: $schema=../job-file.schema.json");
    }
}
