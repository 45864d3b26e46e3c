package dev.threadsmigration.config;

import dev.threadsmigration.model.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Names of the target that differ from its layout.
 *
 * @param table the table's name; null: the layout's
 * @param columns the columns' names by field; null: the layout's
 */
public record LayoutNames(
        @Nullable String table, @DefaultValue Map<Field, String> columns) {}
