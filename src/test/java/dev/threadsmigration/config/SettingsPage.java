package dev.threadsmigration.config;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.context.properties.bind.DefaultValue;

/** The page of all settings, read off the records that a job file is bound to and their Javadoc. */
final class SettingsPage {

    private static final String HEAD = """
            # Every setting of a job file

            This page is generated from the code: change the Javadoc in `src/main/java/dev/threadsmigration/config`, not this
            file. A test compares the two. The same texts are in `jobs/job-file.schema.json`, which editors read.

            All keys stand under `migration:`. Each may also be given on the command line, such as
            `--migration.chunk-size=1000`, or come from a placeholder, such as `${APP_DB_PASSWORD}`. An unknown key, a wrong
            value or a missing one ends with exit code 2 and names the key, its line and what is allowed.
            """;

    private final StringBuilder rows = new StringBuilder();

    private SettingsPage() {}

    static String generate() {
        return HEAD
                + section("Settings", MigrationProperties.class)
                + fields()
                + section("Under `mapping.<entity>`", EntityMapping.class)
                + section(
                        "Under `mapping.<entity>.fields.<field>` and `mapping.<entity>.extra.<column>`",
                        FieldRule.class)
                + "\nExecuted examples of the field rules: [legacy shapes](legacy-shapes.md).\n";
    }

    private static String fields() {
        return Arrays.stream(Entity.values())
                .map(entity -> "| `%s` | %s |%n".formatted(entity, words(labels(entity))))
                .collect(Collectors.joining("", """

                        ## Entities and fields

                        | `<entity>` | `<field>` |
                        |---|---|
                        """, ""));
    }

    private static List<String> labels(Entity entity) {
        return entity.mappable().stream().map(Field::label).toList();
    }

    private static String section(String title, Class<?> type) {
        SettingsPage page = new SettingsPage();
        page.add("", type);
        return "\n## " + title + "\n\n| key | value | default | meaning |\n|---|---|---|---|\n" + page.rows;
    }

    private void add(String prefix, Class<?> owner) {
        for (RecordComponent component : owner.getRecordComponents()) {
            String key = prefix + KnownKeys.keyOf(component);
            if (component.getGenericType() instanceof ParameterizedType map
                    && map.getRawType() == Map.class
                    && map.getActualTypeArguments()[1] == LayoutNames.class) {
                add(key + ".<entity>.", LayoutNames.class);
            } else if (isGroup(component.getType())) {
                add(key + ".", component.getType());
            } else {
                rows.append("| `%s` | %s | %s | %s |%n"
                        .formatted(key, value(component), fallback(owner, component), meaning(owner, component)));
            }
        }
    }

    private static boolean isGroup(Class<?> type) {
        return type.isRecord() && !JobFileSchema.isWord(type);
    }

    private static String value(RecordComponent component) {
        if (component.getName().equals("preset")) {
            return words(Presets.NAMES);
        }
        if (component.getGenericType() instanceof ParameterizedType parameterized) {
            Type[] arguments = parameterized.getActualTypeArguments();
            return parameterized.getRawType() == Map.class
                    ? "by %s: %s"
                            .formatted(arguments[0] == String.class ? "name" : kind(arguments[0]), kind(arguments[1]))
                    : kind(arguments[0]) + ", or a list";
        }
        return component.getType().isEnum() ? words(AllowedWords.of(component.getType())) : kind(component.getType());
    }

    private static String kind(Type type) {
        return switch (((Class<?>) type).getSimpleName()) {
            case "boolean" -> "`true`, `false`";
            case "int", "long", "Integer", "Long" -> "a number";
            case "Partitions" -> "`auto`, a number";
            case "SampleSize" -> "`all`, a number";
            case "Limit" -> "`none`, a number";
            case "String" -> "a text";
            case "Duration" -> "a duration: `90s`, `2m`";
            case "ZoneId" -> "a zone: `Europe/Berlin`";
            case "Path" -> "a path";
            case "UUID" -> "a UUID";
            case "Entity" -> "entity";
            case "Field" -> "field";
            case "ValueType" -> "a word of `type`";
            case "EntityMapping", "FieldRule" -> "see below";
            default -> throw new IllegalArgumentException("say what a person writes for " + type);
        };
    }

    private static String words(Iterable<String> words) {
        return "`" + String.join("`, `", words) + "`";
    }

    private static String fallback(Class<?> owner, RecordComponent component) {
        if (JobFileSchema.REQUIRED.getOrDefault(owner, List.of()).contains(KnownKeys.keyOf(component))) {
            return "required";
        }
        DefaultValue fallback = KnownKeys.parameter(component).getAnnotation(DefaultValue.class);
        return fallback == null || fallback.value().length == 0 ? "" : "`" + fallback.value()[0] + "`";
    }

    private static String meaning(Class<?> owner, RecordComponent component) {
        String meaning = SettingTexts.ofComponent(owner, component.getName());
        if (!component.getType().isEnum()) {
            return meaning;
        }
        String words = Arrays.stream(component.getType().getEnumConstants())
                .map(constant -> (Enum<?>) constant)
                .filter(constant -> !SettingTexts.ofConstant(constant).isEmpty())
                .map(constant -> "`%s`: %s".formatted(AllowedWords.word(constant), SettingTexts.ofConstant(constant)))
                .collect(Collectors.joining("<br>"));
        return words.isEmpty() ? meaning : meaning + "<br>" + words;
    }
}
