package dev.threadsmigration.mapping;

import com.fasterxml.uuid.impl.UUIDUtil;
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
        if (row.isIdTooLong()) {
            return new Rejected(row, null, tooLong(row));
        }
        if (row.problem() != null) {
            return new Rejected(row, idOf(Field.ID, row), new Rejection(RejectionCode.UNREADABLE, null, row.problem()));
        }
        @Nullable Object[] values = new Object[fields.size() + extras.size()];
        String originalTitle = null;
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (field == Field.METADATA) {
                continue;
            }
            Object legacy = sources[i].value(row);
            Destination destination = sources[i].destination();
            Object value = legacy == null || legacy instanceof Rejection ? legacy : convert(field, destination, legacy);
            if (value instanceof Rejection rejection) {
                return new Rejected(row, newId, rejection);
            }
            if (value instanceof String text && Texts.isLonger(text, limits.of(field))) {
                if (sources[i].tooLong() == TooLong.REJECT) {
                    return new Rejected(row, newId, destination.tooLong(text, limits.of(field)));
                }
                originalTitle = field == Field.TITLE ? text : originalTitle;
                value = Texts.cut(text, limits.of(field));
            }
            if (value == null && entity.requires(field)) {
                return new Rejected(row, newId, destination.missing());
            }
            if (field == Field.ID) {
                newId = (UUID) value;
            }
            values[i] = value;
        }
        return complete(row, values, newId, originalTitle);
    }

    /** The id that a row has in this field; null where it has none, or would be rejected for it. */
    public @Nullable UUID idOf(Field field, LegacyRow row) {
        FieldSource source = sources[entity.position(field)];
        Object legacy = source.value(row);
        return legacy != null
                        && !(legacy instanceof Rejection)
                        && convert(field, source.destination(), legacy) instanceof UUID id
                ? id
                : null;
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
            Rejection problem = Texts.problem(oldId.destination(), String.valueOf(marker));
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

    private Object convert(Field field, Destination destination, Object value) {
        return switch (field.kind()) {
            case ID -> id(field, destination, value);
            case TEXT -> Texts.convert(destination, value);
            case INSTANT -> instants.convert(destination, value);
            case BOOLEAN -> Scalars.toBoolean(destination, value);
            case INTEGER -> Scalars.toRating(destination, value);
            case METADATA -> throw new IllegalStateException("metadata is made by its own mapping");
        };
    }

    private Object id(Field field, Destination destination, Object value) {
        if (value instanceof String text) {
            Rejection problem = Texts.problem(destination, text);
            if (problem != null) {
                return problem;
            }
            if (text.isBlank()) {
                return entity.requires(field) ? destination.missing() : destination.wrongType("an id", text);
            }
        }
        if (value instanceof byte[] bytes) {
            return bytes.length == UUID_BYTES
                    ? UUIDUtil.uuid(bytes)
                    : destination.reject(
                            RejectionCode.WRONG_TYPE, "must be an id, but is %d bytes".formatted(bytes.length));
        }
        return ids.idOf(entity, field, value);
    }

    private static Rejection tooLong(LegacyRow row) {
        return new Rejection(
                RejectionCode.TOO_LONG,
                Field.ID,
                "the row's key has %d bytes, and the ledger can keep no more than %d: leave the row out with a where: filter, or name another key"
                        .formatted(row.idBytes(), LegacyRow.LONGEST_ID));
    }
}
