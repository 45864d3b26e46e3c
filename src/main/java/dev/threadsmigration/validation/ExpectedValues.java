package dev.threadsmigration.validation;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.config.TooLong;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.mapping.ExtraColumn;
import dev.threadsmigration.mapping.IdRules;
import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.mapping.TargetTypes;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the target must hold for a legacy row, worked out from the transform's rules alone. */
final class ExpectedValues {

    private static final String UUID_SHAPE = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";

    private final MappingRules rules;
    private final Map<Field, Source> sources = new EnumMap<>(Field.class);
    private final Map<String, Source> extras = new HashMap<>();
    private final IdRules ids;
    private final ZoneId zone;

    ExpectedValues(MappingRules rules, IdRules ids, ZoneId zone) {
        this.rules = rules;
        this.ids = ids;
        this.zone = zone;
        rules.rules().forEach((field, rule) -> sources.put(field, source(rule)));
        rules.extras().forEach(extra -> extras.put(extra.column().name(), source(extra.rule())));
    }

    private Source source(FieldRule rule) {
        return new Source(
                rule,
                rule.columnsRead().stream().mapToInt(rules.table()::position).toArray());
    }

    /** A rule with the positions of the columns that it reads, which are looked up once and not for each row. */
    private record Source(FieldRule rule, int[] positions) {}

    /** What legacy has for a field; null where it has nothing. */
    @Nullable
    Object legacyValue(Field field, LegacyRow row) {
        return legacyValue(sources.get(field), row);
    }

    private static @Nullable Object legacyValue(@Nullable Source source, LegacyRow row) {
        if (source == null || source.rule().constant() != null) {
            return source == null ? null : source.rule().constant();
        }
        return ExpectedMeaning.of(source.rule(), columns(source, row));
    }

    private static List<@Nullable Object> columns(Source source, LegacyRow row) {
        @Nullable Object[] columns = new Object[source.positions().length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = row.value(source.positions()[i]);
        }
        return Arrays.asList(columns);
    }

    /** A field's columns as they stand in legacy, whether or not they mean anything; null where they hold nothing. */
    @Nullable
    String written(Field field, LegacyRow row) {
        return written(sources.get(field), row);
    }

    /** The same for a column beside the fields. */
    @Nullable
    String written(ExtraColumn extra, LegacyRow row) {
        return written(extras.get(extra.column().name()), row);
    }

    private static @Nullable String written(@Nullable Source source, LegacyRow row) {
        if (source == null || source.rule().constant() != null) {
            return source == null ? null : source.rule().constant();
        }
        return ExpectedMeaning.written(columns(source, row));
    }

    /**
     * What the target must have: a {@link String} for ids and texts, a {@link LocalDateTime} in UTC, a {@link Boolean}, a
     * {@link Long}, or null. Not for metadata.
     *
     * @param longest the longest text that is left whole
     */
    @Nullable
    Object expected(Field field, LegacyRow row, int longest) {
        FieldRule rule = rules.rules().get(field);
        Object value = given(rule, legacyValue(field, row));
        if (value == null) {
            return field == Field.UPDATED_AT ? expected(Field.CREATED_AT, row, longest) : null;
        }
        return switch (field.kind()) {
            case ID -> value instanceof UUID ? value.toString() : id(field, idText(value));
            case TEXT -> text(value.toString(), rule, longest);
            case INSTANT -> utc(value);
            case BOOLEAN -> truth(value);
            case INTEGER -> whole(value);
            case METADATA -> throw new IllegalArgumentException("metadata is compared by its own rules");
        };
    }

    /** What the target must have in a column beside the fields, of the same types. */
    @Nullable
    Object expected(ExtraColumn extra, LegacyRow row) {
        Object value = given(extra.rule(), legacyValue(extras.get(extra.column().name()), row));
        if (value == null) {
            return null;
        }
        int size = extra.column().size();
        return switch (Objects.requireNonNull(TargetTypes.kindOf(extra.column()))) {
            case ID -> value.toString().toLowerCase(Locale.ROOT);
            case TEXT, METADATA ->
                filled(extra.column(), text(value.toString(), extra.rule(), size > 0 ? size : Integer.MAX_VALUE));
            case INSTANT -> utc(value);
            case BOOLEAN -> truth(value);
            case INTEGER -> whole(value);
        };
    }

    private static @Nullable Object given(@Nullable FieldRule rule, @Nullable Object value) {
        String fallback = rule == null ? null : rule.defaultValue();
        return fallback != null && (value == null || value.toString().isBlank()) ? fallback : value;
    }

    private static Long whole(Object value) {
        return new BigDecimal(value.toString().strip()).longValueExact();
    }

    /** A CHAR(n) is filled up with blanks. */
    private static String filled(Column column, String text) {
        int missing = column.size() - text.codePointCount(0, text.length());
        return column.typeName().equals("bpchar") && missing > 0 ? text + " ".repeat(missing) : text;
    }

    private static String text(String value, @Nullable FieldRule rule, int longest) {
        if (value.length() <= longest || rule == null || rule.tooLong() != TooLong.TRUNCATE) {
            return value;
        }
        int[] characters = value.codePoints().limit(longest).toArray();
        return new String(characters, 0, characters.length);
    }

    private static @Nullable Boolean truth(Object value) {
        String text = value.toString().strip().toLowerCase(Locale.ROOT);
        if (text.equals("true") || text.equals("t") || text.equals("1")) {
            return true;
        }
        return text.equals("false") || text.equals("f") || text.equals("0") ? false : null;
    }

    /** 7.0 is the id 7, as far as doubles tell whole numbers apart. */
    private static String idText(Object value) {
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof Double number && number % 1 == 0 && Math.abs(number) <= 9_007_199_254_740_991.0
                ? Long.toString(number.longValue())
                : value.toString();
    }

    private String id(Field field, String legacyId) {
        if (isUuid(legacyId)) {
            return legacyId.toLowerCase(Locale.ROOT);
        }
        Entity named = field == Field.ID
                ? rules.entity()
                : field == Field.USER_ID ? Entity.USERS : field == Field.THREAD_ID ? Entity.THREADS : null;
        if (named == null) {
            return nameBased("organizations:" + legacyId);
        }
        UUID adopted = ids.adopted().of(named, legacyId);
        return adopted == null ? nameBased(named.label() + ":" + legacyId) : adopted.toString();
    }

    private static boolean isUuid(String text) {
        if (text.length() != UUID_SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean fits = UUID_SHAPE.charAt(i) == '-' ? c == '-' : c < 128 && HexFormat.isHexDigit(c);
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    /** RFC 9562, 5.5: SHA-1 of namespace and name, 16 bytes of it, with version 5 and the variant's two bits set. */
    private String nameBased(String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(HexFormat.of().parseHex(ids.namespace().toString().replace("-", "")));
            byte[] hash = sha1.digest(name.getBytes(StandardCharsets.UTF_8));
            hash[6] = (byte) (hash[6] & 0x0f | 0x50);
            hash[8] = (byte) (hash[8] & 0x3f | 0x80);
            String hex = HexFormat.of().formatHex(hash, 0, 16);
            return String.join(
                    "-",
                    hex.substring(0, 8),
                    hex.substring(8, 12),
                    hex.substring(12, 16),
                    hex.substring(16, 20),
                    hex.substring(20));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    private @Nullable LocalDateTime utc(Object value) {
        ZonedDateTime time = null;
        if (value instanceof OffsetDateTime offset) {
            time = offset.toZonedDateTime();
        } else if (value instanceof LocalDateTime local) {
            time = ZonedDateTime.ofLocal(local, zone, null);
        } else if (value instanceof LocalDate date) {
            time = date.atStartOfDay(zone);
        } else if (value instanceof String text) {
            return parsed(text.strip());
        }
        return time == null
                ? null
                : time.withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime().truncatedTo(ChronoUnit.MICROS);
    }

    private @Nullable LocalDateTime parsed(String text) {
        String iso = text.replaceFirst(" ", "T");
        if (iso.indexOf('T') < 0) {
            return utc(LocalDate.parse(iso));
        }
        boolean zoned = iso.matches(".*(Z|[+-]\\d\\d(:?\\d\\d)?)$");
        String complete = iso.replaceFirst("([+-]\\d\\d)(\\d\\d)$", "$1:$2").replaceFirst("([+-]\\d\\d)$", "$1:00");
        return zoned ? utc(OffsetDateTime.parse(complete)) : utc(LocalDateTime.parse(iso));
    }
}
