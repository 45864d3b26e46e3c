package dev.threadsmigration.config;

import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The legacy database.
 *
 * @param timeZone the zone of timestamps that have none
 */
public record SourceSettings(
        String url,
        @Nullable String username,
        @Nullable String password,
        @DefaultValue("UTC") ZoneId timeZone) {

    public SourceSettings {
        Settings.require(url, "source.url", "the legacy database, such as jdbc:postgresql://legacy-db/forum");
        Settings.check(
                url.startsWith("jdbc:postgresql:") || url.startsWith("jdbc:h2:"),
                "source.url",
                "must start with jdbc:postgresql: or jdbc:h2:");
    }

    @Override
    public String toString() {
        return JdbcUrl.withoutSecrets(url);
    }
}
