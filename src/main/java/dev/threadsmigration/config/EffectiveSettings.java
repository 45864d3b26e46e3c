package dev.threadsmigration.config;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings of a run as people may see them: every one that has a value, defaults included, secrets left out. */
public final class EffectiveSettings {

    private static final Set<String> SECRET = Set.of("password", "secret", "token");
    private static final Set<Class<?>> WORDS = Set.of(Limit.class, SampleSize.class, Partitions.class);

    private final Map<String, String> settings = new LinkedHashMap<>();

    private EffectiveSettings() {}

    /** The settings by their keys in the job file, without the leading {@code migration.}. */
    public static Map<String, String> of(MigrationProperties properties) {
        EffectiveSettings effective = new EffectiveSettings();
        effective.add("", properties);
        return effective.settings;
    }

    private void add(String key, @Nullable Object value) {
        if (value == null || value instanceof Collection<?> all && all.isEmpty()) {
            return;
        }
        if (value instanceof Map<?, ?> children) {
            children.forEach((name, child) -> add(join(key, name.toString()), child));
        } else if (value instanceof Record settingsRecord && !WORDS.contains(value.getClass())) {
            for (RecordComponent component : settingsRecord.getClass().getRecordComponents()) {
                if (!isSecret(component.getName())) {
                    add(join(key, KnownKeys.keyOf(component)), read(settingsRecord, component));
                }
            }
        } else {
            settings.put(key, shown(value));
        }
    }

    private static String join(String parent, String key) {
        return parent.isEmpty() ? key : parent + "." + key;
    }

    private static String shown(Object value) {
        if (value instanceof Collection<?> all) {
            return all.stream().map(EffectiveSettings::shown).collect(Collectors.joining(", "));
        }
        if (value instanceof Enum<?>) {
            return AllowedWords.word(value);
        }
        if (value instanceof Duration duration) {
            return Durations.text(duration);
        }
        String text = Objects.toString(value);
        return text.startsWith("jdbc:") ? JdbcUrl.withoutSecrets(text) : text;
    }

    private static @Nullable Object read(Record owner, RecordComponent component) {
        try {
            return component.getAccessor().invoke(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether what is set under a key's last word must not be shown. */
    static boolean isSecret(String word) {
        return SECRET.contains(word);
    }
}
