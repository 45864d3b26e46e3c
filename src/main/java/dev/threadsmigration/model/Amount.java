package dev.threadsmigration.model;

import java.util.Locale;

/** How many of something there are, in words. */
public final class Amount {

    private Amount() {}

    /** {@code 1 record}, {@code 2,000 records}. */
    public static String of(long number, String singular) {
        return String.format(Locale.ROOT, "%,d ", number)
                + singular
                + (number == 1 || singular.endsWith("feedback") ? "" : "s");
    }
}
