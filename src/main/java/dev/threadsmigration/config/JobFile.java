package dev.threadsmigration.config;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.ConverterNotFoundException;
import org.springframework.core.env.Environment;

/** Reads the {@code migration.*} settings, strictly, and says in a person's words what is wrong with them. */
public final class JobFile {

    private static final String PREFIX = "migration";
    private static final Pattern PLACEHOLDER = Pattern.compile("Could not resolve placeholder '([^']*)'");

    private JobFile() {}

    /** @throws JobFileException where a key is unknown or missing, or a value is not allowed */
    public static MigrationProperties read(Environment environment) {
        try {
            return Binder.get(environment)
                    .bind(
                            PREFIX,
                            Bindable.of(MigrationProperties.class),
                            new NoUnboundElementsBindHandler(
                                    org.springframework.boot.context.properties.bind.BindHandler.DEFAULT,
                                    new UnboundElementsSourceFilter()))
                    .orElseThrow(() -> new JobFileException("The job file has no settings under 'migration:'."));
        } catch (BindException e) {
            throw new JobFileException(explain(e), e);
        }
    }

    private static String explain(BindException failure) {
        List<Throwable> causes = causes(failure);
        for (Throwable cause : causes) {
            if (cause instanceof UnboundConfigurationPropertiesException unbound) {
                return unbound.getUnboundProperties().stream()
                        .map(JobFile::explainUnknown)
                        .collect(Collectors.joining("\n"));
            }
            if (cause instanceof InvalidSettingException invalid) {
                return invalid.getMessage() + at(failure.getProperty());
            }
            Matcher placeholder = PLACEHOLDER.matcher(String.valueOf(cause.getMessage()));
            if (placeholder.find()) {
                return "%s uses ${%s}, which is not set%s. Set it as an environment variable or as a property."
                        .formatted(failure.getName(), placeholder.group(1), at(failure.getProperty()));
            }
        }
        ConfigurationProperty property = property(causes);
        String name = property == null
                ? failure.getName().toString()
                : property.getName().toString();
        Object value = property == null ? null : property.getValue();
        return "%s: '%s' is not allowed%s%s %s"
                .formatted(name, value, at(property), hint(value, causes), allowed(causes));
    }

    private static @Nullable ConfigurationProperty property(List<Throwable> causes) {
        ConfigurationProperty innermost = null;
        for (Throwable cause : causes) {
            if (cause instanceof BindException bind && bind.getProperty() != null) {
                innermost = bind.getProperty();
            }
        }
        return innermost;
    }

    private static String explainUnknown(ConfigurationProperty property) {
        String name = property.getName().toString();
        String parent = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : "";
        String key = name.substring(parent.length() + 1);
        Set<String> known = KnownKeys.under(parent);
        return "%s is not a setting%s%s%s"
                .formatted(
                        name,
                        at(property),
                        NearestWord.to(key, known)
                                .map(n -> ", did you mean '" + n + "'?")
                                .orElse("."),
                        known.isEmpty() ? "" : " Known here: " + String.join(", ", new TreeSet<>(known)) + ".");
    }

    private static String hint(@Nullable Object value, List<Throwable> causes) {
        return NearestWord.to(String.valueOf(value), AllowedWords.of(targetType(causes)))
                .map(nearest -> ", did you mean '" + nearest + "'?")
                .orElse(".");
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
            default -> "It must be " + type.getSimpleName() + ".";
        };
    }

    private static String at(@Nullable ConfigurationProperty property) {
        Origin origin = property == null ? null : property.getOrigin();
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
