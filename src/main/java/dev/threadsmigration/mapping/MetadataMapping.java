package dev.threadsmigration.mapping;

import dev.threadsmigration.model.Metadata;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The metadata of a migrated thread: four markers that say where it came from, then the legacy custom fields as they
 * were. The markers win; a custom field of a reserved name moves under {@code customFields}, so that the way back is
 * exact.
 */
final class MetadataMapping {

    static final String MIGRATED = "migrated";
    static final String MIGRATED_AT = "migratedAt";
    static final String OLD_SYSTEM = "oldSystem";
    static final String OLD_ID = "oldId";
    static final String MOVED = "customFields";
    static final String ORIGINAL_TITLE = "originalTitle";
    static final Set<String> RESERVED = Set.of(MIGRATED, MIGRATED_AT, OLD_SYSTEM, OLD_ID, MOVED, ORIGINAL_TITLE);

    static final ObjectMapper EXACT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(CustomFields.MOST_LEVELS + 10)
                            .maxNumberLength(Integer.MAX_VALUE)
                            .maxStringLength(Integer.MAX_VALUE)
                            .maxNameLength(Integer.MAX_VALUE)
                            .build())
                    .streamWriteConstraints(StreamWriteConstraints.builder()
                            .maxNestingDepth(CustomFields.MOST_LEVELS + 10)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private final Clock clock;
    private final String oldSystem;

    private Instant started = Instant.EPOCH;
    private String start = "";

    MetadataMapping(Clock clock, String oldSystem) {
        this.clock = clock;
        this.oldSystem = oldSystem;
    }

    /**
     * @param oldId a text or a number
     * @param originalTitle the whole of a title that was cut; null where it was not
     */
    Metadata merge(CustomFields custom, Object oldId, @Nullable String originalTitle) {
        StringBuilder json = new StringBuilder(custom.json().length() + 160);
        json.append(start()).append(oldId instanceof Number ? oldId.toString() : quoted(oldId.toString()));
        if (originalTitle != null) {
            json.append(",\"").append(ORIGINAL_TITLE).append("\":").append(quoted(originalTitle));
        }
        if (custom.clash()) {
            appendApart(json, custom);
        } else if (custom.empty()) {
            json.append('}');
        } else {
            json.append(',')
                    .append(
                            custom.json(),
                            custom.json().indexOf('{') + 1,
                            custom.json().length());
        }
        return new Metadata(json.toString(), oldId.toString(), custom.hash());
    }

    /**
     * The metadata with some fields as columns say them: what is null is not there.
     *
     * @param columns by field: the text that its column would give for one
     */
    static String asColumnsSay(String metadata, Map<String, UnaryOperator<String>> columns) {
        try {
            if (!(EXACT.readTree(metadata) instanceof ObjectNode object)) {
                return metadata;
            }
            columns.forEach((name, said) -> {
                if (object.path(name).isNull()) {
                    object.remove(name);
                } else if (object.path(name).isString()) {
                    object.put(name, said.apply(object.path(name).asString()));
                }
            });
            return EXACT.writeValueAsString(object);
        } catch (JacksonException e) {
            return metadata;
        }
    }

    private static void appendApart(StringBuilder json, CustomFields custom) {
        ObjectNode all = (ObjectNode) EXACT.readTree(custom.json());
        Map<String, JsonNode> moved = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : all.properties()) {
            if (RESERVED.contains(field.getKey())) {
                moved.put(field.getKey(), field.getValue());
            } else {
                append(json, field);
            }
        }
        json.append(",\"").append(MOVED).append("\":{");
        int first = json.length();
        moved.entrySet().forEach(field -> append(json, field));
        json.deleteCharAt(first).append("}}");
    }

    private static void append(StringBuilder json, Map.Entry<String, JsonNode> field) {
        json.append(',').append(quoted(field.getKey())).append(':').append(EXACT.writeValueAsString(field.getValue()));
    }

    private String start() {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        if (!now.equals(started)) {
            started = now;
            start = "{\"%s\":true,\"%s\":\"%s\",\"%s\":%s,\"%s\":"
                    .formatted(MIGRATED, MIGRATED_AT, now, OLD_SYSTEM, quoted(oldSystem), OLD_ID);
        }
        return start;
    }

    private static String quoted(String text) {
        return EXACT.writeValueAsString(text);
    }
}
