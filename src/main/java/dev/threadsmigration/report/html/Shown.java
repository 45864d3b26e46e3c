package dev.threadsmigration.report.html;

import dev.threadsmigration.report.VisibleText;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Values as a person reads them. */
final class Shown {

    private static final int MOST_CHARACTERS = 400;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm:ss", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    private Shown() {}

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String milliseconds(@Nullable Double milliseconds) {
        if (milliseconds == null) {
            return "not timed";
        }
        if (milliseconds < 0.01) {
            return "under 0.01 ms";
        }
        return milliseconds >= 100
                ? number(Math.round(milliseconds)) + " ms"
                : BigDecimal.valueOf(milliseconds).round(new MathContext(2)).toPlainString() + " ms";
    }

    static String percent(long part, long whole) {
        if (whole <= 0 || part <= 0) {
            return "0%";
        }
        double percent = 100.0 * part / whole;
        if (part < whole && percent > 99.9) {
            return "over 99.9%";
        }
        return percent < 0.1 ? "under 0.1%" : String.format(Locale.ROOT, percent < 10 ? "%.1f%%" : "%.0f%%", percent);
    }

    static String time(Instant time) {
        return TIME.format(time) + " UTC";
    }

    static String duration(Duration duration) {
        if (duration.toSeconds() < 60) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return duration.toHours() == 0
                ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
                : "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }

    /** A text of unknown origin and length: what cannot be seen is made visible, what is long is cut. */
    static String text(@Nullable String text) {
        return text == null ? "" : VisibleText.of(cut(text, MOST_CHARACTERS));
    }

    static String cut(String text, int most) {
        int length = text.codePointCount(0, text.length());
        return length <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most)) + "… (" + number(length) + " characters)";
    }

    /** A sentence out of a phrase. */
    static String sentence(String phrase) {
        if (phrase.isEmpty()) {
            return phrase;
        }
        String end = phrase.endsWith(".") ? "" : ".";
        return phrase.substring(0, 1).toUpperCase(Locale.ROOT) + phrase.substring(1) + end;
    }

    static String capitalised(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }
}
