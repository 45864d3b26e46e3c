package dev.threadsmigration.target;

import dev.threadsmigration.model.Field;
import java.util.Map;

/**
 * A row of the target as it is stored. Dates are {@link java.time.LocalDateTime}s in UTC, whole numbers {@link Long}s, ids,
 * texts and metadata texts; what is NULL is absent.
 *
 * @param extras the columns beside the fields that the migration writes, by their names
 */
public record StoredRecord(Map<Field, Object> fields, Map<String, Object> extras) {}
