package dev.threadsmigration.target;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.Forum;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to good, known, contested, dangling and refused records, on any database. */
abstract class WriterContract {

    /** A UUID of letters, so that its case can be changed. */
    static final String LETTERS = "abcdefab-cdef-4abc-8def-abcdefabcdef";

    @TempDir
    Path folder;

    /** Two empty databases. */
    abstract Forum databases();

    Forum forum() {
        return databases().withLegacyTables().withTargetTables();
    }

    static String id(int number) {
        return "00000000-0000-4000-8000-%012d".formatted(number);
    }

    CommandRun migrate(Forum forum, String... more) {
        CommandRun run = forum.run(folder, "migrate", more);
        assertThat(run.exitCode()).as(run.all()).isZero();
        return run;
    }

    @Test
    void freshRowsAreWrittenOnceWithTheirLedgerEntries() {
        Forum forum = forum().user(id(1), "Ada")
                .thread(id(2), "Hello", id(1), "{\"a\":0.10}")
                .feedback(id(3), id(2), id(1));
        migrate(forum);

        assertThat(forum.outcomes())
                .containsExactly(
                        "feedback " + id(3) + ": migrated",
                        "threads " + id(2) + ": migrated",
                        "users " + id(1) + ": migrated");
        assertThat(forum.ask("SELECT id, title, user_id, created_at, updated_at FROM threads"))
                .containsExactly(id(2) + "|Hello|" + id(1) + "|2020-01-02 03:04:05|2020-01-02 03:04:05");
        assertThat(forum.ask("SELECT thread_id, user_id, type FROM feedback"))
                .containsExactly(id(2) + "|" + id(1) + "|rating");
    }

    @Test
    void aThreadWithOurMarkersForTheSameLegacyIdIsADuplicateWhateverElseItSays() {
        Forum forum = forum().user(id(1), "Ada").thread(id(2), "Old title", id(1));
        owner(forum, id(1));
        existingThread(forum, id(2), "Renamed since", id(1), """
                {"migrated":true,"oldSystem":"legacy-v1","oldId":"%s","more":1}""".formatted(id(2)));
        migrate(forum, "--migration.validation.enabled=false");

        assertThat(forum.outcomes()).contains("threads " + id(2) + ": duplicate");
        assertThat(forum.ask("SELECT title FROM threads")).containsExactly("Renamed since");
    }

    @Test
    void whatIsThereAlreadyIsKnownInChunksOfEveryMixture() {
        Forum forum = forum().user(id(1), "Ada");
        owner(forum, id(1));
        for (int number = 10; number < 20; number++) {
            forum.thread(id(number), "Title", id(1));
            if (number != 13 && number != 17) {
                String oldId = number == 15 ? "another" : id(number);
                existingThread(
                        forum,
                        id(number),
                        "Renamed since",
                        id(1),
                        "{\"migrated\":true,\"oldSystem\":\"legacy-v1\",\"oldId\":\"" + oldId + "\"}");
            }
        }
        migrate(forum, "--migration.chunk-size=2", "--migration.partitions=1", "--migration.validation.enabled=false");

        assertThat(forum.outcomes())
                .containsExactly(
                        "threads " + id(10) + ": duplicate",
                        "threads " + id(11) + ": duplicate",
                        "threads " + id(12) + ": duplicate",
                        "threads " + id(13) + ": migrated",
                        "threads " + id(14) + ": duplicate",
                        "threads " + id(15) + ": id_taken",
                        "threads " + id(16) + ": duplicate",
                        "threads " + id(17) + ": migrated",
                        "threads " + id(18) + ": duplicate",
                        "threads " + id(19) + ": duplicate",
                        "users " + id(1) + ": duplicate");
    }

    @Test
    void aRecordThatHasArrivedKeepsThatOutcomeWhenItsLegacyRowGoesBad() {
        Forum forum = forum().user(id(1), "Ada").thread(id(2), "Hello", id(1));
        migrate(forum);
        forum.legacy("UPDATE legacy_threads SET subject = '" + "x".repeat(300) + "'");
        forum.thread(id(3), "y".repeat(300), id(1));
        migrate(forum, "--migration.validation.enabled=false");

        assertThat(forum.outcomes())
                .contains("threads " + id(2) + ": migrated", "threads " + id(3) + ": too_long")
                .doesNotContain("threads " + id(2) + ": too_long");
    }

    @Test
    void theSameRecordTwiceIsRefusedTwice() {
        Forum forum = forum().user(id(1), "Ada").thread(id(2), "Bad", id(1)).thread(id(2), "Bad", id(1));
        forum.thread(id(3), "Good", id(1)).thread(id(3), "Good", id(1));
        forum.target("ALTER TABLE threads ADD CHECK (title <> 'Bad')");
        migrate(forum);

        assertThat(forum.outcomes())
                .containsExactly(
                        "threads " + id(2) + ": target_refused",
                        "threads " + id(2) + ": target_refused",
                        "threads " + id(3) + ": duplicate",
                        "threads " + id(3) + ": migrated",
                        "users " + id(1) + ": migrated");
    }

    @Test
    void idsInTheOrderOfTheirBytesAreFoundOnBothSidesOfTheSignBit() {
        String low = "7fffffff-ffff-4fff-bfff-ffffffffffff";
        String high = "80000000-0000-4000-8000-000000000000";
        Forum forum = forum().user(id(1), "Ada");
        forum.thread(low, "Low", id(1)).thread(high, "High", id(1));
        owner(forum, id(1));
        existingThread(forum, high, "Their own", id(1), "{}");
        migrate(forum, "--migration.partitions=1");

        assertThat(forum.outcomes()).contains("threads " + low + ": migrated", "threads " + high + ": id_taken");
    }

    @Test
    void markersOfAnotherLegacyIdAreAnotherRecord() {
        Forum forum = forum().user(id(1), "Ada").thread(id(2), "Title", id(1));
        owner(forum, id(1));
        existingThread(
                forum, id(2), "Other", id(1), "{\"migrated\":true,\"oldSystem\":\"legacy-v1\",\"oldId\":\"77\"}");
        migrate(forum, "--migration.validation.enabled=false");

        assertThat(forum.outcomes()).contains("threads " + id(2) + ": id_taken");
    }

    @Test
    void theSameContentWithoutMarkersIsADuplicate() {
        Forum forum = forum().user(id(1), "Ada")
                .thread(id(2), "Same", id(1), "{\"n\":1.0,\"m\":[1,2]}")
                .feedback(id(3), id(2), id(1));
        owner(forum, id(1));
        existingThread(forum, id(2), "Same", id(1), "{\"m\":[1,2],\"n\":1}");
        forum.target("INSERT INTO feedback (id, thread_id, user_id, type, created_at, updated_at) VALUES"
                + " ('%s', '%s', '%s', 'rating', '2020-01-02 03:04:05', '2020-01-02 03:04:05')"
                        .formatted(id(3), id(2), id(1)));
        CommandRun run = migrate(forum);

        assertThat(run.out()).contains("Validation (full): VALID. 3 compared");
        assertThat(forum.outcomes())
                .containsExactly(
                        "feedback " + id(3) + ": duplicate",
                        "threads " + id(2) + ": duplicate",
                        "users " + id(1) + ": duplicate");
    }

    @Test
    void otherContentUnderTheSameIdIsTakenAndLeftAlone() {
        Forum forum = forum().user(id(1), "Ada").thread(id(2), "Ours", id(1), "{\"a\":1}");
        owner(forum, id(1));
        existingThread(forum, id(2), "Theirs", id(1), null);
        migrate(forum);

        assertThat(forum.outcomes()).contains("threads " + id(2) + ": id_taken");
        assertThat(forum.rejection("threads", id(2))).contains(id(2), "its title is 'Theirs'", "'Ours'");
        assertThat(forum.ask("SELECT title FROM threads")).containsExactly("Theirs");
    }

    @Test
    void aForeignThreadOfTooManyLevelsIsTakenLikeAnyOther() {
        Forum forum = forum().user(id(1), "Ada").thread(id(2), "Ours", id(1)).thread(id(3), "Fine", id(1));
        owner(forum, id(1));
        existingThread(forum, id(2), "Theirs", id(1), "{\"oldId\":" + "[".repeat(1_500) + "]".repeat(1_500) + "}");
        migrate(forum, "--migration.validation.enabled=false");

        assertThat(forum.outcomes()).contains("threads " + id(2) + ": id_taken", "threads " + id(3) + ": migrated");
    }

    @Test
    void idsThatDifferInCaseOnlyAreOneRecordWhereTheContentIsTheSame() {
        Forum forum = forum().user(id(1), "Ada");
        for (String id : List.of(LETTERS, LETTERS.toUpperCase())) {
            forum.legacy("""
                    INSERT INTO legacy_threads (id, legacy_id, subject, owner_id, created_date)
                    VALUES ('%s', 5, 'Same', '%s', TIMESTAMP WITH TIME ZONE '2020-01-02 03:04:05+00')""".formatted(id, id(1)));
        }
        migrate(forum);

        assertThat(forum.ask(
                        "SELECT outcome FROM threads_migration.migration_mapping WHERE entity = 'threads' ORDER BY 1"))
                .containsExactly("duplicate", "migrated");
        assertThat(forum.ask("SELECT id FROM threads")).containsExactly(LETTERS);
    }

    @Test
    void idsThatDifferInCaseOnlyAreBothRejectedWhereTheContentDiffers() {
        Forum forum =
                forum().user(id(1), "Ada").thread(LETTERS, "One", id(1)).thread(LETTERS.toUpperCase(), "Other", id(1));
        migrate(forum);

        assertThat(forum.outcomes())
                .contains("threads " + LETTERS + ": id_repeated", "threads " + LETTERS.toUpperCase() + ": id_repeated");
        assertThat(forum.ask("SELECT id FROM threads")).isEmpty();
    }

    @Test
    void textIdsThatDifferInCaseAreDifferentRecords() {
        Forum forum = forum().user("u-1", "Ada")
                .user("U-1", "Bob")
                .thread("t", "One", "u-1")
                .thread("T", "Two", "U-1");
        migrate(forum);

        assertThat(forum.outcomes())
                .containsExactly(
                        "threads T: migrated", "threads t: migrated", "users U-1: migrated", "users u-1: migrated");
        assertThat(forum.ask("SELECT t.title, u.name FROM threads t JOIN users u ON u.id = t.user_id ORDER BY 1"))
                .containsExactly("One|Ada", "Two|Bob");
    }

    @Test
    void aKeyWithoutUniqueIndexMayHoldRepeatedValuesAndNulls() {
        Forum forum = forum().user(id(1), "Ada")
                .user(id(1), "Another Ada")
                .user(null, "Nobody")
                .user(null, "Noone");
        forum.user(id(2), "Twin").user(id(2), "Twin").user(id(3), "Fine");
        migrate(forum);

        assertThat(forum.outcomes())
                .containsExactly(
                        "users " + id(1) + ": id_repeated",
                        "users " + id(1) + ": id_repeated",
                        "users " + id(2) + ": duplicate",
                        "users " + id(2) + ": migrated",
                        "users " + id(3) + ": migrated",
                        "users NULL: id_missing",
                        "users NULL: id_missing");
        assertThat(forum.equation()).containsEntry("users", "7|2|1|4|0");
    }

    @Test
    void referencesToNobodyAndToRejectedRecordsAreToldApart() {
        Forum forum = manyCauses();
        migrate(forum);

        assertThat(forum.outcomes())
                .containsExactly(
                        "feedback f-bad-thread: thread_rejected",
                        "feedback f-good: migrated",
                        "feedback f-no-thread: thread_not_found",
                        "feedback f-no-user: user_not_found",
                        "feedback f-of-rejected: thread_rejected",
                        "threads t-bad: too_long",
                        "threads t-good: migrated",
                        "threads t-no-user: user_not_found",
                        "threads t-of-rejected: user_rejected",
                        "users u-bad: required_missing",
                        "users u-good: migrated");
        assertThat(forum.ask("SELECT message FROM threads_migration.rejected_record WHERE legacy_id = 't-no-user'"))
                .singleElement()
                .asString()
                .endsWith(" is not in the target: it was never moved, or was deleted there since");
        assertThat(forum.equation())
                .containsEntry("users", "2|1|0|1|0")
                .containsEntry("threads", "4|1|0|3|0")
                .containsEntry("feedback", "5|1|0|4|0");
    }

    @Test
    void rangesSideBySideTellReferencesApartAsOneDoes() {
        Forum forum = forum();
        String[] users = {"u-good-1", "u-good-2", "u-bad", "u-gone", "u-good-3"};
        String[] outcomes = {"migrated", "migrated", "user_rejected", "user_not_found", "migrated"};
        for (String user : users) {
            if (!user.equals("u-gone")) {
                forum.user(user, user.equals("u-bad") ? null : "Ada");
            }
        }
        List<String> expected = new ArrayList<>();
        for (int number = 100; number < 160; number++) {
            forum.thread("t-" + number, "Hello", users[number % users.length]);
            expected.add("threads t-" + number + ": " + outcomes[number % users.length]);
        }
        migrate(forum, "--migration.chunk-size=2", "--migration.partitions=4");

        assertThat(forum.outcomes())
                .filteredOn(outcome -> outcome.startsWith("threads"))
                .containsExactlyElementsOf(expected);
    }

    private Forum manyCauses() {
        return forum().user("u-good", "Ada")
                .user("u-bad", null)
                .thread("t-good", "Fine", "u-good")
                .thread("t-bad", "x".repeat(256), "u-good")
                .thread("t-of-rejected", "Owner rejected", "u-bad")
                .thread("t-no-user", "Owner nowhere", "u-gone")
                .feedback("f-good", "t-good", "u-good")
                .feedback("f-bad-thread", "t-bad", "u-good")
                .feedback("f-of-rejected", "t-of-rejected", "u-bad")
                .feedback("f-no-thread", "t-gone", "u-good")
                .feedback("f-no-user", "t-good", "u-gone");
    }

    @Test
    void retryBringsMendedRecordsAndThoseThatReferToThemThroughTogether() {
        Forum forum = manyCauses();
        migrate(forum);
        forum.legacy(
                "UPDATE legacy_users SET full_name = 'Bob' WHERE id = 'u-bad'",
                "UPDATE legacy_threads SET subject = 'Short' WHERE id = 't-bad'",
                "DELETE FROM legacy_feedback WHERE id = 'f-no-thread'");
        CommandRun retry = forum.run(folder, "retry");

        assertThat(retry.exitCode()).as(retry.all()).isZero();
        assertThat(forum.outcomes())
                .containsExactly(
                        "feedback f-bad-thread: migrated",
                        "feedback f-good: migrated",
                        "feedback f-no-user: user_not_found",
                        "feedback f-of-rejected: migrated",
                        "threads t-bad: migrated",
                        "threads t-good: migrated",
                        "threads t-no-user: user_not_found",
                        "threads t-of-rejected: migrated",
                        "users u-bad: migrated",
                        "users u-good: migrated");
        assertThat(forum.equation())
                .containsEntry("users", "2|2|0|0|0")
                .containsEntry("threads", "4|3|0|1|0")
                .containsEntry("feedback", "4|3|0|1|0");
    }

    @Test
    void retryAlsoBringsThroughRowsWhoseKeyWasRepeatedOrMissing() {
        Forum forum = forum().user(id(1), "Ada").user(id(1), "Another").user(null, "Nobody");
        migrate(forum);
        forum.legacy(
                "UPDATE legacy_users SET id = '%s' WHERE full_name = 'Another'".formatted(id(2)),
                "UPDATE legacy_users SET id = '%s' WHERE full_name = 'Nobody'".formatted(id(3)));
        CommandRun retry = forum.run(folder, "retry");
        assertThat(retry.exitCode()).as(retry.all()).isZero();
        migrate(forum);

        assertThat(forum.ask("SELECT name FROM users ORDER BY 1")).containsExactly("Ada", "Another", "Nobody");
        assertThat(forum.equation()).containsEntry("users", "3|3|0|0|0");
    }

    @Test
    void theTargetsOwnRulesRefuseSingleRowsOfAChunkAndTheOthersAreWritten() {
        Forum forum = forum();
        forum.target(
                "ALTER TABLE users ADD CONSTRAINT no_robots CHECK (name <> 'Robot')",
                "ALTER TABLE users ADD CONSTRAINT one_name UNIQUE (name)");
        IntStream.range(0, 40).forEach(i -> forum.user(id(i), i == 7 || i == 31 ? "Robot" : "User " + i));
        forum.user(id(50), "User 12").thread(id(60), "Of a robot", id(7)).thread(id(61), "Fine", id(8));
        migrate(forum);

        assertThat(forum.equation()).containsEntry("users", "41|38|0|3|0").containsEntry("threads", "2|1|0|1|0");
        assertThat(forum.ask("SELECT code, count(*) FROM threads_migration.rejected_record GROUP BY code ORDER BY 1"))
                .containsExactly("target_refused|3", "user_rejected|1");
        assertThat(forum.rejection("users", id(7))).containsIgnoringCase("no_robots");
        assertThat(forum.rejection("users", id(31))).containsIgnoringCase("no_robots");
    }

    @Test
    void aSecondRunSaysThatAllIsDoneAndWritesNothing() {
        Forum forum = forum().user(id(1), "Ada").thread(id(2), "Hello", id(1));
        migrate(forum);
        List<String> before = forum.ask("SELECT * FROM threads_migration.migration_mapping ORDER BY entity");
        CommandRun again = migrate(forum);

        assertThat(again.out()).contains("is finished");
        assertThat(forum.ask("SELECT * FROM threads_migration.migration_mapping ORDER BY entity"))
                .isEqualTo(before);
    }

    @Test
    void idsMayBeTextInTheTarget() {
        Forum forum = databases().withLegacyTables();
        String json = forum.isPostgres() ? "jsonb" : "json";
        forum.target(textIds(Forum.USERS), textIds(Forum.THREADS.formatted(json)));
        forum.target(textIds(Forum.FEEDBACK.formatted(forum.isPostgres() ? "value" : "\"VALUE\"")));
        forum.user("u-1", "Ada").user(LETTERS.toUpperCase(), "Bob");
        forum.thread(id(2), "Hello", "u-1")
                .thread(id(3), "Taken", LETTERS)
                .feedback(id(4), id(2), LETTERS.toUpperCase());
        forum.target("INSERT INTO users VALUES ('someone', 'S', '2020-01-01 00:00:00', '2020-01-01 00:00:00')");
        forum.target("INSERT INTO threads (id, title, user_id, organization_id, created_at, updated_at) VALUES"
                + " ('%s', 'Theirs', 'someone', 'org_1', '2020-01-01 00:00:00', '2020-01-01 00:00:00')"
                        .formatted(id(3)));
        migrate(forum);

        assertThat(forum.outcomes())
                .contains(
                        "threads " + id(2) + ": migrated",
                        "threads " + id(3) + ": id_taken",
                        "feedback " + id(4) + ": migrated",
                        "users " + LETTERS.toUpperCase() + ": migrated");
        assertThat(forum.ask("SELECT user_id FROM feedback")).containsExactly(LETTERS);
    }

    private static String textIds(String table) {
        return table.replace(" uuid", " varchar(255)");
    }

    @Test
    void theLayoutMayBeCamelCaseWithInstants() {
        Forum forum = databases().withLegacyTables();
        String dates =
                "\"createdAt\" timestamp(3) with time zone NOT NULL, \"updatedAt\" timestamp(3) with time zone NOT NULL";
        forum.target(
                "CREATE TABLE \"user\" (\"id\" uuid PRIMARY KEY, \"name\" varchar(255) NOT NULL, " + dates + ")",
                """
                CREATE TABLE "thread" ("id" uuid PRIMARY KEY, "title" varchar(255), "userId" uuid NOT NULL,
                    "organizationId" uuid, "tenantId" varchar(255), "metadata" %s, %s)""".formatted(forum.isPostgres() ? "jsonb" : "json", dates),
                """
                CREATE TABLE "feedback" ("id" uuid PRIMARY KEY, "threadId" uuid NOT NULL, "userId" uuid NOT NULL,
                    "type" varchar(50) NOT NULL, "value" text, "comment" text, "messageId" varchar(255),
                    "helpful" boolean, "rating" integer, %s)""".formatted(dates));
        forum.user(id(1), "Ada").thread(id(2), "Hello", id(1)).feedback(id(3), id(2), id(1));
        migrate(forum, "--migration.target.layout=camel-case");

        assertThat(forum.equation()).containsEntry("threads", "1|1|0|0|0").containsEntry("feedback", "1|1|0|0|0");
        assertThat(forum.ask("SELECT \"userId\", CAST(extract(EPOCH FROM \"createdAt\") AS bigint) FROM \"thread\""))
                .containsExactly(id(1) + "|1577934245");
    }

    @Test
    void namesMayBeAnybodysOwn() {
        Forum forum = databases().withLegacyTables();
        forum.target(
                "CREATE SCHEMA app",
                "CREATE TABLE app.\"Some People\" (pk uuid PRIMARY KEY, \"full \"\"name\"\"\" varchar(255) NOT NULL,"
                        + " born timestamp NOT NULL, updated_at timestamp NOT NULL)");
        forum.user(id(1), "Ada");
        migrate(
                forum,
                "--migration.entities=users",
                "--migration.target.layout-names.users.table=app.Some People",
                "--migration.target.layout-names.users.columns.id=pk",
                "--migration.target.layout-names.users.columns.name=full \"name\"",
                "--migration.target.layout-names.users.columns.createdAt=born");

        assertThat(forum.ask("SELECT pk, born FROM app.\"Some People\""))
                .containsExactly(id(1) + "|2020-01-02 03:04:05");
    }

    @Test
    void aDryRunReportsTheSameAndLeavesNothing() {
        Forum forum = manyCauses();
        forum.target("ALTER TABLE threads ADD CONSTRAINT no_fine CHECK (title <> 'Fine')");
        CommandRun first = forum.run(folder, "migrate", "--dry-run");
        CommandRun second = forum.run(folder, "migrate", "--dry-run");
        assertThat(first.exitCode()).as(first.all()).isZero();
        assertThat(second.exitCode()).as(second.all()).isZero();
        assertThat(forum.hasLedger()).isFalse();
        assertThat(forum.ask("SELECT id FROM users")).isEmpty();

        CommandRun real = migrate(forum);
        assertThat(table(first)).isEqualTo(table(real)).isEqualTo(table(second));
        assertThat(forum.outcomes()).contains("threads t-good: target_refused", "feedback f-good: thread_rejected");
    }

    private static List<String> table(CommandRun run) {
        return run.out()
                .lines()
                .filter(line -> line.matches("\\s+(users|threads|feedback|\\d+) .*"))
                .toList();
    }

    static void owner(Forum forum, String id) {
        forum.target(
                "INSERT INTO users VALUES ('%s', 'Ada', '2020-01-02 03:04:05', '2020-01-02 03:04:05')".formatted(id));
    }

    static void existingThread(Forum forum, String id, String title, String owner, String metadata) {
        String json = metadata == null ? "NULL" : forum.isPostgres() ? "'" + metadata + "'" : "JSON '" + metadata + "'";
        forum.target("INSERT INTO threads (id, title, user_id, metadata, created_at, updated_at) VALUES"
                + " ('%s', '%s', '%s', %s, '2020-01-02 03:04:05', '2020-01-02 03:04:05')"
                        .formatted(id, title, owner, json));
    }
}
