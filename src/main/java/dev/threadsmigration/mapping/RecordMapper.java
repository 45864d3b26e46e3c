package dev.threadsmigration.mapping;

import dev.threadsmigration.config.TooLong;
import dev.threadsmigration.model.Accepted;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Outcome;
import dev.threadsmigration.model.Rejected;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import dev.threadsmigration.model.TargetRecord;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Turns the rows of one entity into records of the target. The first problem of a row decides its rejection. Not
 * thread-safe: each partition has its own.
 */
public final class RecordMapper {

    private static final int UUID_BYTES = 16;

    private final Entity entity;
    private final List<Field> fields;
    private final FieldSource[] sources;
    private final FieldSource oldId;
    private final IdMapping ids;
    private final Instants instants;
    private final TextLimits limits;
    private final MetadataMapping metadata;
    private final CustomFieldsSource customFields;
    private final ExtraValues extras;

    RecordMapper(MappingRules rules, IdMapping ids, Instants instants, TextLimits limits, MetadataMapping metadata) {
        this.entity = rules.entity();
        this.fields = entity.fields();
        this.sources = fields.stream().map(rules::source).toArray(FieldSource[]::new);
        this.oldId = rules.source(Field.OLD_ID);
        this.customFields = rules.customFields();
        this.extras = rules.extraValues(instants);
        this.ids = ids;
        this.instants = instants;
        this.limits = limits;
        this.metadata = metadata;
    }

    public Outcome map(LegacyRow row) {
        UUID newId = null;
        if (row.legacyId() == null) {
            return new Rejected(row, null, new Rejection(RejectionCode.ID_MISSING, Field.ID, "the row's key is NULL"));
        }
        @Nullable Object[] values = new Object[fields.size() + extras.size()];
        String originalTitle = null;
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (field == Field.METADATA) {
                continue;
            }
            Object legacy = sources[i].value(row);
            Object value = legacy == null || legacy instanceof Rejection ? legacy : convert(field, legacy);
            if (value instanceof Rejection rejection) {
                return new Rejected(row, newId, rejection);
            }
            if (value instanceof String text && limits.isTooLong(field, text)) {
                if (sources[i].tooLong() == TooLong.REJECT) {
                    return new Rejected(row, newId, limits.rejection(field, text));
                }
                originalTitle = field == Field.TITLE ? text : originalTitle;
                value = limits.cut(field, text);
            }
            if (value == null && entity.requires(field)) {
                return new Rejected(row, newId, missing(field));
            }
            if (field == Field.ID) {
                newId = (UUID) value;
            }
            values[i] = value;
        }
        return complete(row, values, newId, originalTitle);
    }

    /** What needs other fields' values: an absent updatedAt, and the metadata. */
    private Outcome complete(
            LegacyRow row, @Nullable Object[] values, @Nullable UUID newId, @Nullable String originalTitle) {
        int updatedAt = entity.position(Field.UPDATED_AT);
        if (values[updatedAt] == null) {
            values[updatedAt] = values[entity.position(Field.CREATED_AT)];
        }
        int position = entity.position(Field.METADATA);
        if (position >= 0) {
            Object custom = customFields.read(row);
            if (custom instanceof Rejection rejection) {
                return new Rejected(row, newId, rejection);
            }
            Object old = oldId.value(row);
            if (old instanceof Rejection rejection) {
                return new Rejected(row, newId, rejection);
            }
            Object marker = old == null ? row.legacyId() : old;
            Rejection problem = Texts.problem(Field.OLD_ID, String.valueOf(marker));
            if (problem != null) {
                return new Rejected(row, newId, problem);
            }
            values[position] = metadata.merge((CustomFields) custom, marker, originalTitle);
        }
        for (int i = 0; i < extras.size(); i++) {
            Object value = extras.value(i, row);
            if (value instanceof Rejection rejection) {
                return new Rejected(row, newId, rejection);
            }
            values[fields.size() + i] = value;
        }
        return new Accepted(row, new TargetRecord(entity, values));
    }

    private Object convert(Field field, Object value) {
        return switch (field.kind()) {
            case ID -> id(field, value);
            case TEXT -> text(field, value);
            case INSTANT -> instants.convert(field, value);
            case BOOLEAN -> Scalars.toBoolean(field, value);
            case INTEGER -> Scalars.toInteger(field, value);
            case METADATA -> throw new IllegalStateException("metadata is made by its own mapping");
        };
    }

    private Object id(Field field, Object value) {
        if (value instanceof String text) {
            Rejection problem = Texts.problem(field, text);
            if (problem != null) {
                return problem;
            }
            if (text.isBlank()) {
                return missing(field);
            }
        }
        if (value instanceof byte[] bytes) {
            return bytes.length == UUID_BYTES
                    ? uuid(bytes)
                    : new Rejection(
                            RejectionCode.WRONG_TYPE,
                            field,
                            "%s must be an id, but is %d bytes".formatted(field, bytes.length));
        }
        return ids.idOf(IdMapping.kindOf(entity, field), value);
    }

    private static UUID uuid(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
    }

    private static Object text(Field field, Object value) {
        if (value instanceof byte[]) {
            return new Rejection(RejectionCode.WRONG_TYPE, field, field + " must be a text, but is binary");
        }
        String text = value.toString();
        Rejection problem = Texts.problem(field, text);
        return problem == null ? text : problem;
    }

    private static Rejection missing(Field field) {
        return new Rejection(RejectionCode.REQUIRED_MISSING, field, field + " is required, but is missing");
    }
}
