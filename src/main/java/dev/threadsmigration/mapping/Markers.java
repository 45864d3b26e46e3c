package dev.threadsmigration.mapping;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Metadata;
import dev.threadsmigration.model.TargetRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The migration's markers in the metadata of a thread, and the metadata without them. */
public final class Markers {

    private static final List<String> NAMES = List.of(
            MetadataMapping.MIGRATED,
            MetadataMapping.MIGRATED_AT,
            MetadataMapping.OLD_SYSTEM,
            MetadataMapping.OLD_ID,
            MetadataMapping.ORIGINAL_TITLE);

    private Markers() {}

    /** The record as the application would have made it: markers in it were copied from another one. */
    public static TargetRecord withoutMarkers(TargetRecord record) {
        return record.entity() == Entity.THREADS && record.get(Field.METADATA) instanceof Metadata metadata
                ? record.with(Field.METADATA, new Metadata(customFields(metadata.json()), "", metadata.customHash()))
                : record;
    }

    /**
     * A record that we wrote, where the ledger says so: what still has the name of a marker is ours, also where people took
     * others of them away or changed them.
     */
    public static TargetRecord ofOurs(TargetRecord record) {
        if (record.entity() != Entity.THREADS || !(record.get(Field.METADATA) instanceof Metadata metadata)) {
            return record;
        }
        try {
            if (!(MetadataMapping.EXACT.readTree(metadata.json()) instanceof ObjectNode object)
                    || areIn(object)
                    || MetadataMapping.RESERVED.stream().noneMatch(object::has)) {
                return record;
            }
            object.put(MetadataMapping.MIGRATED, true);
            object.put(MetadataMapping.OLD_SYSTEM, "");
            return record.with(Field.METADATA, Content.found(MetadataMapping.EXACT.writeValueAsString(object)));
        } catch (JacksonException e) {
            return record;
        }
    }

    /** The custom fields of a thread's metadata: our markers taken off, what they displaced put back. */
    static String customFields(String metadata) {
        try {
            if (!(MetadataMapping.EXACT.readTree(metadata) instanceof ObjectNode object)) {
                return metadata;
            }
            if (!areIn(object)) {
                return metadata;
            }
            NAMES.forEach(object::remove);
            putMovedBack(object);
            return MetadataMapping.EXACT.writeValueAsString(object);
        } catch (JacksonException e) {
            return metadata;
        }
    }

    /** Whether a thread's metadata has them; one of their names alone may be a custom field's. */
    static boolean areIn(JsonNode metadata) {
        return metadata.path(MetadataMapping.MIGRATED).asBoolean(false) && metadata.has(MetadataMapping.OLD_SYSTEM);
    }

    /**
     * Puts custom fields that markers had displaced back to where they were. Where other names are among them, somebody
     * else has written there, and what stands beside it must not be overwritten.
     */
    public static void putMovedBack(ObjectNode metadata) {
        if (metadata.get(MetadataMapping.MOVED) instanceof ObjectNode moved
                && !moved.isEmpty()
                && MetadataMapping.RESERVED.containsAll(moved.propertyNames())) {
            metadata.remove(MetadataMapping.MOVED);
            moved.properties().forEach(field -> metadata.set(field.getKey(), field.getValue()));
        }
    }

    /** The whole title that was cut, where one was. */
    static @Nullable String originalTitle(String metadata) {
        JsonNode whole = MetadataMapping.EXACT.readTree(metadata).get(MetadataMapping.ORIGINAL_TITLE);
        return whole == null || !whole.isString() ? null : whole.asString();
    }
}
