package dev.threadsmigration.mapping;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Metadata;
import dev.threadsmigration.model.TargetRecord;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** What a record says, apart from the markers that say where it came from. */
public final class Content {

    private Content() {}

    /** A hash of all fields; the ledger keeps it, so that a later change is known as one. */
    public static long hash(TargetRecord record) {
        long hash = 1;
        for (int i = 0; i < record.entity().fields().size(); i++) {
            hash = JsonHash.element(hash, hashOf(record.get(i)));
        }
        return hash;
    }

    /**
     * The hash of a record that we wrote, as {@link Markers#ofOurs} has it.
     *
     * @param expected a hash that it has as long as nobody has changed it
     */
    public static long hashOfOurs(TargetRecord stored, long expected) {
        long hash = hash(stored);
        return hash == expected ? hash : hash(Markers.ofOurs(stored));
    }

    private static long hashOf(@Nullable Object value) {
        if (value == null) {
            return JsonHash.NULL;
        }
        if (value instanceof Metadata metadata) {
            return metadata.customHash();
        }
        if (value instanceof UUID uuid) {
            return JsonHash.element(JsonHash.mix(uuid.getMostSignificantBits()), uuid.getLeastSignificantBits());
        }
        if (value instanceof Instant instant) {
            return JsonHash.element(JsonHash.mix(instant.getEpochSecond()), instant.getNano());
        }
        return JsonHash.text(value.toString());
    }

    /** Whether two records say the same. */
    public static boolean isSame(TargetRecord one, TargetRecord other) {
        for (Field field : one.entity().fields()) {
            boolean same = field == Field.METADATA
                    ? hashOf(one.get(field)) == hashOf(other.get(field))
                    : Objects.equals(one.get(field), other.get(field));
            if (!same) {
                return false;
            }
        }
        return true;
    }

    /** Whether two records that we made say the same and come from the same legacy record. */
    static boolean isSameRecord(TargetRecord one, TargetRecord other) {
        return isSame(one, other) && oldId(one).equals(oldId(other));
    }

    private static String oldId(TargetRecord record) {
        return record.entity() == Entity.THREADS && record.get(Field.METADATA) instanceof Metadata metadata
                ? metadata.oldId()
                : "";
    }

    /**
     * Metadata as it was found in the target. Where it holds no JSON object its hash is of nothing that we would write.
     *
     * @param json null where the column is NULL
     */
    public static Metadata found(@Nullable String json) {
        if (json == null) {
            return new Metadata("{}", "", CustomFields.NONE.hash());
        }
        String custom = json.contains("\"" + MetadataMapping.OLD_SYSTEM + "\"") ? Markers.customFields(json) : json;
        Object scanned = CustomFields.scan(custom, true);
        return new Metadata(json, "", scanned instanceof CustomFields fields ? fields.hash() : 0);
    }

    /** Whether the metadata carries our markers for this very legacy record. */
    public static boolean isMarked(Metadata found, String oldSystem, @Nullable String oldId) {
        if (!found.json().contains(MetadataMapping.OLD_ID)) {
            return false;
        }
        JsonNode json = json(found.json());
        return isMarked(json, oldSystem)
                && json.path(MetadataMapping.OLD_ID).asString("").equals(oldId);
    }

    /** Whether a text is JSON that carries our markers, for whichever legacy record. */
    public static boolean isMarked(String json, String oldSystem) {
        return isMarked(json(json), oldSystem);
    }

    private static boolean isMarked(JsonNode json, String oldSystem) {
        return json.path(MetadataMapping.MIGRATED).asBoolean(false)
                && json.path(MetadataMapping.OLD_SYSTEM).asString("").equals(oldSystem);
    }

    private static JsonNode json(String text) {
        try {
            return MetadataMapping.EXACT.readTree(text);
        } catch (JacksonException e) {
            // No JSON, or deeper than anything that we write.
            return MissingNode.getInstance();
        }
    }
}
