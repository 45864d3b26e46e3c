package dev.threadsmigration.validation;

import dev.threadsmigration.mapping.Markers;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Compares metadata as trees: key order does not matter, every digit of a number does. */
final class MetadataComparison {

    private static final Set<String> RESERVED =
            Set.of("migrated", "migratedAt", "oldSystem", "oldId", "customFields", "originalTitle");

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(5000)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final String oldSystem;
    /** Records of one chunk share it, so it is not read anew for each. */
    private @Nullable String lastMigratedAt;

    private boolean comesBack;

    MetadataComparison(String oldSystem) {
        this.oldSystem = oldSystem;
    }

    /**
     * A difference.
     *
     * @param path inside the metadata, such as {@code metadata.sla.hours}
     */
    record Difference(
            String path,
            @Nullable String expected,
            @Nullable String found) {}

    /**
     * @param custom the legacy custom fields; null where there are none
     * @param oldId a text or a number
     * @param originalTitle the whole title where it was cut; null where it was not
     * @param stored the target's metadata; null where it is NULL
     */
    List<Difference> compare(
            @Nullable ObjectNode custom, Object oldId, @Nullable String originalTitle, @Nullable String stored) {
        List<Difference> differences = new ArrayList<>();
        JsonNode found = parse(stored);
        if (!(found instanceof ObjectNode object)) {
            differences.add(new Difference("metadata", "a JSON object", stored));
            return differences;
        }
        markers(object, oldId, originalTitle, differences);
        ObjectNode expected = custom == null ? JSON.createObjectNode() : besideMarkers(custom);
        object.remove(List.of("migrated", "migratedAt", "oldSystem", "oldId", "originalTitle"));
        if (object.equals(expected)) {
            comesBack = custom != null;
            return differences;
        }
        compare("metadata", expected, object, differences);
        Markers.putMovedBack(object);
        List<Difference> lost = new ArrayList<>();
        compare("metadata", custom, object, lost);
        comesBack = custom != null && lost.isEmpty();
        return differences;
    }

    /** Whether metadata carries the markers of a migration; one of their names alone may be a custom field's. */
    boolean isMarked(@Nullable String stored) {
        return parse(stored) instanceof ObjectNode object
                && object.path("migrated").asBoolean(false)
                && object.has("oldSystem");
    }

    /**
     * Compares metadata that is none of ours, which has legacy's custom fields and nothing beside them.
     *
     * @param custom null where there are none
     * @param stored null where the target's metadata is NULL
     */
    List<Difference> compareUnmarked(@Nullable ObjectNode custom, @Nullable String stored) {
        List<Difference> differences = new ArrayList<>();
        compare(
                "metadata",
                custom == null ? JSON.createObjectNode() : custom,
                stored == null ? JSON.createObjectNode() : parse(stored),
                differences);
        return differences;
    }

    /** The custom fields as they must stand beside the markers: those that have a marker's name are moved. */
    private static ObjectNode besideMarkers(ObjectNode custom) {
        if (Collections.disjoint(RESERVED, custom.propertyNames())) {
            return custom;
        }
        ObjectNode expected = JSON.createObjectNode();
        ObjectNode moved = JSON.createObjectNode();
        custom.properties()
                .forEach(field ->
                        (RESERVED.contains(field.getKey()) ? moved : expected).set(field.getKey(), field.getValue()));
        expected.set("customFields", moved);
        return expected;
    }

    /** Whether the way back would make the same custom fields of the metadata that was compared last. */
    boolean comesBack() {
        return comesBack;
    }

    private void markers(ObjectNode found, Object oldId, @Nullable String originalTitle, List<Difference> differences) {
        check("migrated", BooleanNode.TRUE, found, differences);
        check("oldSystem", StringNode.valueOf(oldSystem), found, differences);
        check(
                "oldId",
                oldId instanceof Number ? parse(oldId.toString()) : StringNode.valueOf(oldId.toString()),
                found,
                differences);
        check("originalTitle", originalTitle == null ? null : StringNode.valueOf(originalTitle), found, differences);
        String migratedAt = text(found.get("migratedAt"));
        if (migratedAt != null && migratedAt.equals(lastMigratedAt)) {
            return;
        }
        try {
            Instant.parse(String.valueOf(migratedAt));
            lastMigratedAt = migratedAt;
        } catch (DateTimeException e) {
            differences.add(new Difference("metadata.migratedAt", "an instant", migratedAt));
        }
    }

    private static void check(
            String marker, @Nullable JsonNode expected, ObjectNode object, List<Difference> differences) {
        JsonNode found = object.get(marker);
        if (isSame(expected, found)) {
            return;
        }
        String one = text(expected);
        String other = text(found);
        boolean onlyOfAnotherType = expected != null && found != null && Objects.equals(one, other);
        differences.add(new Difference(
                "metadata." + marker,
                onlyOfAnotherType ? expected.toString() : one,
                onlyOfAnotherType ? found.toString() : other));
    }

    private static @Nullable String text(@Nullable JsonNode node) {
        if (node == null) {
            return null;
        }
        return node.isNumber()
                ? node.decimalValue().toPlainString()
                : node.isString() ? node.asString() : node.toString();
    }

    private static void compare(
            String path, @Nullable JsonNode expected, @Nullable JsonNode found, List<Difference> differences) {
        if (expected != null && found != null && expected.isObject() && found.isObject()) {
            for (Map.Entry<String, JsonNode> field : expected.properties()) {
                JsonNode other = found.get(field.getKey());
                if (!field.getValue().equals(other)) {
                    compare(path + "." + field.getKey(), field.getValue(), other, differences);
                }
            }
            for (String name : found.propertyNames()) {
                if (!expected.has(name)) {
                    compare(path + "." + name, null, found.get(name), differences);
                }
            }
        } else if (expected != null && found != null && expected.isArray() && found.isArray()) {
            for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
                compare(path + "[" + i + "]", expected.get(i), found.get(i), differences);
            }
        } else if (!isSame(expected, found)) {
            differences.add(new Difference(
                    path, expected == null ? null : expected.toString(), found == null ? null : found.toString()));
        }
    }

    private static boolean isSame(@Nullable JsonNode expected, @Nullable JsonNode found) {
        if (expected == null || found == null) {
            return expected == found;
        }
        if (expected.isNumber() && found.isNumber()) {
            BigDecimal number = expected.decimalValue();
            return number.compareTo(found.decimalValue()) == 0;
        }
        return expected.equals(found);
    }

    /** The tree of a JSON text; null where there is none, or where it is not JSON. */
    static @Nullable JsonNode parse(@Nullable String json) {
        try {
            return json == null ? null : JSON.readTree(json);
        } catch (JacksonException e) {
            return null;
        }
    }
}
