package dev.threadsmigration.mapping;

import static dev.threadsmigration.model.Entity.FEEDBACK;
import static dev.threadsmigration.model.Entity.THREADS;
import static dev.threadsmigration.model.Entity.USERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What good values become: one row a rule. Ids and metadata have tables of their own. */
class TransformTests {

    static Stream<Arguments> goodValues() {
        return Stream.of(texts(), dates(), booleansAndNumbers()).flatMap(cases -> cases);
    }

    private static Stream<Arguments> texts() {
        String longest = "😀".repeat(255);
        return Stream.of(
                arguments(THREADS, "subject", "Grüße 🎉", Field.TITLE, "Grüße 🎉"),
                arguments(THREADS, "subject", " kept ", Field.TITLE, " kept "),
                arguments(THREADS, "subject", null, Field.TITLE, "Untitled"),
                arguments(THREADS, "subject", "", Field.TITLE, "Untitled"),
                arguments(THREADS, "subject", " \t\n ", Field.TITLE, "Untitled"),
                arguments(THREADS, "subject", longest, Field.TITLE, longest),
                arguments(THREADS, "subject", 12L, Field.TITLE, "12"),
                arguments(THREADS, "division_code", null, Field.TENANT_ID, null),
                arguments(THREADS, "division_code", "", Field.TENANT_ID, ""),
                arguments(THREADS, "division_code", "EMEA", Field.TENANT_ID, "EMEA"),
                arguments(THREADS, "company_id", null, Field.ORGANIZATION_ID, null),
                arguments(USERS, "full_name", "x".repeat(255), Field.NAME, "x".repeat(255)),
                arguments(FEEDBACK, "type", "t".repeat(50), Field.TYPE, "t".repeat(50)),
                arguments(FEEDBACK, "value", "v".repeat(100_000), Field.VALUE, "v".repeat(100_000)),
                arguments(FEEDBACK, "comment", "", Field.COMMENT, ""),
                arguments(FEEDBACK, "message_id", "m-1", Field.MESSAGE_ID, "m-1"));
    }

    private static Stream<Arguments> dates() {
        Instant created = Instant.parse("2020-02-03T04:05:06.123456Z");
        return Stream.of(
                arguments(USERS, "modified_date", null, Field.UPDATED_AT, created),
                arguments(THREADS, "modified_date", null, Field.UPDATED_AT, created),
                arguments(FEEDBACK, "modified_date", null, Field.UPDATED_AT, created),
                date(OffsetDateTime.parse("2024-06-01T12:00:00.000001+05:30"), "2024-06-01T06:30:00.000001Z"),
                date(LocalDateTime.parse("2024-06-01T12:00:00.999999999"), "2024-06-01T12:00:00.999999Z"),
                date(LocalDate.parse("2024-06-01"), "2024-06-01T00:00:00Z"),
                date("2024-06-01", "2024-06-01T00:00:00Z"),
                date(" 2024-06-01 12:34:56 ", "2024-06-01T12:34:56Z"),
                date("2024-06-01T12:34:56.5+02:00", "2024-06-01T10:34:56.500Z"),
                date("2024-06-01 12:34:56.123456-0330", "2024-06-01T16:04:56.123456Z"),
                date("2024-06-01 12:34:56+02", "2024-06-01T10:34:56Z"),
                date("2024-02-29T23:59:59Z", "2024-02-29T23:59:59Z"),
                date(LocalDateTime.parse("1582-10-10T00:00:00"), "1582-10-10T00:00:00Z"),
                date(OffsetDateTime.parse("-4713-11-24T00:00:00Z"), "-4713-11-24T00:00:00Z"),
                date(OffsetDateTime.parse("+294276-12-31T23:59:59.999999Z"), "+294276-12-31T23:59:59.999999Z"));
    }

    private static Arguments date(Object legacy, String expected) {
        return arguments(THREADS, "created_date", legacy, Field.CREATED_AT, Instant.parse(expected));
    }

    private static Stream<Arguments> booleansAndNumbers() {
        return Stream.of(
                arguments(FEEDBACK, "helpful", null, Field.HELPFUL, null),
                arguments(FEEDBACK, "helpful", true, Field.HELPFUL, true),
                arguments(FEEDBACK, "helpful", 1L, Field.HELPFUL, true),
                arguments(FEEDBACK, "helpful", 0L, Field.HELPFUL, false),
                arguments(FEEDBACK, "helpful", new BigDecimal("1"), Field.HELPFUL, true),
                arguments(FEEDBACK, "helpful", " TRUE ", Field.HELPFUL, true),
                arguments(FEEDBACK, "helpful", "f", Field.HELPFUL, false),
                arguments(FEEDBACK, "rating", null, Field.RATING, null),
                arguments(FEEDBACK, "rating", 1L, Field.RATING, 1),
                arguments(FEEDBACK, "rating", 5L, Field.RATING, 5),
                arguments(FEEDBACK, "rating", "4", Field.RATING, 4),
                arguments(FEEDBACK, "rating", new BigDecimal("3.00"), Field.RATING, 3),
                arguments(FEEDBACK, "rating", 2.0, Field.RATING, 2));
    }

    @ParameterizedTest(name = "{0}.{1} = {2} becomes {3}")
    @MethodSource("goodValues")
    void aGoodValueBecomesItsField(Entity entity, String column, Object value, Field field, Object expected) {
        assertThat(LegacyRecord.of(entity).with(column, value).mapped(field)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "America/New_York, 2024-07-01T12:00:00, 2024-07-01T16:00:00Z",
        "America/New_York, 2024-11-03T01:30:00, 2024-11-03T05:30:00Z", // twice that night: the first
        "Europe/Berlin, 2024-10-27T02:30:00, 2024-10-27T00:30:00Z", // twice that night: the first
        "Asia/Kolkata, 2024-01-01T00:00:00, 2023-12-31T18:30:00Z"
    })
    void aDateWithoutAZoneIsOfTheSourcesZone(String zone, String legacy, Instant expected) {
        assertThat(LegacyRecord.aThread()
                        .in(zone)
                        .with("created_date", LocalDateTime.parse(legacy))
                        .mapped(Field.CREATED_AT))
                .isEqualTo(expected);
        assertThat(LegacyRecord.aThread().in(zone).with("created_date", legacy).mapped(Field.CREATED_AT))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"America/New_York, 2024-03-10T02:30:00", "Europe/Berlin, 2024-03-31T02:00:00"})
    void aLocalTimeThatAClockChangeSkippedIsRejected(String zone, String legacy) {
        var rejection = LegacyRecord.aThread()
                .in(zone)
                .with("created_date", LocalDateTime.parse(legacy))
                .rejection();
        assertThat(rejection.code().code()).isEqualTo("date_nonexistent");
        assertThat(rejection.message()).contains("createdAt", "never was in " + zone);
    }

    @Test
    void aTitleThatIsCutKeepsWholeCharactersAndTheWholeInTheMetadata() {
        String title = "😀".repeat(300);
        LegacyRecord thread = LegacyRecord.aThread().truncating(Field.TITLE).with("subject", title);
        assertThat(thread.mapped(Field.TITLE)).isEqualTo("😀".repeat(255));
        assertThat(thread.metadata().get("originalTitle").stringValue()).isEqualTo(title);
    }

    @Test
    void aTitleThatFitsLeavesNoTraceInTheMetadata() {
        LegacyRecord thread = LegacyRecord.aThread().truncating(Field.TITLE).with("subject", "😀".repeat(255));
        assertThat(thread.mapped(Field.TITLE)).isEqualTo("😀".repeat(255));
        assertThat(thread.metadata().has("originalTitle")).isFalse();
    }
}
