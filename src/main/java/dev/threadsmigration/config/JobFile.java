package dev.threadsmigration.config;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PlaceholdersResolver;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.PropertySourceOrigin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConverterNotFoundException;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.util.PropertyPlaceholderHelper;

/** Reads the {@code migration.*} settings, strictly, and says in a person's words what is wrong with them. */
public final class JobFile {

    static final String PREFIX = "migration";
    private static final Pattern PLACEHOLDER = Pattern.compile("Could not resolve placeholder '([^']*)'");

    private JobFile() {}

    /**
     * The settings of a file, for an application of its own; placeholders are its system properties and environment variables.
     *
     * @throws JobFileException as {@link #read(Environment)}
     */
    public static MigrationProperties read(Path file) {
        if (!Files.isReadable(file)) {
            throw new JobFileException("There is no job file %s that can be read.".formatted(file.toAbsolutePath()));
        }
        JobFileSyntax.check(file);
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource("job file", Map.of(JobFileLocation.LOCATION, JobFileLocation.of(file))));
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        Presets.addTo(environment);
        return read(environment);
    }

    /** @throws JobFileException where a key is unknown or missing, or a value is not allowed */
    public static MigrationProperties read(Environment environment) {
        try {
            return new Binder(ConfigurationPropertySources.get(environment), strict(environment))
                    .bind(
                            PREFIX,
                            Bindable.of(MigrationProperties.class),
                            new NoUnboundElementsBindHandler(new UnitsBindHandler(), new UnboundElementsSourceFilter()))
                    .orElseThrow(() -> new JobFileException("The job file has no settings under 'migration:'."));
        } catch (BindException e) {
            throw new JobFileException(explain(e, environment), e);
        }
    }

    /**
     * Boot's own resolver takes a placeholder that is not set for a value, and so for a password. And its conversions cut a
     * fraction off where a whole number is wanted, unless it is still a text.
     */
    static PlaceholdersResolver strict(Environment environment) {
        PlaceholdersResolver placeholders = new PropertySourcesPlaceholdersResolver(
                ((ConfigurableEnvironment) environment).getPropertySources(),
                new PropertyPlaceholderHelper("${", "}", ":", '\\', false));
        return value -> placeholders.resolvePlaceholders(value instanceof Double ? value.toString() : value);
    }

    private static String explain(BindException failure, Environment environment) {
        List<Throwable> causes = causes(failure);
        for (Throwable cause : causes) {
            if (cause instanceof UnboundConfigurationPropertiesException unbound) {
                return unbound.getUnboundProperties().stream()
                        .map(JobFile::explainUnknown)
                        .collect(Collectors.joining("\n"));
            }
            if (cause instanceof InvalidSettingException invalid) {
                return invalid.getMessage() + at(find(environment, invalid.key()));
            }
            Matcher placeholder = PLACEHOLDER.matcher(String.valueOf(cause.getMessage()));
            if (placeholder.find()) {
                return "%s uses ${%s}, which is not set%s. Set it as an environment variable or as a property."
                        .formatted(name(causes), placeholder.group(1), at(find(environment, name(causes))));
            }
        }
        String name = name(causes);
        ConfigurationProperty property = find(environment, name);
        for (Throwable cause : causes) {
            if (cause instanceof ConversionFailedException conversion
                    && (conversion.getTargetType().getType() == Entity.class
                            || conversion.getTargetType().getType() == Field.class)
                    && (property == null || !conversion.getValue().equals(property.getValue()))) {
                return "%s is not allowed as a key%s%s %s"
                        .formatted(
                                conversion.getValue(),
                                at(below(environment, String.valueOf(conversion.getValue()))),
                                hint(conversion.getValue(), causes),
                                allowed(causes));
            }
        }
        Object value = property == null ? null : property.getValue();
        return "%s: '%s' is not allowed%s%s %s"
                .formatted(name, value, at(property), hint(value, causes), allowed(causes));
    }

    /** The innermost key that could not be bound. */
    private static String name(List<Throwable> causes) {
        String innermost = PREFIX;
        for (Throwable cause : causes) {
            if (cause instanceof BindException bind) {
                ConfigurationProperty property = bind.getProperty();
                innermost = (property == null ? bind.getName() : property.getName()).toString();
            }
        }
        return innermost;
    }

    static @Nullable ConfigurationProperty find(Environment environment, String name) {
        ConfigurationPropertyName key = ConfigurationPropertyName.adapt(name, '.');
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            ConfigurationProperty property = source.getConfigurationProperty(key);
            if (property != null) {
                return property;
            }
        }
        return null;
    }

    /** A setting with this word in its key. */
    private static @Nullable ConfigurationProperty below(Environment environment, String word) {
        for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
            if (source instanceof IterableConfigurationPropertySource iterable) {
                for (ConfigurationPropertyName key : iterable) {
                    for (int i = 0; i < key.getNumberOfElements(); i++) {
                        if (key.getElement(i, ConfigurationPropertyName.Form.ORIGINAL)
                                .equals(word)) {
                            return iterable.getConfigurationProperty(key);
                        }
                    }
                }
            }
        }
        return null;
    }

    /** Where a setting was made, in parentheses; empty where that cannot be said. */
    static String at(Environment environment, String name) {
        return at(find(environment, name));
    }

    private static String explainUnknown(ConfigurationProperty property) {
        String whole = property.getName().toString();
        String name = firstUnknown(whole);
        String parent = name.substring(0, Math.max(0, name.lastIndexOf('.')));
        String key = name.substring(parent.length() + 1);
        Set<String> known = KnownKeys.under(parent);
        if (known.stream().anyMatch(key::equalsIgnoreCase)) {
            return "%s has no value%s: give it one, or take the line out".formatted(name, at(property));
        }
        return "%s is not a setting%s%s%s"
                .formatted(
                        name,
                        at(property),
                        NearestWord.question(key, known),
                        known.isEmpty() ? "" : " Known here: " + String.join(", ", new TreeSet<>(known)) + ".");
    }

    /** A key that is in no place where anything is known is not wrong itself, but the one that it stands under. */
    private static String firstUnknown(String whole) {
        for (int end = whole.indexOf('.'); end >= 0; end = whole.indexOf('.', end + 1)) {
            int next = whole.indexOf('.', end + 1);
            String name = next < 0 ? whole : whole.substring(0, next);
            Set<String> known = KnownKeys.under(whole.substring(0, end));
            String key = name.substring(end + 1);
            // Spring has put it into lower case.
            if (!known.isEmpty() && known.stream().noneMatch(key::equalsIgnoreCase)) {
                return name;
            }
        }
        return whole;
    }

    private static String hint(@Nullable Object value, List<Throwable> causes) {
        return NearestWord.question(String.valueOf(value), AllowedWords.of(targetType(causes)));
    }

    private static String allowed(List<Throwable> causes) {
        Class<?> type = targetType(causes);
        return type == null ? String.valueOf(causes.get(causes.size() - 1).getMessage()) : expected(type);
    }

    /** What a value was to become; null where that was not the problem. */
    private static @Nullable Class<?> targetType(List<Throwable> causes) {
        for (Throwable cause : causes) {
            if (cause instanceof ConversionFailedException conversion) {
                return conversion.getTargetType().getType();
            }
            if (cause instanceof ConverterNotFoundException missing) {
                return missing.getTargetType().getType();
            }
        }
        return null;
    }

    private static String expected(Class<?> type) {
        if (type.isEnum()) {
            String what =
                    type == Entity.class ? "Entities are: " : type == Field.class ? "Fields are: " : "Allowed are: ";
            return what + String.join(", ", AllowedWords.of(type)) + ".";
        }
        return switch (type.getSimpleName()) {
            case "int", "Integer", "long", "Long" -> "It must be a whole number.";
            case "boolean", "Boolean" -> "It must be true or false.";
            case "Duration" -> "It must be a duration such as 30s, 2m or 1h.";
            case "ZoneId" -> "It must be a time zone such as UTC or Europe/Berlin.";
            case "UUID" -> "It must be a UUID.";
            case "Partitions" -> "It must be auto or a number from 1 to 64.";
            case "SampleSize" -> "It must be all or a number above 0.";
            case "FieldRule" ->
                "It must be a rule such as { column: subject }, or ~ for a field that is not to be moved.";
            case "Limit" -> "It must be none or a number above 0.";
            default -> "It must be " + type.getSimpleName() + ".";
        };
    }

    private static String at(@Nullable ConfigurationProperty property) {
        return at(property == null ? null : property.getOrigin());
    }

    /** A place, in parentheses; empty where it is not known. */
    static String at(@Nullable Origin place) {
        Origin origin = place;
        if (origin instanceof PropertySourceOrigin wrapper && wrapper.getOrigin() != null) {
            origin = wrapper.getOrigin();
        }
        if (origin instanceof TextResourceOrigin text && text.getLocation() != null && text.getResource() != null) {
            return " (%s, line %d)"
                    .formatted(
                            text.getResource().getFilename(), text.getLocation().getLine() + 1);
        }
        return origin == null ? "" : " (" + origin + ")";
    }

    private static List<Throwable> causes(Throwable failure) {
        List<Throwable> causes = new ArrayList<>();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            causes.add(cause);
        }
        return causes;
    }
}
