package dev.threadsmigration.mapping;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import org.jspecify.annotations.Nullable;

/**
 * Where a value goes, in the words of what is said of it.
 *
 * @param field null for a column that the target has beside its fields
 * @param label what messages begin with
 */
record Destination(@Nullable Field field, String label) {

    static Destination of(Field field) {
        return new Destination(field, field.label());
    }

    static Destination of(Column column) {
        return new Destination(null, column.name());
    }

    /** @param message follows the label */
    Rejection reject(RejectionCode code, String message) {
        return new Rejection(code, field, label + " " + message);
    }

    Rejection wrongType(String expected, Object value) {
        return reject(RejectionCode.WRONG_TYPE, "must be %s, but is '%s'".formatted(expected, Texts.shown(value)));
    }

    Rejection missing() {
        return reject(RejectionCode.REQUIRED_MISSING, "is required, but is missing");
    }

    /** @param limit in code points */
    Rejection tooLong(String text, int limit) {
        return reject(RejectionCode.TOO_LONG, "has %d characters, %d are allowed".formatted(Texts.length(text), limit));
    }
}
