package dev.threadsmigration.dualwrite;

import dev.threadsmigration.mapping.Content;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Metadata;
import dev.threadsmigration.model.TargetRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes records of what an application gives. */
final class NewValues {

    private NewValues() {}

    /** A new record: without an id it gets a random one, and without dates this moment's. */
    static TargetRecord record(Entity entity, Map<Field, ? extends @Nullable Object> values, Instant now) {
        TargetRecord record = new TargetRecord(
                        entity, new Object[entity.fields().size()])
                .with(Field.ID, UUID.randomUUID())
                .with(Field.CREATED_AT, micros(now))
                .with(Field.UPDATED_AT, micros(now));
        return checked(changed(record, values));
    }

    /** A record with some values changed; without a date of its own, it was updated at this moment. */
    static TargetRecord update(TargetRecord record, Map<Field, ? extends @Nullable Object> values, Instant now) {
        if (values.containsKey(Field.ID)) {
            throw new IllegalArgumentException("a record keeps its id");
        }
        return checked(changed(record.with(Field.UPDATED_AT, micros(now)), values));
    }

    private static TargetRecord changed(TargetRecord record, Map<Field, ? extends @Nullable Object> values) {
        TargetRecord changed = record;
        for (Map.Entry<Field, ? extends @Nullable Object> value : values.entrySet()) {
            if (record.entity().position(value.getKey()) < 0) {
                throw new IllegalArgumentException(record.entity() + " have no field " + value.getKey());
            }
            changed = changed.with(value.getKey(), of(value.getKey(), value.getValue()));
        }
        return changed;
    }

    private static @Nullable Object of(Field field, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        Class<?> type = switch (field.kind()) {
            case ID -> UUID.class;
            case TEXT, METADATA -> String.class;
            case INSTANT -> Instant.class;
            case BOOLEAN -> Boolean.class;
            case INTEGER -> Integer.class;
        };
        if (value instanceof Metadata && field == Field.METADATA) {
            return value;
        }
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException("%s must be a %s, not a %s"
                    .formatted(field, type.getSimpleName(), value.getClass().getSimpleName()));
        }
        return value instanceof Instant instant
                ? micros(instant)
                : field == Field.METADATA ? Content.found((String) value) : value;
    }

    private static TargetRecord checked(TargetRecord record) {
        for (Field field : record.entity().fields()) {
            if (record.get(field) == null && record.entity().requires(field)) {
                throw new IllegalArgumentException(record.entity() + " need a " + field);
            }
        }
        return record;
    }

    /** PostgreSQL keeps no more, and would round what is given. */
    private static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}
