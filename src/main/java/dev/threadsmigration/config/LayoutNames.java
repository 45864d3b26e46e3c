package dev.threadsmigration.config;

import dev.threadsmigration.model.Field;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Names of the target that differ from its layout.
 *
 * @param table null: the layout's
 * @param columns column names by field
 */
public record LayoutNames(
        @Nullable String table, @DefaultValue Map<Field, String> columns) {}
