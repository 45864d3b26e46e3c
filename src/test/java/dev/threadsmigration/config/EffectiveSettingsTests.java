package dev.threadsmigration.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class EffectiveSettingsTests {

    @Test
    void everySettingIsShownButNoSecret() {
        MockEnvironment environment = new MockEnvironment()
                .withProperty("migration.name", "forum")
                .withProperty("migration.source.url", "jdbc:postgresql://legacy-db/forum?user=me&password=hunter2")
                .withProperty("migration.source.password", "hunter2")
                .withProperty("migration.target.url", "jdbc:postgresql://app-db/app")
                .withProperty("migration.target.password", "hunter2")
                .withProperty("migration.retry-for", "90s")
                .withProperty("migration.validation.tolerance", "500ms")
                .withProperty("migration.mapping.threads.fields.title.column", "topic");

        Map<String, String> settings = EffectiveSettings.of(JobFile.read(environment));

        assertThat(settings)
                .containsEntry("source.url", "jdbc:postgresql://legacy-db/forum")
                .containsEntry("target.layout", "snake-case")
                .containsEntry("retry-for", "90s")
                .containsEntry("validation.tolerance", "500ms")
                .containsEntry("defer-indexes", "auto")
                .containsEntry("validation.sample", "all")
                .containsEntry("validation.max-p95-ms", "none")
                .containsEntry("mapping.threads.fields.title.column", "topic")
                .containsEntry("report.redact", "false");
        assertThat(settings.toString()).doesNotContain("hunter2");
        assertThat(settings.keySet()).noneMatch(key -> key.contains("password"));
    }
}
