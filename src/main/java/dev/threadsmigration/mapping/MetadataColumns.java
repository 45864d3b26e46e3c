package dev.threadsmigration.mapping;

import dev.threadsmigration.config.ValueType;
import dev.threadsmigration.database.EndlessDates;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Columns that become custom fields of their own names.
 *
 * @param types what their values mean, by position; null: what their SQL type says
 */
record MetadataColumns(Map<Integer, @Nullable ValueType> types) {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectReader STRICT =
            MetadataMapping.EXACT.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

    boolean isEmpty() {
        return types.isEmpty();
    }

    /** {@link CustomFields} with the columns' values, or a {@link Rejection}. A column that is NULL is left out. */
    Object addTo(CustomFields custom, LegacyRow row) {
        ObjectNode all = (ObjectNode) MetadataMapping.EXACT.readTree(custom.json());
        for (Map.Entry<Integer, @Nullable ValueType> column : types.entrySet()) {
            String name = row.columns().get(column.getKey());
            Object value = row.value(column.getKey());
            if (value != null && column.getValue() != null) {
                value = converted(name, column.getValue(), value);
            }
            if (value instanceof Rejection rejection) {
                return rejection;
            }
            if (value != null) {
                if (all.has(name)) {
                    return new Rejection(
                            RejectionCode.METADATA_REPEATED_KEY,
                            Field.METADATA,
                            "'%s' is both a column and a custom field".formatted(name));
                }
                all.set(name, node(value));
            }
        }
        return CustomFields.scan(MetadataMapping.EXACT.writeValueAsString(all), true);
    }

    private static @Nullable Object converted(String name, ValueType type, Object value) {
        return switch (type) {
            case JSON -> json(name, value);
            case LIST -> list(value);
            default -> ValueTypes.convert(destination(name), type, value);
        };
    }

    private static Destination destination(String name) {
        return new Destination(Field.METADATA, "metadata." + name);
    }

    private static Object json(String name, Object value) {
        try {
            return value.toString().isBlank() ? NODES.nullNode() : STRICT.readTree(value.toString());
        } catch (JacksonException e) {
            return destination(name)
                    .reject(RejectionCode.METADATA_INVALID, "is not valid JSON: " + e.getOriginalMessage());
        }
    }

    private static JsonNode list(Object value) {
        var list = NODES.arrayNode();
        Arrays.stream(value.toString().split(",", -1))
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .forEach(list::add);
        return list;
    }

    private static JsonNode node(Object value) {
        if (value instanceof JsonNode json) {
            return json;
        }
        if (value instanceof Long number) {
            return NODES.numberNode(number);
        }
        if (value instanceof BigDecimal number) {
            return NODES.numberNode(number);
        }
        if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
            return NODES.numberNode(number);
        }
        if (value instanceof Boolean truth) {
            return NODES.booleanNode(truth);
        }
        String endless = EndlessDates.word(value);
        if (endless != null) {
            return NODES.stringNode(endless);
        }
        if (value instanceof OffsetDateTime time) {
            return NODES.stringNode(time.toInstant().toString());
        }
        return value instanceof byte[] bytes ? NODES.binaryNode(bytes) : NODES.stringNode(value.toString());
    }
}
