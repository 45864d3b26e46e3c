package dev.threadsmigration.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import dev.threadsmigration.support.SampleForum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables that create-tables makes by a layout with names of its own: migrated into twice, validated, and taken back. */
abstract class CreatedTargetContract {

    private static final String NAMES = """
            migration:
              name: created
              chunk-size: 5
              partitions: 2
              target:
                layout: camel-case
                create-tables: true
                layout-names:
                  users: { table: Members, columns: { id: memberId, name: "Full \\"name\\"" } }
                  threads: { table: Some Talks, columns: { userId: startedBy, createdAt: startedAt } }
                  feedback: { columns: { threadId: aboutTalk, value: order } }
            """;

    @TempDir
    Path folder;

    private Forum forum;

    abstract Forum databases();

    @BeforeEach
    void legacy() throws IOException {
        forum = SampleForum.in(databases());
        forum.target("DROP TABLE feedback", "DROP TABLE threads", "DROP TABLE users");
        Files.writeString(folder.resolve("job.yml"), NAMES);
    }

    @Test
    void isMigratedTwiceValidatedAndTakenBack() {
        migrateAndTakeBack();
    }

    /** One documented variant of the schema keeps ids as texts; what is made beside such a table must refer to it. */
    @Test
    void idsAreTextsWhereThoseOfATableThatIsThereAre() {
        forum.target("""
                CREATE TABLE "Members" ("memberId" varchar(255) PRIMARY KEY, "Full ""name\""" varchar(255) NOT NULL,
                    "createdAt" timestamp(6) NOT NULL, "updatedAt" timestamp(6) NOT NULL)""");

        migrateAndTakeBack();

        assertThat(forum.ask("""
                        SELECT count(*) FROM information_schema.columns
                        WHERE lower(column_name) IN ('id', 'memberid', 'startedby', 'abouttalk', 'userid', 'organizationid')
                          AND table_name IN ('Members', 'Some Talks', 'feedback', 'FEEDBACK')
                          AND lower(data_type) = 'character varying'""")).containsExactly("7");
    }

    private void migrateAndTakeBack() {
        ReportedRun first = ReportedRun.of(forum, folder, "migrate").endsWith(0);
        assertThat(first.number("/entities/threads/migrated")).isEqualTo(SampleForum.THREADS);
        assertThat(first.number("/validation/compared"))
                .isEqualTo(SampleForum.USERS + SampleForum.THREADS + SampleForum.FEEDBACK);
        assertThat(first.found()).isEmpty();

        ReportedRun second = ReportedRun.of(forum, folder, "migrate").endsWith(0);
        assertThat(second.run().out()).contains("is finished; every legacy record has its outcome");
        assertThat(forum.ask("SELECT count(*) FROM \"Some Talks\"")).containsExactly("" + SampleForum.THREADS);
        assertThat(forum.ask("""
                        SELECT m."Full ""name\""" FROM "Some Talks" t JOIN "Members" m ON m."memberId" = t."startedBy"
                        WHERE t.title = 'Subject 7 of the sample'""")).containsExactly("Name 2");

        ReportedRun.of(forum, folder, "validate").endsWith(0);

        ReportedRun back = ReportedRun.of(forum, folder, "rollback", "--yes").endsWith(0);
        assertThat(back.number("/rollback/removed"))
                .isEqualTo(SampleForum.USERS + SampleForum.THREADS + SampleForum.FEEDBACK);
        assertThat(forum.ask("SELECT (SELECT count(*) FROM \"Members\"), (SELECT count(*) FROM \"Some Talks\")"))
                .containsExactly("0|0");
    }
}
