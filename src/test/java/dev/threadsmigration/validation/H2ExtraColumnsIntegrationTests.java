package dev.threadsmigration.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class H2ExtraColumnsIntegrationTests extends ExtraColumnsContract {

    private static final String THREAD = "00000000-0000-4000-8000-000000000011";

    @Override
    Forum databases() {
        return Forum.onH2();
    }

    @Override
    String charType() {
        return "varchar(8)";
    }

    /** After a purge our records are there already, and their markers still say that they are ours. */
    @Test
    void aFoundRecordWithOurMarkersIsComparedInFull() throws IOException {
        Forum forum = databases().withLegacyTables().withTargetTables();
        forum.user(ADA, "Ada").thread(THREAD, "Hello", ADA).target("ALTER TABLE threads ADD badge varchar(8)");
        Files.writeString(folder.resolve("job.yml"), """
                migration:
                  name: found
                  entities: [users, threads]
                  mapping: { threads: { extra: { badge: { constant: gold } } } }
                """);
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        forum.run(folder, "rollback", "--purge", "--yes");
        forum.target("UPDATE threads SET badge = 'silver'");

        assertThat(ReportedRun.of(forum, folder, "migrate").endsWith(3).found())
                .containsExactly("threads " + THREAD + " different BADGE");
    }
}
