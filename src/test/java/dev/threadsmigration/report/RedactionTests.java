package dev.threadsmigration.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.ledger.QueryTiming;
import dev.threadsmigration.ledger.RejectedRecord;
import dev.threadsmigration.ledger.ValidationIssue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionTests {

    private final Redaction redaction = new Redaction(true, List.of());

    @ParameterizedTest
    @CsvSource({
        "title, true",
        "metadata.sla.hours, true",
        "metadata, true",
        "comment, true",
        "email, true",
        "metadata.oldId, false",
        "userId, false",
        "createdAt, false"
    })
    void differencesOfWhatPeopleWroteAreHidden(String field, boolean hidden) {
        ValidationIssue issue =
                redaction.of(new ValidationIssue("threads", "t-1", "different", field, "Hello", "Hello", "Bye"));

        assertThat(issue.found()).isEqualTo(hidden ? "[3 characters, sha256 " + TextHash.of("Bye") + "]" : "Bye");
        assertThat(issue.legacyId()).isEqualTo("t-1");
    }

    @Test
    void aPlanDoesNotSayWhatWasSearchedFor() {
        QueryTiming timing = new QueryTiming(
                "search", 1, 2, 3, "Filter: ((title)::text ~~* '%it''s private%'::text) on idx", "CREATE INDEX x");

        assertThat(redaction.of(timing).plan()).isEqualTo("Filter: ((title)::text ~~* '…'::text) on idx");
        assertThat(new Redaction(false, List.of()).of(timing)).isEqualTo(timing);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "ERROR: invalid input syntax for type integer: \"my \"Diary\" (2)\" | ERROR: invalid input syntax for type integer: …",
                "ERROR: no; Detail: Key (title)=(Diary) already exists. | ERROR: no; Detail: Key … already exists.",
                "Incorrect integer value: 'It's my Diary' for column | Incorrect integer value: … for column",
                "The server stayed away longer than migration.retry-for (120 s): refused | The server stayed away longer than migration.retry-for (120 s): refused"
            })
    void aProblemDoesNotSayWhichValueTheServerRefused(String problem, String told) {
        assertThat(redaction.ofProblem(problem)).isEqualTo(told);
        assertThat(new Redaction(false, List.of()).ofProblem(problem)).isEqualTo(problem);
    }

    @Test
    void equalTextsStayEqualAndDifferentOnesDifferent() {
        assertThat(Redaction.redacted("Hello")).isEqualTo(Redaction.redacted("Hello"));
        assertThat(Redaction.redacted("Hello")).isNotEqualTo(Redaction.redacted("Hallo"));
        assertThat(Redaction.redacted(null)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unreadable | | title cannot be read: ERROR: invalid input 'Diary' | title cannot be read",
                "wrong_type | helpful | helpful must be true or false, but is 'perhaps' | perhaps",
                "id_taken | id | the target holds another thread under the id 1: its title is 'Diary' | holds another thread"
            })
    void messagesKeepWhatFindsARecord(String code, String field, String message, String kept) {
        assertThat(reject(code, field, message).message()).contains(kept).doesNotContain("Diary");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "metadata_invalid | metadata | metadata is not valid JSON: Unrecognized token 'Diary'",
                "number_out_of_range | metadata | metadata holds the number Diary",
                "target_refused | | the target refused it: Failing row contains (Diary)",
                "value_not_allowed | comment | comment must not be 'Diary'"
            })
    void messagesThatQuoteWhatPeopleWroteAreHidden(String code, String field, String message) {
        assertThat(reject(code, field, message).message())
                .doesNotContain("Diary")
                .startsWith(code.replace('_', ' '))
                .contains("sha256");
    }

    @Test
    void theRecordShowsOnlyWhatTheMappingKnowsToBeHarmless() {
        assertThat(reject("too_long", "title", "title has 300 characters, 255 are allowed")
                        .record())
                .isEqualTo(
                        "{\"subject\":\"[5 characters, sha256 %s]\",\"owner\":null}".formatted(TextHash.of("Diary")));
    }

    @Test
    void nothingChangesUnlessItIsAskedFor() {
        RejectedRecord reject = new RejectedRecord(1, "threads", "t-1", 0, "x", "title", "'Diary'", "{}");

        assertThat(new Redaction(false, List.of()).of(reject)).isSameAs(reject);
    }

    private RejectedRecord reject(String code, String field, String message) {
        return redaction.of(new RejectedRecord(
                1, "threads", "t-1", 0, code, field, message, "{\"subject\":\"Diary\",\"owner\":null}"));
    }
}
