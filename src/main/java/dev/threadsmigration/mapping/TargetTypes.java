package dev.threadsmigration.mapping;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.model.Field;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which types of the target's columns hold which kind of value, by the names that its driver has for them. */
public final class TargetTypes {

    private static final Map<Field.Kind, Set<String>> NAMES = Map.of(
            Field.Kind.ID, Set.of("uuid", "varchar", "text", "bpchar", "character varying"),
            Field.Kind.TEXT,
                    Set.of("varchar", "text", "bpchar", "citext", "character varying", "character large object"),
            Field.Kind.INSTANT,
                    Set.of("timestamp", "timestamptz", "timestamp with time zone", "timestamp without time zone"),
            Field.Kind.METADATA, Set.of("jsonb", "json", "text", "character varying", "character large object"),
            Field.Kind.BOOLEAN, Set.of("bool", "boolean"),
            Field.Kind.INTEGER, Set.of("int2", "int4", "int8", "smallint", "integer", "bigint"));

    /** Or precision: {@code timestamp(6) with time zone}. */
    private static final Pattern LENGTH = Pattern.compile("\\(.*?\\)");

    /** No type is of two of these. */
    private static final List<Field.Kind> PLAIN =
            List.of(Field.Kind.TEXT, Field.Kind.INSTANT, Field.Kind.BOOLEAN, Field.Kind.INTEGER);

    private TargetTypes() {}

    /** The types that hold values of a kind. */
    public static Set<String> of(Field.Kind kind) {
        return NAMES.getOrDefault(kind, Set.of());
    }

    /** Whether the column holds values of a kind. */
    public static boolean hold(Field.Kind kind, Column column) {
        return kind == Field.Kind.TEXT && column.isCitext()
                || of(kind).contains(LENGTH.matcher(column.typeName().toLowerCase(Locale.ROOT))
                        .replaceAll(""));
    }

    /**
     * What the values are of a column that the target has beside its fields; null where it is of a type that cannot be
     * written.
     */
    public static Field.@Nullable Kind kindOf(Column column) {
        if (column.isUuid()) {
            return Field.Kind.ID;
        }
        return PLAIN.stream().filter(kind -> hold(kind, column)).findFirst().orElse(null);
    }
}
