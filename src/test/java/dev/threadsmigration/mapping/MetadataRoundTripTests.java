package dev.threadsmigration.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whatever the custom fields say can be read back out of the metadata, to the last digit: 10,000 random objects. */
class MetadataRoundTripTests {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> MARKERS = Set.of("migrated", "migratedAt", "oldSystem", "oldId");

    private final RandomJson random = new RandomJson(20260301);

    @Test
    void whatWentInCanBeReadBack() {
        for (int i = 0; i < 10_000; i++) {
            ObjectNode custom = random.object(i % 12);
            String json = ExactJson.write(custom);

            JsonNode merged = LegacyRecord.aThread().with("custom_fields", json).metadata();

            assertThat(undone(merged)).as(json).isEqualTo(ExactJson.read(json));
            assertThat(merged.get("migrated").booleanValue()).isTrue();
            assertThat(merged.get("oldId").stringValue()).isEqualTo(LegacyRecord.THREAD_ID);
        }
    }

    @Test
    void whatTheNewSystemPutsWhereDisplacedFieldsAreOverwritesNothing() {
        String markers = "{\"migrated\":true,\"migratedAt\":\"x\",\"oldSystem\":\"y\",\"oldId\":\"1\",\"a\":1,";

        assertThat(Markers.customFields(markers + "\"customFields\":{\"a\":2}}"))
                .isEqualTo("{\"a\":1,\"customFields\":{\"a\":2}}");
        assertThat(Markers.customFields(markers + "\"customFields\":{\"oldId\":5,\"a\":2}}"))
                .isEqualTo("{\"a\":1,\"customFields\":{\"oldId\":5,\"a\":2}}");
        assertThat(Markers.customFields(markers + "\"customFields\":{}}")).isEqualTo("{\"a\":1,\"customFields\":{}}");
        assertThat(Markers.customFields(markers + "\"customFields\":{\"oldId\":5}}"))
                .isEqualTo("{\"a\":1,\"oldId\":5}");
    }

    /** The custom fields that a reader takes out of metadata by what the documentation says, and nothing else. */
    private static ObjectNode undone(JsonNode metadata) {
        ObjectNode custom = NODES.objectNode();
        metadata.properties().forEach(field -> {
            if (field.getKey().equals("customFields")) {
                custom.setAll((ObjectNode) field.getValue());
            } else if (!MARKERS.contains(field.getKey())) {
                custom.set(field.getKey(), field.getValue());
            }
        });
        return custom;
    }
}
