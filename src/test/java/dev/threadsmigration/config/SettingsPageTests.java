package dev.threadsmigration.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The checked-in page of all settings is the one that the configuration records describe, and leaves nothing out. */
class SettingsPageTests {

    private static final Path PAGE = Path.of("src/docs/settings.md");

    @Test
    void theCheckedInPageIsUpToDate() throws IOException {
        if (Boolean.getBoolean("update-settings")) {
            Files.writeString(PAGE, SettingsPage.generate());
        }
        assertThat(PAGE)
                .as("stale: run ./mvnw test -Dtest=SettingsPageTests -Dtest.jvm.arguments=-Dupdate-settings=true")
                .hasContent(SettingsPage.generate());
    }

    @Test
    void everySettingHasAValueAndAMeaning() {
        assertThat(SettingsPage.generate().lines().filter(line -> line.startsWith("| `")))
                .hasSizeGreaterThan(40)
                .allSatisfy(line -> assertThat(line).doesNotContain("null").doesNotEndWith("|  |"));
    }
}
