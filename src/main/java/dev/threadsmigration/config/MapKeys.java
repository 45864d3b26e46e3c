package dev.threadsmigration.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;

/**
 * Keeps the keys that are other people's names (columns, values of an enum) as they are written. Spring's binder drops
 * underscores and blanks from the keys of a map unless they stand in brackets, so they are put there.
 */
public final class MapKeys {

    private static final String ENTITY = "^(migration\\.mapping\\.[^.]+";
    private static final Pattern VALUE =
            Pattern.compile(ENTITY + "\\.(?:fields|extra)\\..+\\.(?:values|types))\\.(.+)$");
    private static final Pattern RULE = Pattern.compile(ENTITY + "\\.fields)\\.[^.]+$");
    private static final Pattern EXTRA = Pattern.compile(ENTITY + "\\.extra)\\.([^.\\[]+)\\.");

    private MapKeys() {}

    /** Replaces the sources that came from files. */
    public static void keepIn(ConfigurableEnvironment environment) {
        MutablePropertySources sources = environment.getPropertySources();
        for (PropertySource<?> source : sources) {
            if (source instanceof OriginTrackedMapPropertySource fromFile) {
                sources.replace(source.getName(), kept(fromFile));
            }
        }
    }

    private static MapPropertySource kept(OriginTrackedMapPropertySource source) {
        Map<String, Object> values = new LinkedHashMap<>();
        source.getSource().forEach((key, value) -> {
            if (!isEmptyRule(key, value)) {
                values.put(kept(key), value);
            }
        });
        return new OriginTrackedMapPropertySource(source.getName(), values, true);
    }

    /** A rule that says nothing, {}, would be taken for an empty text, as ~ is; only what is a text comes with its origin. */
    private static boolean isEmptyRule(String key, Object value) {
        return "".equals(value) && RULE.matcher(key).matches();
    }

    static String kept(String key) {
        return EXTRA.matcher(VALUE.matcher(key).replaceFirst("$1[$2]")).replaceFirst("$1[$2].");
    }
}
