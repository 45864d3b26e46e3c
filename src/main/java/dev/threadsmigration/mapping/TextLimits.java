package dev.threadsmigration.mapping;

import dev.threadsmigration.model.Field;
import java.util.EnumMap;
import java.util.Map;

/** The longest text, in code points, that each field of the target holds. */
public final class TextLimits {

    private static final int NAMES = 255;
    private static final int TYPES = 50;

    private final Map<Field, Integer> limits = new EnumMap<>(Field.class);

    /** @param columnSizes what the target's own columns hold; the schema's documented limits hold besides */
    public TextLimits(Map<Field, Integer> columnSizes) {
        Map.of(
                        Field.NAME, NAMES,
                        Field.TITLE, NAMES,
                        Field.TENANT_ID, NAMES,
                        Field.MESSAGE_ID, NAMES,
                        Field.TYPE, TYPES)
                .forEach(limits::put);
        columnSizes.forEach((field, size) -> limits.merge(field, size, Math::min));
    }

    public int of(Field field) {
        return limits.getOrDefault(field, Integer.MAX_VALUE);
    }
}
