package dev.threadsmigration.config;

import dev.threadsmigration.model.Entity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/** The legacy shapes that come with the tool, each a resource in the form of a job file. */
public final class Presets {

    private static final Pattern OF_FIELD = Pattern.compile("^(migration\\.mapping\\.[^.]+\\.fields\\.[^.]+)\\.");

    static final List<String> NAMES = List.of("legacy-v1", "raw-sql", "prisma", "typeorm");

    private Presets() {}

    public static List<String> names() {
        return NAMES;
    }

    /** Lays the preset that the environment names under everything else that it holds. */
    public static void addTo(ConfigurableEnvironment environment) {
        String name = environment.getProperty("migration.preset", "legacy-v1");
        if (!NAMES.contains(name)) {
            throw new JobFileException("migration.preset: there is no preset '%s'%s%s Presets are: %s"
                    .formatted(
                            name,
                            JobFile.at(environment, "migration.preset"),
                            NearestWord.question(name, NAMES),
                            String.join(", ", NAMES)));
        }
        for (PropertySource<?> source : load(name)) {
            environment.getPropertySources().addLast(withoutUnset(source, environment));
        }
    }

    private static PropertySource<?> withoutUnset(PropertySource<?> preset, ConfigurableEnvironment environment) {
        Map<String, Object> values = new LinkedHashMap<>();
        ((OriginTrackedMapPropertySource) preset).getSource().forEach((key, value) -> {
            if (!isUnset(key, environment)) {
                values.put(key, value);
            }
        });
        return new OriginTrackedMapPropertySource(preset.getName(), values, true);
    }

    private static boolean isUnset(String key, ConfigurableEnvironment environment) {
        Matcher field = OF_FIELD.matcher(key);
        ConfigurationProperty rule = field.find() ? JobFile.find(environment, field.group(1)) : null;
        return rule != null && rule.getValue().toString().isEmpty();
    }

    /** What a preset alone says, so that its columns can be told from those that the job file names. */
    public static Map<Entity, EntityMapping> mapping(String name) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .forEach(source -> environment.getPropertySources().remove(source.getName()));
        load(name).forEach(environment.getPropertySources()::addLast);
        return Binder.get(environment)
                .bind("migration.mapping", Bindable.mapOf(Entity.class, EntityMapping.class))
                .get();
    }

    private static List<PropertySource<?>> load(String name) {
        try {
            return new YamlPropertySourceLoader()
                    .load("preset " + name, new ClassPathResource("presets/" + name + ".yml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
