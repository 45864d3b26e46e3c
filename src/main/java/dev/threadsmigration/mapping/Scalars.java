package dev.threadsmigration.mapping;

import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import java.math.BigDecimal;
import java.util.Locale;

/** Booleans and whole numbers. Each method answers with the value, or with a {@link Rejection}. */
final class Scalars {

    private static final int LOWEST_RATING = 1;
    private static final int HIGHEST_RATING = 5;

    private Scalars() {}

    static Object toBoolean(Destination destination, Object value) {
        if (value instanceof Boolean) {
            return value;
        }
        return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "1" -> true;
            case "false", "f", "0" -> false;
            default -> destination.wrongType("true or false", value);
        };
    }

    /** @return a Long, where it is one */
    static Object toLong(Destination destination, Object value) {
        try {
            return new BigDecimal(value.toString().strip()).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return destination.wrongType("a whole number", value);
        }
    }

    static Object toRating(Destination destination, Object value) {
        Object converted = toLong(destination, value);
        if (!(converted instanceof Long number)) {
            return converted;
        }
        return number >= LOWEST_RATING && number <= HIGHEST_RATING
                ? number.intValue()
                : destination.reject(
                        RejectionCode.VALUE_NOT_ALLOWED,
                        "must be from %d to %d, but is %d".formatted(LOWEST_RATING, HIGHEST_RATING, number));
    }
}
