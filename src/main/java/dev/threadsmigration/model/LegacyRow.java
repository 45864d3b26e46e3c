package dev.threadsmigration.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a legacy table as it was read: values by the position of their column. A value is a {@link String},
 * {@link Long}, {@link java.math.BigDecimal}, {@link Double}, {@link Boolean}, {@link java.util.UUID}, {@link
 * java.time.OffsetDateTime}, {@link java.time.LocalDateTime}, {@link java.time.LocalDate}, a byte array, or null.
 */
public final class LegacyRow {

    /** The most bytes of UTF-8 that a key may have: what an index of the ledger holds beside the migration's name. */
    public static final int LONGEST_ID = 2_500;

    private final @Nullable String legacyId;
    private final int occurrence;
    private final List<String> columns;
    private final @Nullable Object[] values;
    private final @Nullable String problem;

    /**
     * @param legacyId the row's key as text; null where the key is NULL
     * @param occurrence 1 for the first row with this key, 2 for the second...
     */
    public LegacyRow(@Nullable String legacyId, int occurrence, List<String> columns, @Nullable Object[] values) {
        this(legacyId, occurrence, columns, values, null);
    }

    /** @param problem what could not be read of it, for people, and is null among the values; null: all was read */
    public LegacyRow(
            @Nullable String legacyId,
            int occurrence,
            List<String> columns,
            @Nullable Object[] values,
            @Nullable String problem) {
        this.legacyId = legacyId;
        this.occurrence = occurrence;
        this.columns = columns;
        this.values = values;
        this.problem = problem;
    }

    public @Nullable String legacyId() {
        return legacyId;
    }

    /** How many bytes of UTF-8 the key has; 0 where there is none. */
    public int idBytes() {
        return legacyId == null ? 0 : legacyId.getBytes(StandardCharsets.UTF_8).length;
    }

    public boolean isIdTooLong() {
        // No character has more than three bytes; those of four count as two.
        return legacyId != null && legacyId.length() > LONGEST_ID / 3 && idBytes() > LONGEST_ID;
    }

    public int occurrence() {
        return occurrence;
    }

    /** A row of which nothing but the key was read: it has its outcome, or has vanished since. */
    public static LegacyRow passedOver(String legacyId) {
        return new LegacyRow(legacyId, 1, List.of(), new Object[0]);
    }

    public boolean isPassedOver() {
        return values.length == 0;
    }

    /** What could not be read of it, for people; null: all was read. */
    public @Nullable String problem() {
        return problem;
    }

    /** The names of the columns that were read, in the order of the values. */
    public List<String> columns() {
        return columns;
    }

    public @Nullable Object value(int position) {
        return values[position];
    }

    public LegacyRow withOccurrence(int which) {
        return which == occurrence ? this : new LegacyRow(legacyId, which, columns, values, problem);
    }
}
