package dev.threadsmigration.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.TooLong;
import dev.threadsmigration.model.Field;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The metadata of a migrated thread. */
class MetadataTransformTests {

    private static final String MARKERS = """
            {"migrated":true,"migratedAt":"2026-03-01T10:15:30.123Z","oldSystem":"legacy-v1",\
            "oldId":"0b8f1c1e-4a54-4d0e-9b59-5a3a51e6a002"%s}""";

    private static JsonNode merged(String customFields) {
        return LegacyRecord.aThread().with("custom_fields", customFields).metadata();
    }

    private static JsonNode markersAnd(String rest) {
        return ExactJson.read(MARKERS.formatted(rest));
    }

    @Test
    void aThreadWithoutCustomFieldsHasTheMarkersOnly() {
        assertThat(merged(null)).isEqualTo(markersAnd(""));
        assertThat(merged("{}")).isEqualTo(markersAnd(""));
        assertThat(merged(" { } ")).isEqualTo(markersAnd(""));
    }

    @Test
    void customFieldsFollowTheMarkers() {
        assertThat(merged(" {\"a\" : [1, {\"b\": null}], \"\": \"\", \"ü\": \"🎉\"}"))
                .isEqualTo(markersAnd(",\"a\":[1,{\"b\":null}],\"\":\"\",\"ü\":\"🎉\""));
    }

    @Test
    void theLegacyIdColumnIsTheMarkerWhereItIsFilled() {
        assertThat(LegacyRecord.aThread().with("legacy_id", 4711L).metadata().get("oldId"))
                .isEqualTo(ExactJson.read("4711"));
        assertThat(LegacyRecord.aThread().with("legacy_id", "A\"7").metadata().get("oldId"))
                .isEqualTo(ExactJson.read("\"A\\\"7\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrated", "migratedAt", "oldSystem", "oldId", "customFields", "originalTitle"})
    void aCustomFieldOfAReservedNameIsKeptApart(String name) {
        for (String value : List.of("false", "null", "\"x\"", "{\"migrated\":false}", "[1]", "0.10")) {
            assertThat(merged("{\"" + name + "\":" + value + ",\"kept\":1.50}"))
                    .isEqualTo(markersAnd(",\"kept\":1.50,\"customFields\":{\"" + name + "\":" + value + "}"));
        }
    }

    @Test
    void aReservedNameInEscapesIsKnownAsOne() {
        assertThat(merged("{\"old\\u0049d\":5}")).isEqualTo(markersAnd(",\"customFields\":{\"oldId\":5}"));
    }

    @Test
    void allReservedNamesAtOnceAreKeptApart() {
        String all =
                "\"migrated\":1,\"migratedAt\":2,\"oldSystem\":3,\"oldId\":4,\"customFields\":5,\"originalTitle\":6";
        assertThat(merged("{" + all + "}")).isEqualTo(markersAnd(",\"customFields\":{" + all + "}"));
    }

    @Test
    void aReservedNameFurtherDownIsJustAName() {
        assertThat(merged("{\"a\":{\"oldId\":1}}")).isEqualTo(markersAnd(",\"a\":{\"oldId\":1}"));
    }

    @Test
    void theWholeOfACutTitleStandsBesideACustomFieldOfThatName() {
        JsonNode metadata = LegacyRecord.aThread()
                .truncating(Field.TITLE)
                .with("subject", "x".repeat(300))
                .with("custom_fields", "{\"originalTitle\":\"mine\"}")
                .metadata();
        assertThat(metadata)
                .isEqualTo(markersAnd(",\"originalTitle\":\"" + "x".repeat(300)
                        + "\",\"customFields\":{\"originalTitle\":\"mine\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "123456789012345678901234567890",
                "0.10",
                "1e999",
                "-1.000000000000000000000000000001E-300",
                "9223372036854775808",
                "-0.0",
                "100"
            })
    void aNumberKeepsEveryDigitAndItsSpelling(String number) {
        String plain = LegacyRecord.aThread()
                .with("custom_fields", "{\"n\":" + number + "}")
                .mapped(Field.METADATA)
                .toString();
        assertThat(plain).contains("\"n\":" + number + "}");

        assertThat(merged("{\"n\":" + number + ",\"oldId\":[" + number + "]}"))
                .isEqualTo(markersAnd(",\"n\":" + number + ",\"customFields\":{\"oldId\":[" + number + "]}"));
    }

    @ParameterizedTest
    @CsvSource({"100", "1000"})
    void asManyLevelsAsTheTargetTakesAreFine(int levels) {
        String deep = RejectionCatalogueTests.nested(levels);
        assertThat(merged(deep).get("in")).isEqualTo(ExactJson.read(deep).get("in"));
    }

    @Test
    void oneLevelMoreIsTooDeep() {
        assertThat(LegacyRecord.aThread()
                        .with("custom_fields", RejectionCatalogueTests.nested(1_001))
                        .rejection()
                        .code()
                        .code())
                .isEqualTo("metadata_too_deep");
    }

    @Test
    void anEscapedBackslashBeforeADigitIsNoEscape() {
        assertThat(merged("{\"path\":\"C:\\\\u0000\"}").get("path").stringValue())
                .isEqualTo("C:\\u0000");
    }

    @Test
    void aPairOfEscapedSurrogatesIsACharacter() {
        assertThat(merged("{\"a\":\"\\ud83d\\ude00\"}").get("a").stringValue()).isEqualTo("😀");
    }

    @Test
    void aColumnOfTypeJsonbIsTrustedAboutItsKeysOnly() {
        var rejection = LegacyRecord.aThread()
                .withMetadataColumnOfType("jsonb")
                .with("custom_fields", "[1]")
                .rejection();
        assertThat(rejection.code().code()).isEqualTo("metadata_not_object");
    }

    @Test
    void furtherColumnsAreKeptUnderTheirNames() {
        FieldRule rule = new FieldRule(
                null, "custom_fields", List.of("division_code", "company_id"), null, null, TooLong.REJECT);
        LegacyRecord thread = LegacyRecord.aThread()
                .withRule(Field.METADATA, rule)
                .with("custom_fields", "{\"a\":0.10}")
                .with("division_code", "EMEA");
        assertThat(thread.metadata()).isEqualTo(markersAnd(",\"a\":0.10,\"division_code\":\"EMEA\""));

        thread.with("custom_fields", "{\"division_code\":1}");
        assertThat(thread.rejection().code().code()).isEqualTo("metadata_repeated_key");
    }
}
