package dev.threadsmigration.validation;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** What legacy values mean by the rules' types and words, worked out apart from the transform that it checks. */
final class ExpectedMeaning {

    private static final Set<String> TRUE = Set.of("true", "t", "yes", "y", "on", "1");

    /** As PostgreSQL spells what its driver gives as the last and the first date of each type. */
    private static final Map<Object, String> ENDLESS = Map.of(
            LocalDate.MAX, "infinity",
            LocalDateTime.MAX, "infinity",
            OffsetDateTime.MAX, "infinity",
            LocalDate.MIN, "-infinity",
            LocalDateTime.MIN, "-infinity",
            OffsetDateTime.MIN, "-infinity");

    private static final int MOST_DECIMALS = 16_383;

    private ExpectedMeaning() {}

    /** The meaning of a field's columns; null where there is nothing. */
    static @Nullable Object of(FieldRule rule, List<@Nullable Object> columns) {
        Object value = rule.type() == ValueType.DATE_AND_TIME && columns.size() == 2
                ? dateAndTime(columns.get(0), columns.get(1))
                : joined(columns);
        if (value != null && rule.type() != null) {
            value = of(rule.type(), value);
        }
        return value == null || rule.values().isEmpty() ? value : word(rule.values(), value);
    }

    private static @Nullable Object joined(List<@Nullable Object> columns) {
        if (columns.size() < 2) {
            Object value = columns.isEmpty() ? null : columns.get(0);
            return value instanceof byte[] bytes && bytes.length == 16 ? uuid(bytes) : value;
        }
        return columns.contains(null)
                ? null
                : columns.stream()
                        .map(ExpectedMeaning::plain)
                        .map(part -> part.replace("\u001e", "\u001e0").replace("\u001f", "\u001e1"))
                        .collect(Collectors.joining("\u001f"));
    }

    /** The columns as they stand there, for people; null where all of them are NULL. */
    static @Nullable String written(List<@Nullable Object> columns) {
        List<String> there = columns.stream()
                .filter(Objects::nonNull)
                .map(column -> plain(joined(List.of(column))))
                .toList();
        return there.isEmpty() ? null : String.join(" ", there);
    }

    private static String uuid(byte[] bytes) {
        return HexFormat.of().formatHex(bytes).replaceFirst("(.{8})(.{4})(.{4})(.{4})", "$1-$2-$3-$4-");
    }

    private static @Nullable Object of(ValueType type, Object value) {
        return switch (type) {
            case EPOCH_SECONDS -> epoch(number(value));
            case EPOCH_MILLIS -> epoch(number(value).movePointLeft(3));
            case BOOLEAN -> TRUE.contains(value.toString().strip().toLowerCase(Locale.ROOT));
            case TRIMMED -> value.toString().isBlank() ? null : value.toString().strip();
            case DATE_AND_TIME, JSON, LIST -> value;
        };
    }

    /** @throws ArithmeticException for a number that no date is, and that could not be written out */
    private static BigDecimal number(Object value) {
        BigDecimal number = new BigDecimal(value.toString().strip());
        if (number.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if (number.scale() > MOST_DECIMALS || number.scale() < -MOST_DECIMALS) {
            throw new ArithmeticException("no date");
        }
        return number;
    }

    private static OffsetDateTime epoch(BigDecimal seconds) {
        BigDecimal whole = seconds.setScale(0, RoundingMode.FLOOR);
        long nanos = seconds.subtract(whole).movePointRight(9).longValue();
        return Instant.ofEpochSecond(whole.longValue(), nanos).atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Object dateAndTime(@Nullable Object date, @Nullable Object time) {
        if (date == null) {
            return null;
        }
        LocalDate day = date instanceof LocalDateTime known
                ? known.toLocalDate()
                : LocalDate.parse(date.toString().strip());
        return LocalDateTime.of(
                day,
                time == null
                        ? LocalTime.MIDNIGHT
                        : LocalTime.parse(time.toString().strip()));
    }

    private static @Nullable String word(Map<String, String> values, Object value) {
        String text = plain(value);
        return values.containsKey(text) ? values.get(text) : values.get(text.stripTrailing());
    }

    private static String plain(@Nullable Object value) {
        return value instanceof BigDecimal number ? number.toPlainString() : String.valueOf(value);
    }

    /** A further column of metadata as it must stand there; null where it must not. */
    static @Nullable JsonNode inMetadata(@Nullable ValueType type, Object value) {
        if (type == ValueType.LIST) {
            var list = JsonNodeFactory.instance.arrayNode();
            Arrays.stream(value.toString().split(","))
                    .map(String::strip)
                    .filter(element -> !element.isEmpty())
                    .forEach(list::add);
            return list;
        }
        if (type == ValueType.JSON) {
            return MetadataComparison.parse(value.toString().isBlank() ? "null" : value.toString());
        }
        Object meant = type == null ? value : of(type, value);
        if (meant == null) {
            return null;
        }
        if (ENDLESS.containsKey(meant)) {
            return StringNode.valueOf(ENDLESS.get(meant));
        }
        if (meant instanceof OffsetDateTime time) {
            return StringNode.valueOf(time.toInstant().toString());
        }
        if (meant instanceof byte[] bytes) {
            return StringNode.valueOf(Base64.getEncoder().encodeToString(bytes));
        }
        // Of a decimal, the double that is nearest may be none, too.
        boolean isNone = meant instanceof Double number && !Double.isFinite(number);
        return meant instanceof Number && !isNone || meant instanceof Boolean
                ? MetadataComparison.parse(meant.toString())
                : StringNode.valueOf(meant.toString());
    }
}
