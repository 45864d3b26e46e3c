package dev.threadsmigration.config;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What field rules must be, apart from what the databases say to them. */
final class MappingChecks {

    private static final Set<ValueType> DATES =
            EnumSet.of(ValueType.EPOCH_SECONDS, ValueType.EPOCH_MILLIS, ValueType.DATE_AND_TIME);
    private static final Set<ValueType> INSIDE_METADATA = EnumSet.complementOf(EnumSet.of(ValueType.DATE_AND_TIME));

    private MappingChecks() {}

    /** @throws InvalidSettingException for the first rule that cannot be meant */
    static void check(Entity entity, EntityMapping mapping) {
        String path = "mapping." + entity + ".";
        mapping.key().forEach(column -> Settings.check(!column.isBlank(), path + "key", "has an empty column name"));
        mapping.fields().forEach((field, rule) -> {
            String key = path + "fields." + field;
            List<String> known = entity.mappable().stream().map(Field::label).toList();
            Settings.check(
                    entity.mappable().contains(field),
                    key,
                    "is not a field of %s%s They are: %s"
                            .formatted(entity, NearestWord.question(field.label(), known), String.join(", ", known)));
            Settings.check(
                    !entity.requires(field) || !rule.isUnset(),
                    key,
                    "cannot be left out: no %s is without it".formatted(entity.singular()));
            check(key, field, rule);
        });
        mapping.extra().forEach((column, rule) -> checkExtra(path + "extra." + column, rule));
    }

    private static void check(String key, Field field, FieldRule rule) {
        boolean metadata = field.kind() == Field.Kind.METADATA;
        Settings.check(metadata || rule.json() == null, key + ".json", "is for metadata only: say column");
        Settings.check(metadata || rule.types().isEmpty(), key + ".types", "is for metadata only: say type");
        Settings.check(
                rule.type() == null || allowed(field.kind()).contains(rule.type()),
                key + ".type",
                "cannot be %s: %s is %s. Types for it are: %s"
                        .formatted(word(rule.type()), field, word(field.kind()), words(allowed(field.kind()))));
        boolean dateAndTime = rule.type() == ValueType.DATE_AND_TIME;
        Settings.check(
                !dateAndTime || rule.columns().size() == 2,
                key + ".columns",
                "must name two columns for type date-and-time: that of the date, then that of the time");
        Settings.check(
                rule.columns().isEmpty() || metadata || dateAndTime || field.kind() == Field.Kind.ID,
                key + ".columns",
                "is for metadata, ids of several columns and type date-and-time: say column");
        Settings.check(
                rule.values().isEmpty() || !metadata && field.kind() != Field.Kind.INSTANT,
                key + ".values",
                "cannot be given for " + field + ", which is " + word(field.kind()));
        rule.types().forEach((column, type) -> {
            Settings.check(
                    rule.columns().contains(column),
                    key + ".types." + column,
                    "names a column that is not among its columns" + NearestWord.hint(column, rule.columns()));
            Settings.check(
                    INSIDE_METADATA.contains(type),
                    key + ".types." + column,
                    "cannot be " + word(type) + ". Types are: " + words(INSIDE_METADATA));
        });
    }

    private static void checkExtra(String key, FieldRule rule) {
        Settings.check(
                rule.column() != null || rule.constant() != null || rule.defaultValue() != null,
                key,
                "needs a column, a default or a constant");
        Settings.check(
                rule.columns().isEmpty() && rule.json() == null && rule.types().isEmpty(),
                key,
                "takes one column: json, columns and types are for metadata");
    }

    private static Set<ValueType> allowed(Field.Kind kind) {
        return switch (kind) {
            case INSTANT -> DATES;
            case BOOLEAN -> EnumSet.of(ValueType.BOOLEAN);
            case METADATA -> EnumSet.of(ValueType.JSON);
            case ID, TEXT -> EnumSet.of(ValueType.TRIMMED);
            case INTEGER -> EnumSet.noneOf(ValueType.class);
        };
    }

    private static String words(Set<ValueType> types) {
        return types.isEmpty()
                ? "none"
                : String.join(", ", types.stream().map(MappingChecks::word).toList());
    }

    private static String word(Object value) {
        return value == null
                ? ""
                : value instanceof Field.Kind kind
                        ? switch (kind) {
                            case ID -> "an id";
                            case TEXT -> "a text";
                            case INSTANT -> "a date";
                            case METADATA -> "metadata";
                            case BOOLEAN -> "true or false";
                            case INTEGER -> "a whole number";
                        }
                        : AllowedWords.word(value);
    }
}
