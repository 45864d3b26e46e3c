package dev.threadsmigration.config;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The words that a job file may use for a value, where there are only so many. */
final class AllowedWords {

    private AllowedWords() {}

    /** Empty where any value of the type will do. */
    static Collection<String> of(@Nullable Class<?> type) {
        if (type == ZoneId.class) {
            return ZoneId.getAvailableZoneIds();
        }
        return type == null || !type.isEnum()
                ? List.of()
                : Arrays.stream(type.getEnumConstants()).map(AllowedWords::word).toList();
    }

    /** The word of one of them. */
    static String word(Object constant) {
        if (constant instanceof Entity || constant instanceof Field) {
            return constant.toString();
        }
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
