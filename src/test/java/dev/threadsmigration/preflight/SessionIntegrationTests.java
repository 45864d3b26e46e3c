package dev.threadsmigration.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.Forum;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session is what this tool asks for, or nothing is touched. */
class SessionIntegrationTests {

    private static final String ID = "00000000-0000-4000-8000-000000000001";

    @TempDir
    Path folder;

    private final Forum forum =
            Forum.onPostgres().withLegacyTables().withTargetTables().user(ID, "Ada");

    @ParameterizedTest
    @CsvSource({"source, true", "source, false", "target, true", "target, false"})
    void aPoolerIsToldBeforeAnythingIsTouched(String side, boolean refuses) throws IOException {
        String url = side.equals("source") ? forum.legacyUrl() : forum.targetUrl();
        try (Pooler pooler = new Pooler(url, refuses)) {
            CommandRun run = forum.run(folder, "migrate", "--migration." + side + ".url=" + pooler.url());

            assertThat(run.exitCode()).as(run.all()).isEqualTo(2);
            assertThat(run.all())
                    .contains(
                            side.equals("source") ? "legacy database: " : "target database: ",
                            refuses
                                    ? "unsupported startup parameter: options"
                                    : "does not arrive (row_security, threads_migration.own_write)",
                            "PgBouncer",
                            "give the address of the server itself")
                    .containsIgnoringCase("nothing was touched");
        }
        assertThat(forum.hasLedger()).isFalse();
    }

    @Test
    void optionsOfTheUrlStandBesideOurs() {
        String role = "role_" + forum.name().replace('-', '_');
        forum.legacy(
                "CREATE SCHEMA archive",
                "ALTER TABLE legacy_users SET SCHEMA archive",
                "CREATE ROLE " + role + " LOGIN PASSWORD 'x'",
                "GRANT USAGE ON SCHEMA archive TO " + role,
                "GRANT SELECT ON archive.legacy_users TO " + role);
        String[] settings = {
            "--migration.entities=users",
            "--migration.source.username=" + role,
            "--migration.source.password=x",
            "--migration.source.url=" + forum.legacyUrl()
                    + "?connectTimeout=9&options=-c%20search_path=archive+-c%20row_security=on&loginTimeout=9",
            // In which the driver does not send the values of an ANY.
            "--migration.target.url=" + forum.targetUrl() + "?preferQueryMode=simple&loginTimeout=9"
        };
        forum.legacy("ALTER TABLE archive.legacy_users ENABLE ROW LEVEL SECURITY");

        CommandRun hidden = forum.run(folder, "migrate", settings);

        assertThat(hidden.exitCode()).as(hidden.all()).isEqualTo(2);
        assertThat(hidden.all()).contains("row-level security");

        forum.legacy("ALTER TABLE archive.legacy_users DISABLE ROW LEVEL SECURITY");
        CommandRun run = forum.run(folder, "migrate", settings);
        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(forum.equation()).containsEntry("users", "1|1|0|0|0");
    }
}
