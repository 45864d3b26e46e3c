package dev.threadsmigration.mapping;

import dev.threadsmigration.database.EndlessDates;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A legacy date as an instant, to the microsecond. A local time that a clock change repeated means the first of the two;
 * one that it skipped never was, and is rejected.
 */
final class Instants {

    /** The range of PostgreSQL's timestamp. */
    private static final Instant FIRST = LocalDateTime.of(-4713, 11, 24, 0, 0).toInstant(ZoneOffset.UTC);

    private static final Instant END = LocalDateTime.of(294277, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);

    private static final Pattern INFINITY = Pattern.compile("[+-]?infinity", Pattern.CASE_INSENSITIVE);
    private static final Pattern ZERO = Pattern.compile("0000-.*|\\d{4}-(00-\\d\\d|\\d\\d-00).*");
    private static final DateTimeFormatter TEXT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendPattern("['T'][' ']")
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendPattern("[XXX][XX][X]")
            .optionalEnd()
            .toFormatter()
            // 30 February is no date; the default would make it the last of the month.
            .withResolverStyle(ResolverStyle.STRICT);

    private final ZoneId zone;
    /** Of a zone whose clocks never change, such as UTC; null for any other. */
    private final @Nullable ZoneOffset fixedOffset;

    /** @param zone of dates that have none */
    Instants(ZoneId zone) {
        this.zone = zone;
        this.fixedOffset = zone.getRules().isFixedOffset() ? zone.getRules().getOffset(Instant.EPOCH) : null;
    }

    /** An {@link Instant}, or a {@link Rejection}. */
    Object convert(Destination destination, Object value) {
        if (EndlessDates.word(value) != null) {
            return infinite(destination);
        }
        if (value instanceof OffsetDateTime time) {
            return inRange(destination, time.toInstant());
        }
        if (value instanceof LocalDateTime time) {
            return local(destination, time);
        }
        if (value instanceof LocalDate date) {
            return inRange(destination, date.atStartOfDay(zone).toInstant());
        }
        if (value instanceof String text) {
            return parse(destination, text.strip());
        }
        return destination.wrongType("a date", value);
    }

    /** Whether it is one of MySQL's dates that are none: a month or a day is 0. */
    static boolean isZero(String text) {
        return ZERO.matcher(text).matches();
    }

    private Object parse(Destination destination, String text) {
        if (INFINITY.matcher(text).matches()) {
            return infinite(destination);
        }
        if (isZero(text)) {
            return destination.reject(RejectionCode.DATE_ZERO, "is the zero date '" + text + "'");
        }
        try {
            TemporalAccessor parsed = TEXT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return convert(destination, parsed);
        } catch (DateTimeException e) {
            return destination.wrongType("a date", text);
        }
    }

    private Object local(Destination destination, LocalDateTime time) {
        if (fixedOffset != null) {
            return inRange(destination, time.toInstant(fixedOffset));
        }
        if (zone.getRules().getValidOffsets(time).isEmpty()) {
            return destination.reject(RejectionCode.DATE_NONEXISTENT, time + " never was in " + zone);
        }
        return inRange(destination, time.atZone(zone).toInstant());
    }

    private static Object inRange(Destination destination, Instant instant) {
        if (instant.isBefore(FIRST) || !instant.isBefore(END)) {
            return destination.reject(
                    RejectionCode.DATE_OUT_OF_RANGE, instant + " is outside what the target can hold");
        }
        return instant.getNano() % 1000 == 0 ? instant : instant.truncatedTo(ChronoUnit.MICROS);
    }

    private static Rejection infinite(Destination destination) {
        return destination.reject(RejectionCode.DATE_INFINITE, "is infinite");
    }
}
