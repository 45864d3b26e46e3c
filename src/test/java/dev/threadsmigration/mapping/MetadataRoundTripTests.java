package dev.threadsmigration.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whatever the custom fields say can be read back out of the metadata, to the last digit: 10,000 random objects. */
class MetadataRoundTripTests {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> RESERVED =
            List.of("migrated", "migratedAt", "oldSystem", "oldId", "customFields", "originalTitle");
    private static final Set<String> MARKERS = Set.of("migrated", "migratedAt", "oldSystem", "oldId");

    private final Random random = new Random(20260301);

    @Test
    void whatWentInCanBeReadBack() {
        for (int i = 0; i < 10_000; i++) {
            ObjectNode custom = object(random.nextInt(12));
            String json = ExactJson.write(custom);

            JsonNode merged = LegacyRecord.aThread().with("custom_fields", json).metadata();

            assertThat(undone(merged)).as(json).isEqualTo(ExactJson.read(json));
            assertThat(merged.get("migrated").booleanValue()).isTrue();
            assertThat(merged.get("oldId").stringValue()).isEqualTo(LegacyRecord.THREAD_ID);
        }
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

    private ObjectNode object(int depth) {
        ObjectNode object = NODES.objectNode();
        for (int members = random.nextInt(5); members > 0; members--) {
            object.set(name(), value(depth));
        }
        return object;
    }

    private String name() {
        return random.nextInt(4) == 0 ? RESERVED.get(random.nextInt(RESERVED.size())) : text(6);
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.stringNode(text(30));
            case 3 ->
                NODES.numberNode(new BigInteger(random.nextInt(400), random).multiply(BigInteger.valueOf(sign())));
            case 4 ->
                NODES.numberNode(new BigDecimal(
                        new BigInteger(random.nextInt(200), random).multiply(BigInteger.valueOf(sign())),
                        random.nextInt(600)));
            case 5 -> NODES.numberNode(random.nextInt(10));
            case 6 -> array(depth - 1);
            default -> object(depth - 1);
        };
    }

    private int sign() {
        return random.nextBoolean() ? 1 : -1;
    }

    private JsonNode array(int depth) {
        var array = NODES.arrayNode();
        for (int elements = random.nextInt(4); elements > 0; elements--) {
            array.add(value(depth));
        }
        return array;
    }

    /** Any code points but NUL and surrogates, quotes and control characters among them. */
    private String text(int longest) {
        StringBuilder text = new StringBuilder();
        for (int length = random.nextInt(longest); length > 0; length--) {
            text.appendCodePoint(
                    switch (random.nextInt(5)) {
                        case 0 -> 1 + random.nextInt(0x1f);
                        case 1 -> "\"\\/{}[]:,\u2028\u0085\ufeff".codePointAt(random.nextInt(12));
                        case 2 -> 0x1f300 + random.nextInt(0x300);
                        case 3 -> 0x10ff00 + random.nextInt(0xff);
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return text.toString();
    }
}
