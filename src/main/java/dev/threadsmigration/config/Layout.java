package dev.threadsmigration.config;

import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import java.util.Locale;

/** How the target names its tables and columns. */
public enum Layout {
    /** The documentation's schema: {@code users}, {@code user_id}. */
    SNAKE_CASE,
    /** The package's built-in schema: {@code "user"}, {@code "userId"}. */
    CAMEL_CASE;

    public String table(Entity entity) {
        return this == SNAKE_CASE ? entity.label() : entity.singular();
    }

    public String column(Field field) {
        return this == SNAKE_CASE ? field.label().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT) : field.label();
    }
}
