package dev.threadsmigration.config;

import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Name;

/** The keys that a job file may hold, read off the records that it is bound to. */
final class KnownKeys {

    /** The keys by the components' names: they are asked for at every setting, and slow to read off. */
    private static final ClassValue<Map<String, String>> KEYS = new ClassValue<>() {
        @Override
        protected Map<String, String> computeValue(Class<?> owner) {
            return Arrays.stream(owner.getRecordComponents())
                    .collect(Collectors.toMap(RecordComponent::getName, KnownKeys::readKey));
        }
    };

    private KnownKeys() {}

    /** The keys allowed directly under a path such as {@code migration.target}; empty where nothing is known. */
    static Set<String> under(String path) {
        Type type = typeOf(path);
        return type == null ? Set.of() : keys(type);
    }

    /** Whether the setting is a text, or a list of texts. */
    static boolean isText(String path) {
        Type type = typeOf(path);
        return type == String.class
                || type instanceof ParameterizedType list
                        && list.getRawType() == List.class
                        && list.getActualTypeArguments()[0] == String.class;
    }

    /** Whether the keys under a path are texts of the user's. */
    static boolean areTextsUnder(String path) {
        return typeOf(path) instanceof ParameterizedType map
                && map.getRawType() == Map.class
                && map.getActualTypeArguments()[0] == String.class;
    }

    /** What is bound to a path that begins with {@code migration}; null where nothing is. */
    private static @Nullable Type typeOf(String path) {
        String[] parts = path.replace("[", ".").replace("]", "").split("\\.");
        Type type = parts[0].equals(JobFile.PREFIX) ? MigrationProperties.class : null;
        for (int i = 1; i < parts.length && type != null; i++) {
            type = child(type, parts[i]);
        }
        return type;
    }

    private static @Nullable Type child(Type type, String key) {
        if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            return map.getActualTypeArguments()[1];
        }
        if (type instanceof Class<?> owner && owner.isRecord()) {
            return Arrays.stream(owner.getRecordComponents())
                    .filter(component -> keyOf(component).equals(key))
                    .map(RecordComponent::getGenericType)
                    .findFirst()
                    .orElse(null);
        }
        return null;
    }

    private static Set<String> keys(Type type) {
        if (type instanceof ParameterizedType map && map.getRawType() == Map.class) {
            // Keys that are other people's names are not known.
            return map.getActualTypeArguments()[0] instanceof Class<?> key && key.isEnum()
                    ? Set.copyOf(AllowedWords.of(key))
                    : Set.of();
        }
        if (type instanceof Class<?> owner && owner.isRecord()) {
            return Arrays.stream(owner.getRecordComponents())
                    .map(KnownKeys::keyOf)
                    .collect(Collectors.toSet());
        }
        return Set.of();
    }

    static String keyOf(RecordComponent component) {
        return Objects.requireNonNull(KEYS.get(component.getDeclaringRecord()).get(component.getName()));
    }

    private static String readKey(RecordComponent component) {
        Name name = parameter(component).getAnnotation(Name.class);
        return name != null
                ? name.value()
                : component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** The constructor's parameter of a component: Spring's annotations stand there. */
    static Parameter parameter(RecordComponent component) {
        Class<?> owner = component.getDeclaringRecord();
        RecordComponent[] components = owner.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            int position = Arrays.stream(components)
                    .map(RecordComponent::getName)
                    .toList()
                    .indexOf(component.getName());
            return owner.getDeclaredConstructor(types).getParameters()[position];
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("every record has this constructor", e);
        }
    }
}
