package dev.threadsmigration.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import dev.threadsmigration.support.SampleForum;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What validation says of a target that somebody tampered with after the migration. */
abstract class TamperedTargetContract {

    private static final String FOREIGN = "99999999-0000-4000-8000-000000000001";

    @TempDir
    Path folder;

    Forum forum;

    abstract Forum databases();

    @BeforeEach
    void migrate() {
        forum = SampleForum.in(databases());
        ReportedRun migrated = ReportedRun.of(forum, folder, "migrate").endsWith(0);
        assertThat(migrated.number("/validation/compared")).isEqualTo(36);
        assertThat(migrated.found()).isEmpty();
    }

    @Test
    void everyTamperingIsNamedWithRecordFieldExpectedAndFound() {
        String owner = forum.ask("SELECT id FROM users WHERE name = 'Name 1'").get(0);
        String other = forum.ask("SELECT id FROM users WHERE name = 'Name 3'").get(0);
        forum.target(
                thread(7, "title = 'Another title'"),
                thread(6, "user_id = '" + other + "'"),
                thread(8, "created_at = created_at + INTERVAL '1' SECOND"),
                thread(9, "updated_at = TIMESTAMP '2022-01-02 03:09:05.654322'"),
                "DELETE FROM threads WHERE id = '" + id(10) + "'",
                thread(11, "title = 'Subject 11 of the sampl'"),
                "DELETE FROM threads_migration.migration_mapping WHERE legacy_id = '" + id(14) + "'",
                "UPDATE feedback SET helpful = FALSE WHERE id = '" + SampleForum.feedback(2) + "'",
                "UPDATE users SET name = 'name 3' WHERE id = '" + other + "'");
        SampleForum.changeMetadata(forum, id(12), "12345678901234567890", "12345678901234567891");
        SampleForum.changeMetadata(forum, id(13), "\"migrated\": ?true,", "");
        SampleForum.changeMetadata(forum, id(15), "1\\.50", "1.51");
        forum.target("INSERT INTO threads SELECT '%s', title, user_id, organization_id, tenant_id, metadata,"
                        .formatted(FOREIGN)
                + " created_at, updated_at FROM threads WHERE id = '" + id(16) + "'");

        ReportedRun validated = ReportedRun.of(forum, folder, "validate").endsWith(3);

        assertThat(validated.report().path("status").asString()).isEqualTo("INVALID");
        assertThat(validated.issues("entity", "legacyId", "kind", "field", "expected", "found"))
                .containsExactlyInAnyOrder(
                        "threads " + id(7) + " different title Subject 7 of the sample Another title",
                        "threads " + id(6) + " different userId " + owner + " " + other,
                        "threads " + id(8)
                                + " different createdAt 2020-01-02T03:08:05.123456 2020-01-02T03:08:06.123456",
                        "threads " + id(9)
                                + " different updatedAt 2022-01-02T03:09:05.654321 2022-01-02T03:09:05.654322",
                        "threads " + id(10) + " missing - " + id(10) + " -",
                        "threads " + id(11) + " different title Subject 11 of the sample Subject 11 of the sampl",
                        "threads " + id(12) + " different metadata.exact 12345678901234567890 12345678901234567891",
                        "threads " + id(13) + " different metadata.migrated true -",
                        "threads " + id(15) + " different metadata.deep.list[1].x 1.50 1.51",
                        "threads - unexpected - - " + id(14),
                        "threads - unexpected - - " + FOREIGN,
                        "feedback " + SampleForum.feedback(2) + " different helpful true false",
                        "users " + SampleForum.user(3) + " different name Name 3 name 3");
        assertThat(validated.number("/validation/missing")).isEqualTo(1);
        assertThat(validated.number("/validation/different")).isEqualTo(10);
        assertThat(validated.number("/validation/unexpected")).isEqualTo(2);
        assertThat(validated.number("/validation/compared")).isEqualTo(35);
        assertThat(validated.run().out()).contains("INVALID", "Another title");
        assertThat(forum.ask("SELECT settings FROM threads_migration.audit_log ORDER BY run_id DESC LIMIT 1")
                        .get(0))
                .contains("on-invalid=keep", "target.layout=", "chunk-size=")
                .doesNotContain("password");
        assertThat(forum.ask("SELECT status, exit_code FROM threads_migration.audit_log ORDER BY run_id DESC LIMIT 1"))
                .containsExactly("INVALID|3");
    }

    @Test
    void markersOfAnotherTypeAreDifferences() {
        SampleForum.changeMetadata(forum, id(12), "\"migrated\": ?true", "\"migrated\":\"true\"");
        SampleForum.changeMetadata(forum, id(13), "\"oldId\": ?(\\d+)", "\"oldId\":\"$1\"");

        assertThat(ReportedRun.of(forum, folder, "validate")
                        .endsWith(3)
                        .issues("legacyId", "field", "expected", "found"))
                .containsExactlyInAnyOrder(
                        id(12) + " metadata.migrated true \"true\"", id(13) + " metadata.oldId 13 \"13\"");
    }

    @Test
    void datesMayBeApartByTheToleranceAndNoMore() {
        forum.target(
                thread(8, "created_at = created_at + INTERVAL '2' SECOND"),
                thread(9, "created_at = created_at - INTERVAL '1' SECOND"));
        ReportedRun.of(forum, folder, "validate", "--migration.validation.tolerance=2s")
                .endsWith(0);

        forum.target(thread(8, "created_at = TIMESTAMP '2020-01-02 03:08:07.123457'"));
        assertThat(ReportedRun.of(forum, folder, "validate", "--migration.validation.tolerance=2s")
                        .endsWith(3)
                        .found())
                .containsExactly("threads " + id(8) + " different createdAt");
    }

    @Test
    void legacyRowsThatAppearedOrVanishedAreNoLosses() {
        forum.legacy("DELETE FROM legacy_threads WHERE id IN ('%s', '%s')".formatted(id(20), id(21)));
        forum.thread(id(50), "New since", SampleForum.user(1));

        ReportedRun validated = ReportedRun.of(forum, folder, "validate").endsWith(0);

        assertThat(validated.found()).isEmpty();
        assertThat(validated.number("/validation/missing")).isZero();
        assertThat(validated.number("/validation/entities/threads/withoutOutcome"))
                .isEqualTo(1);
        assertThat(validated.number("/validation/entities/threads/vanishedFromLegacy"))
                .isEqualTo(2);
    }

    @Test
    void aLegacyRowThatTurnedBadSinceIsADifferenceAndNoCrash() {
        forum.legacy("UPDATE legacy_feedback SET rating = 'five' WHERE id = '" + SampleForum.feedback(1) + "'");
        assertThat(ReportedRun.of(forum, folder, "validate").endsWith(3).found())
                .containsExactly("feedback " + SampleForum.feedback(1) + " different rating");
    }

    @Test
    void legacyMetadataThatTurnedUnreadableSinceIsADifferenceFromNone() {
        forum.thread(id(50), "Without custom fields", SampleForum.user(1));
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        forum.legacy("UPDATE legacy_threads SET custom_fields = '{broken' WHERE id = '" + id(50) + "'");
        assertThat(ReportedRun.of(forum, folder, "validate").endsWith(3).found())
                .containsExactly("threads " + id(50) + " different metadata");
    }

    @Test
    void aValueWhoseTypeItHasNoLongerIsShownAsLegacyHasIt() {
        Forum typed = databases().withTargetTables();
        typed.target("ALTER TABLE users ADD COLUMN seen_at timestamp(6)");
        typed.legacy(
                "CREATE TABLE legacy_users (id varchar(64) PRIMARY KEY, full_name varchar(100), born varchar(40),"
                        + " seen varchar(40))",
                "INSERT INTO legacy_users VALUES ('u1', 'Ada', '1500000000', '1500000000000')",
                "CREATE TABLE legacy_threads (id varchar(64) PRIMARY KEY, subject varchar(100), owner_id varchar(64),"
                        + " born varchar(40), closed varchar(40))",
                "INSERT INTO legacy_threads VALUES ('t1', 'Hello', 'u1', '1500000000', '1500000000')");
        String[] settings = {
            "--migration.entities=users,threads",
            "--migration.mapping.users.fields.createdAt.column=born",
            "--migration.mapping.users.fields.createdAt.type=epoch-seconds",
            "--migration.mapping.users.extra.seen_at.column=seen",
            "--migration.mapping.users.extra.seen_at.type=epoch-millis",
            "--migration.mapping.threads.fields.createdAt.column=born",
            "--migration.mapping.threads.fields.createdAt.type=epoch-seconds",
            "--migration.mapping.threads.fields.metadata.columns=closed",
            "--migration.mapping.threads.fields.metadata.types.closed=epoch-seconds"
        };
        ReportedRun.of(typed, folder, "migrate", settings).endsWith(0);
        typed.legacy(
                "UPDATE legacy_users SET born = 'soon', seen = 'never'", "UPDATE legacy_threads SET closed = 'soon'");

        ReportedRun validated =
                ReportedRun.of(typed, folder, "validate", settings).endsWith(3);

        String nothing = "nothing: what legacy has now cannot be migrated";
        assertThat(validated.issues("entity", "field", "legacyValue", "expected", "found"))
                .containsExactlyInAnyOrder(
                        "users createdAt soon " + nothing + " 2017-07-14T02:40",
                        "users updatedAt - " + nothing + " 2017-07-14T02:40",
                        "users " + spelt(typed, "seen_at") + " never " + nothing + " 2017-07-14T02:40",
                        "threads metadata." + spelt(typed, "closed") + " - \"" + nothing
                                + "\" \"2017-07-14T02:40:00Z\"");
    }

    @Test
    void aWholeNumberMayBeSpeltWithItsFraction() {
        forum.legacy("UPDATE legacy_feedback SET rating = '2.0' WHERE id = '" + SampleForum.feedback(1) + "'");
        assertThat(ReportedRun.of(forum, folder, "validate").endsWith(0).found())
                .isEmpty();
    }

    @Test
    void aSampleComparesSoManyRecordsAndFindsWhatItDraws() {
        ReportedRun sampled =
                ReportedRun.of(forum, folder, "validate", "--sample", "5").endsWith(0);
        assertThat(sampled.validation().path("mode").asString()).isEqualTo("sample");
        assertThat(sampled.run().all())
                .contains("Comparing a sample of 5 of 24 threads.", "Comparing a sample of 5 of 6 users.");
        assertThat(sampled.number("/validation/entities/threads/compared")).isEqualTo(5);
        assertThat(sampled.number("/validation/entities/users/compared")).isEqualTo(5);

        forum.target("UPDATE threads SET title = 'wrong'");
        ReportedRun one =
                ReportedRun.of(forum, folder, "validate", "--sample", "4").endsWith(3);
        ReportedRun other =
                ReportedRun.of(forum, folder, "validate", "--sample", "4").endsWith(3);
        ReportedRun third =
                ReportedRun.of(forum, folder, "validate", "--sample", "4").endsWith(3);
        assertThat(one.found()).hasSize(4).doesNotHaveDuplicates();
        assertThat(java.util.Set.of(java.util.Set.copyOf(one.found())))
                .as("the same 4 of 24 three times: once in a hundred million")
                .isNotEqualTo(java.util.Set.copyOf(
                        java.util.List.of(java.util.Set.copyOf(other.found()), java.util.Set.copyOf(third.found()))));

        ReportedRun all =
                ReportedRun.of(forum, folder, "validate", "--sample", "1000").endsWith(3);
        assertThat(all.number("/validation/entities/threads/compared")).isEqualTo(24);
        assertThat(all.run().all()).contains("Comparing 24 threads.");
    }

    @Test
    void theNewSystemsQueriesAreTimedAndTheirLimitCounts() {
        ReportedRun validated = ReportedRun.of(forum, folder, "validate").endsWith(0);
        assertThat(validated.validation().path("queries"))
                .extracting(query -> query.path("name").asString())
                .contains("findByUser", "recentThreads", "search");
        assertThat(validated.validation().path("queries")).allSatisfy(query -> {
            assertThat(query.path("p50Ms").doubleValue())
                    .isLessThanOrEqualTo(query.path("p95Ms").doubleValue());
            assertThat(query.path("plan").asString()).isNotBlank();
        });
        assertThat(validated.validation().path("queries"))
                .filteredOn(query -> !query.path("missingIndex").isNull())
                .as("a search reads few rows as fast as an index")
                .extracting(query -> query.path("name").asString())
                .contains("recentThreads")
                .doesNotContain("search", "searchMetadata");
    }

    /** The types of metadata, beside the usual one, that can be moved to. */
    abstract List<String> otherMetadataTypes();

    @Test
    void metadataOfOthersMayBeAnythingThatItsTypeAllows() {
        for (String type : otherMetadataTypes()) {
            Forum other = databases().withLegacyTables();
            other.target(
                    Forum.USERS,
                    Forum.THREADS.formatted(type),
                    Forum.FEEDBACK.formatted(other.isPostgres() ? "value" : "\"VALUE\""));
            other.user("u-1", "Ada").thread("t-1", "Hello", "u-1").thread(id(2), "Taken", "u-1");
            String theirs = type.equals("json") ? "{\"oldSystem\": \"a\\u0000b\"}" : "not json, \"oldSystem\"";
            other.target(
                    "INSERT INTO users VALUES ('%s', 'X', TIMESTAMP '2020-01-02 03:04:05', TIMESTAMP '2020-01-02 03:04:05')"
                            .formatted(FOREIGN),
                    "INSERT INTO threads VALUES ('%s', 'X', '%s', NULL, NULL, '%s', TIMESTAMP '2020-01-02 03:04:05', TIMESTAMP '2020-01-02 03:04:05')"
                            .formatted(id(2), FOREIGN, theirs));

            ReportedRun migrated = ReportedRun.of(other, folder, "migrate", "--migration.name=" + other.name())
                    .endsWith(0);

            assertThat(other.outcomes()).as(type).contains("threads t-1: migrated", "threads " + id(2) + ": id_taken");
            assertThat(timed(migrated)).contains("search").doesNotContain("searchMetadata");

            other.target(
                    "INSERT INTO threads SELECT '%s', title, user_id, NULL, NULL, metadata, created_at, updated_at FROM threads WHERE title = 'Hello'"
                            .formatted(FOREIGN));
            ReportedRun validated = ReportedRun.of(other, folder, "validate", "--migration.name=" + other.name())
                    .endsWith(3);
            assertThat(validated.issues("entity", "kind", "found"))
                    .as(type)
                    .containsExactly("threads unexpected " + FOREIGN);
            assertThat(validated.number("/validation/unexpected")).isEqualTo(1);
        }
    }

    @Test
    void blankTitlesOfOthersAreNotSearchedFor() {
        // Nearly every id that is drawn comes before this one and after all others.
        String last = "ffffffff-0000-4000-8000-000000000001";
        forum.target(
                "INSERT INTO threads SELECT '%s', '   ', user_id, NULL, NULL, NULL, created_at, updated_at FROM threads WHERE id = '%s'"
                        .formatted(last, id(1)));
        assertThat(timed(ReportedRun.of(forum, folder, "validate").endsWith(0)))
                .contains("findByUser", "recentThreads", "search");

        forum.target("UPDATE threads SET title = '\t' WHERE id = '" + last + "'");
        assertThat(timed(ReportedRun.of(forum, folder, "validate").endsWith(0)))
                .contains("findByUser", "recentThreads");
    }

    static List<String> timed(ReportedRun validated) {
        return validated
                .validation()
                .path("queries")
                .valueStream()
                .map(query -> query.path("name").asString())
                .toList();
    }

    /** A column as the forum's databases spell it. */
    private static String spelt(Forum forum, String column) {
        return forum.isPostgres() ? column : column.toUpperCase(Locale.ROOT);
    }

    private static String id(int n) {
        return SampleForum.thread(n);
    }

    private static String thread(int n, String assignment) {
        return "UPDATE threads SET %s WHERE id = '%s'".formatted(assignment, id(n));
    }
}
