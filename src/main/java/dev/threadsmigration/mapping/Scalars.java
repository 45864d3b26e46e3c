package dev.threadsmigration.mapping;

import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import java.math.BigDecimal;
import java.util.Locale;

/** Booleans and whole numbers. Each method answers with the value, or with a {@link Rejection}. */
final class Scalars {

    private static final int LOWEST_RATING = 1;
    private static final int HIGHEST_RATING = 5;

    private Scalars() {}

    static Object toBoolean(Field field, Object value) {
        if (value instanceof Boolean) {
            return value;
        }
        return switch (value.toString().strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "1" -> true;
            case "false", "f", "0" -> false;
            default -> wrongType(field, value, "true or false");
        };
    }

    static Object toInteger(Field field, Object value) {
        int number;
        try {
            number = new BigDecimal(value.toString().strip()).intValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            return wrongType(field, value, "a whole number");
        }
        if (field == Field.RATING && (number < LOWEST_RATING || number > HIGHEST_RATING)) {
            return new Rejection(
                    RejectionCode.VALUE_NOT_ALLOWED,
                    field,
                    "rating must be from %d to %d, but is %d".formatted(LOWEST_RATING, HIGHEST_RATING, number));
        }
        return number;
    }

    private static Rejection wrongType(Field field, Object value, String expected) {
        return new Rejection(
                RejectionCode.WRONG_TYPE,
                field,
                "%s must be %s, but is '%s'".formatted(field, expected, Texts.shown(value)));
    }
}
