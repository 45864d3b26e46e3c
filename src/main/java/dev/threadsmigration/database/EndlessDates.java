package dev.threadsmigration.database;

import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** PostgreSQL's dates without end, for which its driver gives, and takes, the last and the first ones that Java has. */
public final class EndlessDates {

    private static final String LAST = "infinity";
    private static final String FIRST = "-infinity";

    private static final Map<Object, String> WORDS = Map.of(
            LocalDate.MAX, LAST,
            LocalDate.MIN, FIRST,
            LocalDateTime.MAX, LAST,
            LocalDateTime.MIN, FIRST,
            OffsetDateTime.MAX, LAST,
            OffsetDateTime.MIN, FIRST);

    private EndlessDates() {}

    /** The server's word for it; null for any other value. */
    public static @Nullable String word(Object value) {
        return WORDS.get(value);
    }

    /** What the driver takes for the word in a column of dates; null for any other text. */
    public static @Nullable Object of(String word, Column column) {
        boolean last = word.equals(LAST);
        if (!last && !word.equals(FIRST)) {
            return null;
        }
        if (column.isInstant()) {
            return last ? OffsetDateTime.MAX : OffsetDateTime.MIN;
        }
        return column.jdbcType() == Types.DATE
                ? last ? LocalDate.MAX : LocalDate.MIN
                : last ? LocalDateTime.MAX : LocalDateTime.MIN;
    }
}
