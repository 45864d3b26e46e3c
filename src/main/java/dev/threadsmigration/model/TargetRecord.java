package dev.threadsmigration.model;

import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A record as the target holds it: a value, or null, for each of {@link Entity#fields()}. */
public final class TargetRecord {

    private final Entity entity;
    private final @Nullable Object[] values;

    /** @param values in the order of {@link Entity#fields()}, each of its field's Java type; not copied */
    public TargetRecord(Entity entity, @Nullable Object[] values) {
        this.entity = entity;
        this.values = values;
    }

    public Entity entity() {
        return entity;
    }

    public UUID id() {
        return (UUID) Objects.requireNonNull(values[0]);
    }

    /** The field's value; null where it has none. */
    public @Nullable Object get(Field field) {
        int position = entity.position(field);
        if (position < 0) {
            throw new IllegalArgumentException(entity + " have no field " + field);
        }
        return values[position];
    }

    /** The value of the field at this position of {@link Entity#fields()}. */
    public @Nullable Object get(int position) {
        return values[position];
    }

    /** The same record with another value of a field. */
    public TargetRecord with(Field field, @Nullable Object value) {
        @Nullable Object[] other = values.clone();
        other[entity.position(field)] = value;
        return new TargetRecord(entity, other);
    }
}
