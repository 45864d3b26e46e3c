package dev.threadsmigration.mapping;

import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** What a text of the target may hold. */
final class Texts {

    private static final int SHOWN = 80;

    private Texts() {}

    /** The text, or a {@link Rejection}. */
    static Object convert(Destination destination, Object value) {
        if (value instanceof byte[]) {
            return destination.reject(RejectionCode.WRONG_TYPE, "must be a text, but is binary");
        }
        String text = value.toString();
        Rejection problem = problem(destination, text);
        return problem == null ? text : problem;
    }

    /** Why PostgreSQL could not store the text; null where it can. */
    static @Nullable Rejection problem(Destination destination, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return destination.reject(RejectionCode.NUL_CHARACTER, "holds a NUL character at position " + (i + 1));
            }
            if (Character.isSurrogate(c)) {
                if (Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1))) {
                    i++;
                } else {
                    return destination.reject(
                            RejectionCode.LONE_SURROGATE,
                            "holds half a character (U+%04X) at position %d".formatted((int) c, i + 1));
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
        String text = value instanceof byte[] bytes ? "0x" + HexFormat.of().formatHex(bytes) : value.toString();
        return text.length() <= SHOWN ? text : cut(text, SHOWN) + "…";
    }
}
