package dev.threadsmigration.config;

import dev.threadsmigration.model.Entity;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The new database.
 *
 * @param url PostgreSQL, or H2 for trials, such as {@code jdbc:postgresql://app-db/app}
 * @param username who writes it
 * @param password best a placeholder, such as {@code ${APP_DB_PASSWORD}}; never shown
 * @param layout how its tables and columns are named
 * @param layoutNames names that differ from the layout's, by entity
 * @param createTables whether to create the layout's tables and indexes where they are not there yet
 */
public record TargetSettings(
        String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("snake-case") Layout layout,
        @DefaultValue Map<Entity, LayoutNames> layoutNames,
        @DefaultValue("false") boolean createTables) {

    /** What is said of a URL that {@link #isSupported} refuses. */
    public static final String NOT_SUPPORTED = "must start with jdbc:postgresql: or jdbc:h2:";

    public TargetSettings {
        Settings.require(url, "target.url", "the new database, such as jdbc:postgresql://app-db/app");
        Settings.check(isSupported(url), "target.url", NOT_SUPPORTED);
        Settings.checkUrl(url, "target.url");
    }

    /** Whether the URL is of a database that can be a target. */
    public static boolean isSupported(String url) {
        return url.startsWith("jdbc:postgresql:") || url.startsWith("jdbc:h2:");
    }

    @Override
    public String toString() {
        return JdbcUrl.withoutSecrets(url);
    }
}
