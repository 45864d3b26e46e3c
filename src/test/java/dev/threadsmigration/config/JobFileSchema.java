package dev.threadsmigration.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.context.properties.bind.DefaultValue;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The JSON Schema of job files, read off the records that they are bound to and their Javadoc. */
final class JobFileSchema {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    /** The keys without which nothing runs; the records' constructors refuse their absence. */
    static final Map<Class<?>, List<String>> REQUIRED = Map.of(
            MigrationProperties.class, List.of("name", "source", "target"),
            SourceSettings.class, List.of("url"),
            TargetSettings.class, List.of("url"));

    private static final String PLACEHOLDER = "\\$\\{.*\\}";

    private JobFileSchema() {}

    static String generate() {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.put("title", "Job file of threads-migration");
        schema.put("type", "object");
        Map<String, ObjectNode> definitions = new TreeMap<>();
        schema.putObject("properties").set("migration", reference(MigrationProperties.class, definitions));
        schema.putArray("required").add("migration");
        ObjectNode named = schema.putObject("$defs");
        definitions.forEach(named::set);
        return JSON.writeValueAsString(schema) + "\n";
    }

    /** Each record once, by its name. */
    private static ObjectNode reference(Class<?> type, Map<String, ObjectNode> definitions) {
        if (!definitions.containsKey(type.getSimpleName())) {
            definitions.put(type.getSimpleName(), JSON.createObjectNode());
            definitions.put(type.getSimpleName(), type.isEnum() ? constants(type) : object(type, definitions));
        }
        return JSON.createObjectNode().put("$ref", "#/$defs/" + type.getSimpleName());
    }

    private static ObjectNode object(Class<?> owner, Map<String, ObjectNode> definitions) {
        ObjectNode schema = JSON.createObjectNode();
        schema.put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        for (RecordComponent component : owner.getRecordComponents()) {
            ObjectNode property = component.getName().equals("preset")
                    ? words(Presets.NAMES)
                    : type(component.getGenericType(), definitions);
            String description = SettingTexts.ofComponent(owner, component.getName());
            if (!description.isEmpty()) {
                property.put("description", description);
            }
            DefaultValue fallback = KnownKeys.parameter(component).getAnnotation(DefaultValue.class);
            if (fallback != null && fallback.value().length == 1) {
                property.put("default", fallback.value()[0]);
            }
            properties.set(KnownKeys.keyOf(component), property);
        }
        if (REQUIRED.containsKey(owner)) {
            REQUIRED.get(owner).forEach(schema.putArray("required")::add);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    private static ObjectNode type(Type type, Map<String, ObjectNode> definitions) {
        if (type instanceof ParameterizedType parameterized) {
            return parameterized.getRawType() == Map.class
                    ? map(parameterized.getActualTypeArguments(), definitions)
                    : list(parameterized.getActualTypeArguments()[0], definitions);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isEnum() || plain.isRecord() && !isWord(plain)) {
            return reference(plain, definitions);
        }
        return switch (plain.getSimpleName()) {
            case "boolean", "Boolean" -> orPlaceholder("boolean");
            case "int", "Integer", "long", "Long" -> orPlaceholder("integer");
            case "String", "Partitions", "Limit", "SampleSize" -> scalar();
            default -> JSON.createObjectNode().put("type", "string");
        };
    }

    /** Records that are written as one word or number. */
    static boolean isWord(Class<?> type) {
        return type == Partitions.class || type == Limit.class || type == SampleSize.class;
    }

    private static ObjectNode map(Type[] arguments, Map<String, ObjectNode> definitions) {
        ObjectNode schema = JSON.createObjectNode().put("type", "object");
        if (arguments[0] instanceof Class<?> key && key.isEnum()) {
            ObjectNode properties = schema.putObject("properties");
            AllowedWords.of(key).forEach(word -> properties.set(word, value(arguments[1], definitions)));
            schema.put("additionalProperties", false);
        } else {
            schema.set("additionalProperties", type(arguments[1], definitions));
        }
        return schema;
    }

    /** In a rule's place may stand nothing, for a field that is not moved. */
    private static ObjectNode value(Type type, Map<String, ObjectNode> definitions) {
        ObjectNode value = type(type, definitions);
        if (type != FieldRule.class) {
            return value;
        }
        ObjectNode schema = JSON.createObjectNode();
        schema.putArray("anyOf").add(value).add(JSON.createObjectNode().put("type", "null"));
        return schema;
    }

    /** A list of one may be written without its brackets. */
    private static ObjectNode list(Type element, Map<String, ObjectNode> definitions) {
        ObjectNode schema = JSON.createObjectNode();
        schema.putArray("anyOf")
                .add(JSON.createObjectNode().put("type", "array").set("items", type(element, definitions)))
                .add(type(element, definitions));
        return schema;
    }

    private static ObjectNode words(Collection<String> words) {
        ObjectNode schema = JSON.createObjectNode();
        words.forEach(schema.withArray("enum")::add);
        return schema;
    }

    /** Editors show what each word means beside it. */
    private static ObjectNode constants(Class<?> type) {
        ObjectNode schema = words(AllowedWords.of(type));
        if (type.getPackage() == MigrationProperties.class.getPackage()) {
            for (Object constant : type.getEnumConstants()) {
                schema.withArray("markdownEnumDescriptions").add(SettingTexts.ofConstant((Enum<?>) constant));
            }
        }
        return schema;
    }

    private static ObjectNode scalar() {
        ObjectNode schema = JSON.createObjectNode();
        List.of("string", "number", "boolean").forEach(schema.putArray("type")::add);
        return schema;
    }

    private static ObjectNode orPlaceholder(String type) {
        ObjectNode schema = JSON.createObjectNode();
        schema.putArray("anyOf")
                .add(JSON.createObjectNode().put("type", type))
                .add(JSON.createObjectNode().put("type", "string").put("pattern", PLACEHOLDER));
        return schema;
    }
}
