package dev.threadsmigration.config;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.springframework.boot.convert.DurationStyle;

/** Durations as a job file has them. */
final class Durations {

    private Durations() {}

    /** In the largest unit that says it exactly: {@code 2m}, {@code 90s}, {@code 500ms}. */
    static String text(Duration duration) {
        return Stream.of(ChronoUnit.MINUTES, ChronoUnit.SECONDS, ChronoUnit.MILLIS)
                .filter(unit -> !duration.isZero() || unit == ChronoUnit.SECONDS)
                .filter(unit -> duration.truncatedTo(unit).equals(duration))
                .findFirst()
                .map(unit -> DurationStyle.SIMPLE.print(duration, unit))
                .orElseGet(duration::toString);
    }
}
