package dev.threadsmigration.mapping;

import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import java.util.Map;

/**
 * Where a row's custom fields are.
 *
 * @param json the position of the column that holds a JSON object; -1: none
 * @param uniqueKeys whether that column's type promises that no key is repeated
 * @param columns columns that are kept under their own names
 */
record CustomFieldsSource(int json, boolean uniqueKeys, MetadataColumns columns) {

    static final CustomFieldsSource NONE = new CustomFieldsSource(-1, false, new MetadataColumns(Map.of()));

    /** {@link CustomFields}, or a {@link Rejection}. */
    Object read(LegacyRow row) {
        Object value = json < 0 ? null : row.value(json);
        if (value instanceof byte[]) {
            return CustomFields.METADATA.reject(RejectionCode.WRONG_TYPE, "must be JSON, but is binary");
        }
        Object scanned = value == null ? CustomFields.NONE : CustomFields.scan(value.toString(), uniqueKeys);
        return scanned instanceof CustomFields custom && !columns.isEmpty() ? columns.addTo(custom, row) : scanned;
    }
}
