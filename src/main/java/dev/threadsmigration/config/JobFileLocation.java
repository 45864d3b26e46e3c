package dev.threadsmigration.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.PropertyResolver;

/** How Spring is told of a job file. */
public final class JobFileLocation {

    static final String LOCATION = "spring.config.location";
    private static final String FILE = "file:";
    /** Then it is YAML whatever its name ends with. */
    private static final String AS_YAML = "[.yml]";

    private JobFileLocation() {}

    /** The argument that names the place of our own settings, and then this one's. */
    public static String argument(String own, String jobFile) {
        return "--" + LOCATION + "=" + own + "," + jobFile;
    }

    /** A file as such a place. */
    public static String of(Path jobFile) {
        return FILE + jobFile.toAbsolutePath() + AS_YAML;
    }

    /** The job file that Spring was told of; null where it is not a file. */
    static @Nullable Path in(PropertyResolver environment) {
        String locations = environment.getProperty(LOCATION, "");
        int start = locations.lastIndexOf(FILE);
        return start < 0
                ? null
                : Path.of(locations.substring(start + FILE.length()).replace(AS_YAML, ""));
    }
}
