package dev.threadsmigration.mapping;

import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where a row's custom fields are.
 *
 * @param json the position of the column that holds a JSON object; -1: none
 * @param uniqueKeys whether that column's type promises that no key is repeated
 * @param columns the positions of columns that are kept under their own names
 */
record CustomFieldsSource(int json, boolean uniqueKeys, List<Integer> columns) {

    static final CustomFieldsSource NONE = new CustomFieldsSource(-1, false, List.of());

    /** {@link CustomFields}, or a {@link Rejection}. */
    Object read(LegacyRow row) {
        Object value = json < 0 ? null : row.value(json);
        if (value instanceof byte[]) {
            return new Rejection(RejectionCode.WRONG_TYPE, Field.METADATA, "metadata must be JSON, but is binary");
        }
        Object scanned = value == null
                ? CustomFields.NONE
                : CustomFields.scan(value.toString(), MetadataMapping.RESERVED, uniqueKeys);
        return scanned instanceof CustomFields custom && !columns.isEmpty() ? withColumns(custom, row) : scanned;
    }

    private Object withColumns(CustomFields custom, LegacyRow row) {
        ObjectNode all = (ObjectNode) MetadataMapping.EXACT.readTree(custom.json());
        for (Map.Entry<String, Object> column : columnsOf(row).entrySet()) {
            if (all.has(column.getKey())) {
                return new Rejection(
                        RejectionCode.METADATA_REPEATED_KEY,
                        Field.METADATA,
                        "'%s' is both a column and a custom field".formatted(column.getKey()));
            }
            put(all, column.getKey(), column.getValue());
        }
        return CustomFields.scan(MetadataMapping.EXACT.writeValueAsString(all), MetadataMapping.RESERVED, true);
    }

    private Map<String, Object> columnsOf(LegacyRow row) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (int position : columns) {
            Object value = row.value(position);
            if (value != null) {
                values.put(row.columns().get(position), value);
            }
        }
        return values;
    }

    private static void put(ObjectNode all, String name, @Nullable Object value) {
        if (value instanceof Long number) {
            all.put(name, number);
        } else if (value instanceof BigDecimal number) {
            all.put(name, number);
        } else if (value instanceof Double number && !number.isNaN() && !number.isInfinite()) {
            all.put(name, number);
        } else if (value instanceof Boolean truth) {
            all.put(name, truth);
        } else if (value instanceof byte[] bytes) {
            all.put(name, bytes);
        } else {
            all.put(name, String.valueOf(value));
        }
    }
}
