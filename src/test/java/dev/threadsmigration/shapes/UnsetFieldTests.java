package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A field that a job file takes out of its preset. */
class UnsetFieldTests {

    @TempDir
    Path folder;

    private String source;
    private String target;

    @BeforeEach
    void legacy() throws SQLException {
        source = Shapes.database("raw-sql");
        target = Shapes.database();
        Shapes.execute(source, """
                UPDATE threads SET title = 'Hello', tenant_id = 'acme', metadata = '{"plan": "gold"}'""");
    }

    private String migrate(String mapping, String... options) throws SQLException {
        CommandRun run = CommandRun.onJobFile(
                folder, "migrate", Shapes.jobFile("raw-sql", source, target, mapping.indent(2)), options);
        assertThat(run.exitCode()).as(run.all()).isZero();
        return Shapes.ask(target, "SELECT concat_ws(' ', title, tenant_id, metadata ->> 'plan') FROM threads");
    }

    @ParameterizedTest
    @ValueSource(strings = {"~", "null", "", "''"})
    void isNotMovedHoweverNothingIsSpelt(String nothing) throws SQLException {
        assertThat(migrate("mapping: { threads: { fields: { tenantId: " + nothing + " } } }"))
                .isEqualTo("Hello gold");
    }

    @Test
    void mayBeTakenOutOnTheCommandLine() throws SQLException {
        assertThat(migrate("", "--migration.mapping.threads.fields.metadata=")).isEqualTo("Hello acme");
    }

    @Test
    void staysWhereItsRuleIsEmpty() throws SQLException {
        assertThat(migrate("mapping: { threads: { fields: { tenantId: {}, metadata: {} } } }"))
                .isEqualTo("Hello acme gold");
    }

    @Test
    void isLeftAloneInLegacyByARollback() throws SQLException {
        migrate("mapping: { threads: { fields: { tenantId: ~, metadata: ~, updatedAt: ~ } } }");
        String before = Shapes.ask(source, "SELECT concat_ws(' ', tenant_id, metadata, updated_at) FROM threads");
        Shapes.execute(target, """
                UPDATE threads SET title = 'Renamed', tenant_id = 'theirs', metadata = metadata || '{"plan": "iron"}',
                    updated_at = now()""");

        CommandRun run = CommandRun.of(
                "rollback", folder.resolve("job.yml").toString(), "--yes", "--migration.reports=" + folder);

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(Shapes.ask(source, "SELECT title FROM threads")).isEqualTo("Renamed");
        assertThat(Shapes.ask(source, "SELECT concat_ws(' ', tenant_id, metadata, updated_at) FROM threads"))
                .isEqualTo(before);
    }
}
