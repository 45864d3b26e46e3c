package dev.threadsmigration.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the plain look at a jsonb column's text finds is what a parser finds, or else it does not say. */
class PlainJsonTests {

    private final RandomJson random = new RandomJson(20261126);

    @Test
    void findsInAnyObjectWhatAParserFinds() {
        int looked = 0;
        for (int i = 0; i < 20_000; i++) {
            JsonNode custom = random.object(i % 12);
            String json = i % 2 == 0
                    ? ExactJson.write(custom)
                    : custom.toPrettyString().replace("\n", " ");
            CustomFields plain = PlainJson.scan(json);
            if (plain != null) {
                looked++;
                assertThat(plain).as(json).isEqualTo(CustomFields.scan(json, false));
            }
        }
        assertThat(looked).isGreaterThan(5_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{ }",
                "{\"a\": 1}",
                "{\"a\": -0, \"b\": 0.10, \"c\": 9223372036854775807, \"d\": -12345678901234567890.5}",
                "{\"oldId\": 1, \"kept\": {\"oldId\": 2}}",
                "{\"oldIds\": 1}",
                "{\"a\": \"\\\" \\\\ \\/ \\b \\f \\n \\r \\t\", \"ü€\": [true, false, null, [], {}, [1, 2]]}",
            })
    void knowsWhatPostgreSqlWrites(String json) {
        assertThat(PlainJson.scan(json)).isEqualTo(CustomFields.scan(json, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "{",
                "{}}",
                "{} {}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,\"a\":1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":[1,]}",
                "{\"a\":[1 2]}",
                "{\"a\":[1}",
                "{\"a\":01}",
                "{\"a\":-}",
                "{\"a\":.5}",
                "{\"a\":5.}",
                "{\"a\":+5}",
                "{\"a\":1e5}",
                "{\"a\":tru}",
                "{\"a\":truest}",
                "{\"a\":nul",
                "{a:1}",
                "{\"a\":\"b}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u0041\"}",
                "{\"a\":\"\\\"}",
                "{\"a\":'b'}",
                "{\"a\":\t1}"
            })
    void leavesEverythingElseToAParser(String json) {
        assertThat(PlainJson.scan(json)).isNull();
    }

    @Test
    void leavesDeepNestingAndLongNumbersToAParser() {
        assertThat(PlainJson.scan(RejectionCatalogueTests.nested(100))).isNotNull();
        assertThat(PlainJson.scan(RejectionCatalogueTests.nested(101))).isNull();
        assertThat(PlainJson.scan("{\"a\":" + "1".repeat(100) + "}")).isNotNull();
        assertThat(PlainJson.scan("{\"a\":" + "1".repeat(101) + "}")).isNull();
    }
}
