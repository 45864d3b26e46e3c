package dev.threadsmigration.model;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A record as the target holds it: a value, or null, for each of {@link Entity#fields()}. */
public final class TargetRecord {

    private static final Map<Entity, int[]> POSITIONS = new EnumMap<>(Entity.class);

    static {
        for (Entity entity : Entity.values()) {
            int[] positions = new int[Field.values().length];
            Arrays.fill(positions, -1);
            for (int i = 0; i < entity.fields().size(); i++) {
                positions[entity.fields().get(i).ordinal()] = i;
            }
            POSITIONS.put(entity, positions);
        }
    }

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
        int position = POSITIONS.get(entity)[field.ordinal()];
        if (position < 0) {
            throw new IllegalArgumentException(entity + " have no field " + field);
        }
        return values[position];
    }

    /** The value of the field at this position of {@link Entity#fields()}. */
    public @Nullable Object get(int position) {
        return values[position];
    }
}
