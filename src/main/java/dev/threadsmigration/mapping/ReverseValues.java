package dev.threadsmigration.mapping;

import com.fasterxml.uuid.impl.UUIDUtil;
import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.ValueType;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.EndlessDates;
import dev.threadsmigration.legacy.LegacyKey;
import dev.threadsmigration.mapping.ReverseMapping.IrreversibleException;
import dev.threadsmigration.model.Field;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Makes a legacy column's value of one of the target, so that the rules make the target's of it again. */
final class ReverseValues {

    /** Of year 999,999,998, behind which no database has a date. */
    private static final long LAST_SECOND =
            LocalDate.of(999_999_998, 1, 1).toEpochDay() * Duration.ofDays(1).toSeconds();

    /** What PostgreSQL's decimals may hold besides numbers, and no other database's. */
    private static final Set<String> NO_NUMBERS = Set.of("NaN", "Infinity", "-Infinity");

    private final ZoneId zone;

    ReverseValues(ZoneId zone) {
        this.zone = zone;
    }

    /** A value of one column. */
    Object of(Field field, FieldRule rule, Object value, Column column) {
        if (!rule.values().isEmpty()) {
            return fitted(field, word(field, rule.values(), value.toString()), column);
        }
        if (value instanceof Instant instant) {
            return date(field, rule.type(), instant, column);
        }
        return column.isUntyped() ? value : fitted(field, value.toString(), column);
    }

    /** The legacy word for one of the target; the first of several that mean the same. */
    private static String word(Field field, Map<String, String> words, String value) {
        return words.entrySet().stream()
                .filter(word -> Objects.equals(word.getValue(), value))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IrreversibleException("its %s is a value for which legacy has no word: it has %s"
                        .formatted(field, String.join(", ", words.keySet()))));
    }

    /** Another record's id, or a part of it. */
    static Object reference(Field field, String id, Column column) {
        return column.isUntyped() ? LegacyKey.untyped(id) : fitted(field, id, column);
    }

    /** The text as a value of this column. */
    static Object fitted(Field field, String text, Column column) {
        try {
            if (column.isUuid()) {
                return UUID.fromString(text);
            }
            if (column.isBinaryUuid()) {
                return UUIDUtil.asByteArray(UUID.fromString(text));
            }
            if (column.jdbcType() == Types.BOOLEAN || column.jdbcType() == Types.BIT) {
                return Boolean.valueOf(text.equals("true") || text.equals("1"));
            }
            if (column.isInteger()) {
                return text.equals("true")
                        ? Long.valueOf(1)
                        : text.equals("false") ? Long.valueOf(0) : Long.valueOf(text);
            }
            if (column.isBinary()) {
                return Base64.getDecoder().decode(text);
            }
            return column.isDecimal() && !NO_NUMBERS.contains(text) ? new BigDecimal(text) : text;
        } catch (IllegalArgumentException e) {
            throw new IrreversibleException(
                    "its %s does not fit the legacy column %s (%s)".formatted(field, column.name(), column.typeName()));
        }
    }

    private Object date(Field field, @Nullable ValueType type, Instant instant, Column column) {
        refuseEndless(field, instant);
        if (type == ValueType.EPOCH_SECONDS || type == ValueType.EPOCH_MILLIS) {
            return epoch(type, instant, column);
        }
        if (column.isInstant()) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (column.jdbcType() == Types.TIMESTAMP) {
            return LocalDateTime.ofInstant(instant, zone);
        }
        if (column.jdbcType() == Types.DATE) {
            return day(instant, column);
        }
        if (column.isText()) {
            return instant.toString();
        }
        throw new IrreversibleException("a date does not fit the legacy column " + column.name());
    }

    /** What a driver reads where a date is infinity; adding a day to it, as drivers do, fails. */
    private static void refuseEndless(Field field, Instant instant) {
        if (Math.abs(instant.getEpochSecond()) > LAST_SECOND) {
            throw new IrreversibleException("its %s is infinity".formatted(field));
        }
    }

    private LocalDate day(Instant instant, Column column) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        if (!local.toLocalDate().atStartOfDay().equals(local)) {
            throw new IrreversibleException(
                    "its date has a time of day, and the legacy column %s has none".formatted(column.name()));
        }
        return local.toLocalDate();
    }

    private static Object epoch(ValueType type, Instant instant, Column column) {
        BigDecimal seconds = BigDecimal.valueOf(instant.getEpochSecond()).add(BigDecimal.valueOf(instant.getNano(), 9));
        BigDecimal number = type == ValueType.EPOCH_SECONDS ? seconds : seconds.movePointRight(3);
        try {
            if (column.isUntyped()) {
                return number.stripTrailingZeros().scale() <= 0
                        ? (Object) number.longValueExact()
                        : number.doubleValue();
            }
            return column.isInteger()
                    ? Long.valueOf(number.longValueExact())
                    : column.isText() ? number.stripTrailingZeros().toPlainString() : number;
        } catch (ArithmeticException e) {
            throw new IrreversibleException("its date %s is finer than the whole numbers of the legacy column %s"
                    .formatted(instant, column.name()));
        }
    }

    /** A text of metadata as a value of a column of dates. Spelt as we spell it a date; whatever else legacy may make of it. */
    private static Object date(String text, Column column) {
        Object endless = EndlessDates.of(text, column);
        if (endless != null) {
            return endless;
        }
        if (Instants.isZero(text)) {
            return text;
        }
        if (!column.isInstant() && column.jdbcType() == Types.TIMESTAMP) {
            return local(text, column);
        }
        try {
            return column.isInstant() ? Instant.parse(text).atOffset(ZoneOffset.UTC) : LocalDate.parse(text);
        } catch (DateTimeException e) {
            return text;
        }
    }

    private static LocalDateTime local(String text, Column column) {
        try {
            return LocalDateTime.parse(text);
        } catch (DateTimeException e) {
            throw new IrreversibleException(
                    "its metadata.%s is no date and time without a zone, such as 2020-02-29T23:59:01, as the legacy column has"
                            .formatted(column.name()));
        }
    }

    /** Spelt as we spell bytes; a SQLite column of bytes may hold a text, too. */
    private static Object bytes(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** A date's two columns: the day, and the time of day. */
    List<Object> dateAndTime(Field field, Instant instant, Column day, Column time) {
        refuseEndless(field, instant);
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        return List.of(
                day.isText() ? local.toLocalDate().toString() : local.toLocalDate(),
                time.isText() ? DateTimeFormatter.ISO_LOCAL_TIME.format(local) : local.toLocalTime());
    }

    /** A further column's value of what metadata has under its name. */
    @Nullable
    Object ofMetadata(@Nullable ValueType type, @Nullable JsonNode value, Column column) {
        if (value == null || value.isNull()) {
            return null;
        }
        if (type == ValueType.JSON) {
            return value.toString();
        }
        if (type == ValueType.LIST && value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(JsonNode::asString)
                    .collect(Collectors.joining(","));
        }
        if (type == ValueType.EPOCH_SECONDS || type == ValueType.EPOCH_MILLIS) {
            try {
                return epoch(type, Instant.parse(value.asString()), column);
            } catch (DateTimeException e) {
                throw new IrreversibleException("its metadata.%s is no date, as the legacy column %s wants it"
                        .formatted(column.name(), column.name()));
            }
        }
        if (value.isObject() || value.isArray()) {
            throw new IrreversibleException(
                    "its metadata.%s has become an object or a list, which the legacy column cannot hold"
                            .formatted(column.name()));
        }
        if (column.isUntyped() && value.isBoolean()) {
            return value.booleanValue();
        }
        if (column.isInstant() || column.jdbcType() == Types.TIMESTAMP || column.jdbcType() == Types.DATE) {
            return date(value.asString(), column);
        }
        if (column.jdbcType() == Types.BLOB && value.isString()) {
            return bytes(value.asString());
        }
        return column.isUntyped() && value.canConvertToLong() && value.isIntegralNumber()
                ? Long.valueOf(value.longValue())
                : fitted(Field.METADATA, value.asString(), column);
    }
}
