package dev.threadsmigration.mapping;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** JSON objects of all that PostgreSQL can hold, reserved names among their keys; the same for the same seed. */
final class RandomJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> RESERVED =
            List.of("migrated", "migratedAt", "oldSystem", "oldId", "customFields", "originalTitle");

    private final Random random;

    RandomJson(long seed) {
        this.random = new Random(seed);
    }

    /** @param depth how many levels of objects and arrays there may be */
    ObjectNode object(int depth) {
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
