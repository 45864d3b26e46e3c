package dev.threadsmigration.mapping;

import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import org.jspecify.annotations.Nullable;

/** What a text of the target may hold. */
final class Texts {

    private static final int SHOWN = 80;

    private Texts() {}

    /** Why PostgreSQL could not store the text; null where it can. */
    static @Nullable Rejection problem(Field field, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return new Rejection(
                        RejectionCode.NUL_CHARACTER,
                        field,
                        "%s holds a NUL character at position %d".formatted(field, i + 1));
            }
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    return new Rejection(
                            RejectionCode.LONE_SURROGATE,
                            field,
                            "%s holds half a character (U+%04X) at position %d".formatted(field, (int) c, i + 1));
                }
            }
        }
        return null;
    }

    /** The length in code points, as PostgreSQL counts. */
    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    static boolean isLonger(String text, int limit) {
        return text.length() > limit && length(text) > limit;
    }

    static String cut(String text, int limit) {
        return isLonger(text, limit) ? text.substring(0, text.offsetByCodePoints(0, limit)) : text;
    }

    /** A value as messages show it: short. */
    static String shown(Object value) {
        String text = value.toString();
        return text.length() <= SHOWN ? text : cut(text, SHOWN) + "…";
    }
}
