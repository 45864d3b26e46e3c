package dev.threadsmigration.mapping;

import dev.threadsmigration.config.ValueType;
import dev.threadsmigration.database.EndlessDates;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What legacy values mean by their rule's type. Each method answers with the value, or with a {@link Rejection}. */
final class ValueTypes {

    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000);
    /** Some 300,000 years; finer limits are the target's. */
    private static final BigDecimal MOST_SECONDS = BigDecimal.valueOf(10_000_000_000_000L);

    /** As many as PostgreSQL's numeric can hold. */
    private static final int MOST_DECIMALS = 16_383;

    private ValueTypes() {}

    /** @param value not null */
    static @Nullable Object convert(Destination destination, ValueType type, Object value) {
        if (value instanceof Rejection) {
            return value;
        }
        return switch (type) {
            case EPOCH_SECONDS -> epoch(destination, value, 0);
            case EPOCH_MILLIS -> epoch(destination, value, 3);
            case BOOLEAN -> truth(destination, value);
            case TRIMMED -> trimmed(value);
            case DATE_AND_TIME, JSON, LIST -> value;
        };
    }

    private static Object epoch(Destination destination, Object value, int digits) {
        BigDecimal number = number(value);
        if (number == null || number.scale() > MOST_DECIMALS) {
            return destination.wrongType(
                    "a number of " + (digits == 0 ? "seconds" : "milliseconds") + " since 1970", value);
        }
        // By its digits first: 1E1000000000 is a short text, and more than memory holds once it is written out.
        boolean tooLong = (long) number.precision() - number.scale() - digits > MOST_SECONDS.precision();
        BigDecimal seconds = tooLong ? number : number.movePointLeft(digits);
        if (tooLong || seconds.abs().compareTo(MOST_SECONDS) > 0) {
            return destination.reject(
                    RejectionCode.DATE_OUT_OF_RANGE, Texts.shown(value) + " is outside what the target can hold");
        }
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        long nanos = seconds.subtract(whole).multiply(NANOS).longValue();
        return Instant.ofEpochSecond(whole.longValueExact(), nanos).atOffset(ZoneOffset.UTC);
    }

    private static @Nullable BigDecimal number(Object value) {
        try {
            BigDecimal number = new BigDecimal(value.toString().strip());
            return number.signum() == 0 ? BigDecimal.ZERO : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private static Object truth(Destination destination, Object value) {
        return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "on", "1" -> true;
            case "false", "f", "no", "n", "off", "0" -> false;
            default -> destination.wrongType("true or false", value);
        };
    }

    private static @Nullable Object trimmed(Object value) {
        if (!(value instanceof String text)) {
            return value;
        }
        String stripped = text.strip();
        return stripped.isEmpty() ? null : stripped;
    }

    /** Midnight where there is no time of day; null where there is no date. */
    static @Nullable Object dateAndTime(Destination destination, @Nullable Object date, @Nullable Object time) {
        if (date == null || date instanceof String text && text.startsWith("0000-00-00")) {
            return date;
        }
        try {
            if (EndlessDates.word(date) != null) {
                return date;
            }
            LocalDate day = date instanceof LocalDate known
                    ? known
                    : date instanceof LocalDateTime known ? known.toLocalDate() : LocalDate.parse(text(date));
            return time == null ? day.atStartOfDay() : day.atTime(LocalTime.parse(text(time)));
        } catch (DateTimeException e) {
            return destination.wrongType("a date and a time of day", date + " " + time);
        }
    }

    private static String text(Object value) {
        return value.toString().strip();
    }

    /** The target's value for a legacy one. */
    static Object look(Destination destination, Map<String, String> values, Object value) {
        if (value instanceof Rejection) {
            return value;
        }
        String legacy = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        String found = values.get(legacy);
        // A CHAR(n) is filled up with blanks.
        found = found == null ? values.get(legacy.stripTrailing()) : found;
        return found != null
                ? found
                : destination.reject(
                        RejectionCode.VALUE_NOT_ALLOWED,
                        "is '%s', for which the job file's values have no word: they are %s"
                                .formatted(Texts.shown(legacy), String.join(", ", values.keySet())));
    }
}
