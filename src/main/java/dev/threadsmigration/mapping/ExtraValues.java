package dev.threadsmigration.mapping;

import dev.threadsmigration.config.TooLong;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values of the columns that the target has beside its fields. */
final class ExtraValues {

    private final List<ExtraColumn> columns;
    private final List<FieldSource> sources;
    private final Instants instants;

    /** @param sources one for each column */
    ExtraValues(List<ExtraColumn> columns, List<FieldSource> sources, Instants instants) {
        this.columns = columns;
        this.sources = sources;
        this.instants = instants;
    }

    int size() {
        return columns.size();
    }

    /** The value of one of them, a {@link Rejection}, or null. */
    @Nullable
    Object value(int position, LegacyRow row) {
        Column column = columns.get(position).column();
        FieldSource source = sources.get(position);
        Object legacy = source.value(row);
        if (legacy == null) {
            return column.nullable() || column.hasDefault()
                    ? null
                    : source.destination().missing();
        }
        return legacy instanceof Rejection ? legacy : converted(column, source, legacy);
    }

    private Object converted(Column column, FieldSource source, Object value) {
        Destination destination = source.destination();
        Field.Kind kind = TargetTypes.kindOf(column);
        if (kind == null) {
            throw new IllegalStateException("the preflight lets no column of type " + column.typeName() + " pass");
        }
        return switch (kind) {
            case INSTANT -> instants.convert(destination, value);
            case BOOLEAN -> Scalars.toBoolean(destination, value);
            case INTEGER -> number(column, destination, value);
            case ID -> id(destination, value);
            default -> text(column, source, value);
        };
    }

    private static Object number(Column column, Destination destination, Object value) {
        long most = switch (column.typeName().toLowerCase(Locale.ROOT)) {
            case "int2", "smallint" -> Short.MAX_VALUE;
            case "int8", "bigint" -> Long.MAX_VALUE;
            default -> Integer.MAX_VALUE;
        };
        Object converted = Scalars.toLong(destination, value);
        return converted instanceof Long number && (number > most || number < -most - 1)
                ? destination.reject(RejectionCode.NUMBER_OUT_OF_RANGE, "cannot hold the number " + number)
                : converted;
    }

    private static Object id(Destination destination, Object value) {
        return value instanceof UUID || IdMapping.isUuid(value.toString())
                ? UUID.fromString(value.toString())
                : destination.wrongType("a UUID", value);
    }

    private static Object text(Column column, FieldSource source, Object value) {
        Object converted = Texts.convert(source.destination(), value);
        if (column.size() == 0 || !(converted instanceof String text) || !Texts.isLonger(text, column.size())) {
            return converted;
        }
        return source.tooLong() == TooLong.TRUNCATE
                ? Texts.cut(text, column.size())
                : source.destination().tooLong(text, column.size());
    }
}
