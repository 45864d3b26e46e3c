package dev.threadsmigration.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import org.junit.jupiter.api.Test;

class H2RollbackIntegrationTests extends RollbackContract {

    @Override
    Forum databases() {
        return Forum.onH2();
    }

    /** The lock of H2 is on a row that only the dry run sees. */
    @Test
    void aDryRunOfAnotherMigrationStandsBesideTheLedger() {
        rollback().endsWith(0);
        ReportedRun.of(
                        forum,
                        folder,
                        "migrate",
                        "--dry-run",
                        "--migration.name=" + forum.name() + "-b",
                        "--migration.allow-other-migrations=true")
                .endsWith(0);
        assertThat(forum.ask("SELECT name FROM threads_migration.migration")).containsExactly(forum.name());
    }
}
