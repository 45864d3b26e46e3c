package dev.threadsmigration.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Forum;
import dev.threadsmigration.support.ReportedRun;
import dev.threadsmigration.support.SampleForum;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * All rows are made what a broken writer would have written, and validation must name each field that it broke and no
 * other.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WrongWriterContract {

    private Path folder;

    private Forum forum;

    abstract Forum databases();

    /**
     * A broken writer.
     *
     * @param sql what it would have written; null: metadata, by a pattern and its replacement
     */
    record Writer(String what, String sql, String pattern, String replacement, Set<String> broken) {

        static Writer sql(String what, String sql, String... broken) {
            return new Writer(what, sql, null, null, Set.of(broken));
        }

        static Writer metadata(String what, String pattern, String replacement, String broken) {
            return new Writer(what, null, pattern, replacement, Set.of(broken));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Writer> writers() {
        return Stream.of(
                Writer.sql(
                        "swaps two columns",
                        "UPDATE threads SET title = tenant_id, tenant_id = title",
                        "title",
                        "tenantId"),
                Writer.sql(
                        "takes UTC for India's time",
                        "UPDATE threads SET created_at = created_at + INTERVAL '5:30' HOUR TO MINUTE,"
                                + " updated_at = updated_at + INTERVAL '5:30' HOUR TO MINUTE",
                        "createdAt",
                        "updatedAt"),
                Writer.sql("forgets the organisation", "UPDATE threads SET organization_id = NULL", "organizationId"),
                Writer.sql("cuts titles", "UPDATE threads SET title = SUBSTRING(title, 1, 9)", "title"),
                Writer.sql("shouts", "UPDATE threads SET title = UPPER(title)", "title"),
                Writer.sql(
                        "makes ids of organisations by another rule",
                        "UPDATE threads SET organization_id = '6fa459ea-ee8a-3ca4-894e-db77e160355e'",
                        "organizationId"),
                Writer.sql(
                        "gives all feedback to one user",
                        "UPDATE feedback SET user_id = (SELECT id FROM users WHERE name = 'Name 6')"
                                + " WHERE user_id <> (SELECT id FROM users WHERE name = 'Name 6')",
                        "userId"),
                Writer.sql("copies creation into update", "UPDATE threads SET updated_at = created_at", "updatedAt"),
                Writer.sql("loses the tenant", "UPDATE threads SET tenant_id = NULL", "tenantId"),
                Writer.sql(
                        "keeps milliseconds",
                        "UPDATE threads SET created_at = created_at - INTERVAL '0.000456' SECOND",
                        "createdAt"),
                Writer.sql("turns booleans around", "UPDATE feedback SET helpful = NOT helpful", "helpful"),
                Writer.sql("counts from nought", "UPDATE feedback SET rating = rating - 1", "rating"),
                Writer.sql(
                        "swaps texts",
                        "UPDATE feedback SET comment = message_id, message_id = comment",
                        "comment",
                        "messageId"),
                Writer.metadata(
                        "loses a custom field", ", ?\"plan\": ?\"gold\"|\"plan\": ?\"gold\", ?", "", "metadata.plan"),
                Writer.metadata(
                        "rounds numbers to a double", "12345678901234567890", "12345678901234567000", "metadata.exact"),
                Writer.metadata(
                        "lets a marker overwrite a custom field",
                        ", ?\"customFields\": ?\\{[^}]*}|\"customFields\": ?\\{[^}]*}, ?",
                        "",
                        "metadata.customFields"),
                Writer.metadata("forgets where it came from", "legacy-v1", "legacy", "metadata.oldSystem"),
                Writer.metadata("reorders lists", "\\[1, ?(\\{\"x\": ?1.50?})]", "[$1,1]", "metadata.deep.list"));
    }

    @BeforeAll
    void migrate(@TempDir Path shared) {
        folder = shared;
        forum = SampleForum.in(databases());
        ReportedRun.of(forum, folder, "migrate").endsWith(0);
        for (String table : List.of("threads", "feedback")) {
            forum.target("CREATE TABLE right_" + table + " AS SELECT * FROM " + table);
        }
    }

    @ParameterizedTest
    @MethodSource("writers")
    void validationNamesTheFieldsOfAWriterThat(Writer writer) {
        if (writer.sql() != null) {
            forum.target(writer.sql());
        } else {
            for (int n = 1; n <= SampleForum.THREADS; n++) {
                SampleForum.changeMetadata(forum, SampleForum.thread(n), writer.pattern(), writer.replacement());
            }
        }
        try {
            ReportedRun validated = ReportedRun.of(forum, folder, "validate").endsWith(3);
            String table = validated.issues("entity").get(0);
            assertThat(validated.number("/validation/different"))
                    .isGreaterThanOrEqualTo(table.equals("threads") ? 24 : 5);
            assertThat(fields(validated)).isEqualTo(writer.broken());
        } finally {
            mend();
        }
    }

    private static Set<String> fields(ReportedRun validated) {
        Set<String> fields = new TreeSet<>();
        validated.issues("field").forEach(field -> fields.add(field.replaceFirst("\\[.*", "")));
        return fields;
    }

    private void mend() {
        forum.target(
                restore(
                        "threads",
                        "title",
                        "user_id",
                        "organization_id",
                        "tenant_id",
                        "metadata",
                        "created_at",
                        "updated_at"),
                restore("feedback", "user_id", "comment", "message_id", "helpful", "rating"));
    }

    private static String restore(String table, String... columns) {
        List<String> assignments = Stream.of(columns)
                .map(column -> "%1$s = (SELECT r.%1$s FROM right_%2$s r WHERE r.id = %2$s.id)".formatted(column, table))
                .toList();
        return "UPDATE " + table + " SET " + String.join(", ", assignments);
    }
}
