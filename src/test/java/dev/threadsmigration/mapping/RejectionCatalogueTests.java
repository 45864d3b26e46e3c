package dev.threadsmigration.mapping;

import static dev.threadsmigration.model.Entity.FEEDBACK;
import static dev.threadsmigration.model.Entity.THREADS;
import static dev.threadsmigration.model.Entity.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Rejected;
import dev.threadsmigration.model.Rejection;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One good record a case, with one bad value: the code, the field and the words that say what is wrong. */
class RejectionCatalogueTests {

    private static final String LONG = "x".repeat(256);

    static Stream<Arguments> badValues() {
        return Stream.of(
                        ids(),
                        requiredValues(),
                        texts(),
                        dates(),
                        booleansAndNumbers(),
                        unreadableMetadata(),
                        metadata())
                .flatMap(cases -> cases);
    }

    private static Stream<Arguments> ids() {
        return Stream.of(
                arguments(USERS, "id", null, "id_missing", "id", "NULL"),
                arguments(THREADS, "id", null, "id_missing", "id", "NULL"),
                arguments(FEEDBACK, "id", null, "id_missing", "id", "NULL"),
                arguments(THREADS, "id", "  ", "required_missing", "id", "required"),
                arguments(THREADS, "id", "t-\0", "nul_character", "id", "NUL character at position 3"),
                arguments(THREADS, "id", "\ud83d", "lone_surrogate", "id", "U+D83D"),
                arguments(THREADS, "owner_id", "", "required_missing", "userId", "required"),
                arguments(THREADS, "company_id", "", "wrong_type", "organizationId", "must be an id, but is ''"),
                arguments(THREADS, "owner_id", "\0", "nul_character", "userId", "NUL"),
                arguments(THREADS, "company_id", "a\udc00b", "lone_surrogate", "organizationId", "U+DC00"),
                arguments(THREADS, "legacy_id", "9\0", "nul_character", "oldId", "NUL"));
    }

    private static Stream<Arguments> requiredValues() {
        return Stream.of(
                arguments(USERS, "full_name", null, "required_missing", "name", "required"),
                arguments(USERS, "created_date", null, "required_missing", "createdAt", "required"),
                arguments(THREADS, "owner_id", null, "required_missing", "userId", "required"),
                arguments(THREADS, "created_date", null, "required_missing", "createdAt", "required"),
                arguments(FEEDBACK, "thread_id", null, "required_missing", "threadId", "required"),
                arguments(FEEDBACK, "user_id", null, "required_missing", "userId", "required"),
                arguments(FEEDBACK, "type", null, "required_missing", "type", "required"),
                arguments(FEEDBACK, "created_date", null, "required_missing", "createdAt", "required"));
    }

    private static Stream<Arguments> texts() {
        return Stream.of(
                arguments(THREADS, "subject", LONG, "too_long", "title", "256 characters, 255 are allowed"),
                arguments(THREADS, "subject", "😀".repeat(256), "too_long", "title", "256 characters, 255"),
                arguments(THREADS, "division_code", LONG, "too_long", "tenantId", "256 characters, 255"),
                arguments(USERS, "full_name", LONG, "too_long", "name", "256 characters, 255"),
                arguments(FEEDBACK, "type", "t".repeat(51), "too_long", "type", "51 characters, 50"),
                arguments(FEEDBACK, "message_id", LONG, "too_long", "messageId", "256 characters, 255"),
                arguments(THREADS, "subject", "a\0b", "nul_character", "title", "position 2"),
                arguments(THREADS, "subject", "half \ud83d", "lone_surrogate", "title", "U+D83D"),
                arguments(THREADS, "subject", "\ude00 half", "lone_surrogate", "title", "U+DE00"),
                arguments(FEEDBACK, "value", "\0", "nul_character", "value", "NUL"),
                arguments(FEEDBACK, "comment", "\ud83dx", "lone_surrogate", "comment", "U+D83D"),
                arguments(THREADS, "subject", new byte[] {1}, "wrong_type", "title", "binary"));
    }

    private static Stream<Arguments> dates() {
        return Stream.of(
                arguments(USERS, "created_date", "yesterday", "wrong_type", "createdAt", "'yesterday'"),
                arguments(THREADS, "created_date", true, "wrong_type", "createdAt", "must be a date"),
                arguments(THREADS, "created_date", 1_700_000_000L, "wrong_type", "createdAt", "1700000000"),
                arguments(THREADS, "modified_date", "2024-02-30", "wrong_type", "updatedAt", "2024-02-30"),
                arguments(THREADS, "modified_date", "2023-02-29 10:00:00", "wrong_type", "updatedAt", "2023-02-29"),
                arguments(THREADS, "modified_date", "2024-13-01", "wrong_type", "updatedAt", "2024-13-01"),
                arguments(THREADS, "modified_date", "2024-01-01 24:00:00", "wrong_type", "updatedAt", "24:00"),
                arguments(THREADS, "created_date", "infinity", "date_infinite", "createdAt", "infinite"),
                arguments(THREADS, "created_date", "-Infinity", "date_infinite", "createdAt", "infinite"),
                arguments(THREADS, "created_date", OffsetDateTime.MAX, "date_infinite", "createdAt", "infinite"),
                arguments(THREADS, "created_date", OffsetDateTime.MIN, "date_infinite", "createdAt", "infinite"),
                arguments(FEEDBACK, "modified_date", LocalDateTime.MAX, "date_infinite", "updatedAt", "infinite"),
                arguments(FEEDBACK, "modified_date", LocalDate.MIN, "date_infinite", "updatedAt", "infinite"),
                arguments(THREADS, "created_date", "0000-00-00 00:00:00", "date_zero", "createdAt", "zero date"),
                arguments(THREADS, "created_date", "0000-00-00", "date_zero", "createdAt", "zero date"),
                arguments(THREADS, "created_date", "+294277-01-01", "date_out_of_range", "createdAt", "outside"),
                arguments(
                        THREADS,
                        "created_date",
                        OffsetDateTime.parse("-4713-11-23T23:59:59.999999Z"),
                        "date_out_of_range",
                        "createdAt",
                        "outside"));
    }

    private static Stream<Arguments> booleansAndNumbers() {
        return Stream.of(
                arguments(FEEDBACK, "helpful", "maybe", "wrong_type", "helpful", "true or false, but is 'maybe'"),
                arguments(FEEDBACK, "helpful", 2L, "wrong_type", "helpful", "'2'"),
                arguments(FEEDBACK, "helpful", "", "wrong_type", "helpful", "true or false"),
                arguments(FEEDBACK, "rating", 0L, "value_not_allowed", "rating", "from 1 to 5, but is 0"),
                arguments(FEEDBACK, "rating", 6L, "value_not_allowed", "rating", "from 1 to 5, but is 6"),
                arguments(FEEDBACK, "rating", "-1", "value_not_allowed", "rating", "-1"),
                arguments(FEEDBACK, "rating", "five", "wrong_type", "rating", "whole number, but is 'five'"),
                arguments(FEEDBACK, "rating", "4.5", "wrong_type", "rating", "'4.5'"),
                arguments(FEEDBACK, "rating", Double.NaN, "wrong_type", "rating", "NaN"),
                arguments(FEEDBACK, "rating", new BigDecimal("1e30"), "wrong_type", "rating", "whole number"),
                arguments(FEEDBACK, "rating", "1e999999999", "wrong_type", "rating", "whole number"));
    }

    private static Stream<Arguments> unreadableMetadata() {
        return Stream.of("", "   ", "priority=high", "{\"a\":1", "{\"a\":1}}", "{} {}", "{} x", "{'a':1}", "{\"a\":01}")
                .flatMap(json -> Stream.of(json))
                .map(json -> arguments(THREADS, "custom_fields", json, "metadata_invalid", "metadata", "metadata"))
                .map(Arguments.class::cast);
    }

    private static Stream<Arguments> metadata() {
        return Stream.concat(
                Stream.of(
                                new String[] {"{\"a\":duplicate}", "metadata_invalid", "not valid JSON"},
                                new String[] {"{\"a\":NaN}", "metadata_invalid", "not valid JSON"},
                                new String[] {"{\"a\":\"tab\tinside\"}", "metadata_invalid", "not valid JSON"},
                                new String[] {"[{\"a\":1}]", "metadata_not_object", "an array"},
                                new String[] {"\"text\"", "metadata_not_object", "a text"},
                                new String[] {"12.5", "metadata_not_object", "a number"},
                                new String[] {"true", "metadata_not_object", "true or false"},
                                new String[] {"null", "metadata_not_object", "null"},
                                new String[] {"{\"a\":1,\"a\":2}", "metadata_repeated_key", "'a'|\"a\""},
                                new String[] {"{\"a\":{\"b\":1,\"\\u0062\":1}}", "metadata_repeated_key", "b"},
                                new String[] {nested(1_500), "metadata_too_deep", "1000 levels"},
                                new String[] {"{\"a\":1e200000}", "number_out_of_range", "1e200000"},
                                new String[] {"{\"a\":[1e-20000]}", "number_out_of_range", "1e-20000"},
                                new String[] {"{\"a\":1e99999999999}", "number_out_of_range", "1e99999999999"},
                                new String[] {"{\"a\":\"\\u0000\"}", "nul_character", "position 1"},
                                new String[] {"{\"\\u0000\":1}", "nul_character", "position 1"},
                                new String[] {"{\"a\":\"\0\"}", "nul_character", "NUL"},
                                new String[] {"{\"a\":\"\\ud83d\"}", "lone_surrogate", "U+D83D"},
                                new String[] {"{\"a\":[{\"b\\udc00\":1}]}", "lone_surrogate", "U+DC00"},
                                new String[] {"{\"a\":\"\ud83d\"}", "lone_surrogate", "U+D83D"})
                        .map(c -> arguments(THREADS, "custom_fields", c[0], c[1], "metadata", c[2])),
                Stream.of(arguments(
                        THREADS, "custom_fields", new byte[] {123, 125}, "wrong_type", "metadata", "binary")));
    }

    static String nested(int levels) {
        return "{\"in\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    @ParameterizedTest(name = "{0}.{1} = {2} is {3}")
    @MethodSource("badValues")
    void aBadValueIsRejectedWithItsCodeFieldAndReason(
            Entity entity, String column, Object value, String code, String field, String words) {
        Rejection rejection = LegacyRecord.of(entity).with(column, value).rejection();

        assertThat(rejection.code().code()).isEqualTo(code);
        assertThat(rejection.field()).hasToString(field);
        assertThat(rejection.message())
                .containsPattern(java.util.Arrays.stream(words.split("\\|"))
                        .map(java.util.regex.Pattern::quote)
                        .collect(java.util.stream.Collectors.joining("|")));
        assertThat(rejection.message().length()).as("short enough to read").isLessThan(400);
        assertThat(rejection.code().remedy()).isNotBlank();
    }

    @Test
    void aRejectKnowsTheIdThatTheRecordWouldHaveGotUnlessTheIdItselfIsBad() {
        assertThat(((Rejected) LegacyRecord.aThread().with("owner_id", null).outcome()).newId())
                .isEqualTo(UUID.fromString(LegacyRecord.THREAD_ID));
        assertThat(((Rejected) LegacyRecord.aThread().with("id", "\0").outcome()).newId())
                .isNull();
    }
}
