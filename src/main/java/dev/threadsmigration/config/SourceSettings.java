package dev.threadsmigration.config;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The legacy database.
 *
 * @param url PostgreSQL, MySQL, MariaDB, SQLite or H2, such as {@code jdbc:postgresql://legacy-db/forum}
 * @param username who reads it
 * @param password best a placeholder, such as {@code ${LEGACY_DB_PASSWORD}}; never shown
 * @param timeZone the zone of timestamps that have none
 */
public record SourceSettings(
        String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("UTC") ZoneId timeZone) {

    private static final List<String> DATABASES =
            List.of("jdbc:postgresql:", "jdbc:mysql:", "jdbc:mariadb:", "jdbc:sqlite:", "jdbc:h2:");

    public SourceSettings {
        Settings.require(url, "source.url", "the legacy database, such as jdbc:postgresql://legacy-db/forum");
        Settings.check(
                DATABASES.stream().anyMatch(url::startsWith),
                "source.url",
                "must start with one of " + String.join(", ", DATABASES));
        Settings.checkUrl(url, "source.url");
    }

    @Override
    public String toString() {
        return JdbcUrl.withoutSecrets(url);
    }
}
