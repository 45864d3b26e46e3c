package dev.threadsmigration.mapping;

import dev.threadsmigration.config.TooLong;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.LegacyRow;
import dev.threadsmigration.model.Rejection;
import dev.threadsmigration.model.RejectionCode;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The values of the columns that the target has beside its fields. */
final class ExtraValues {

    private static final long MOST_INT2 = Short.MAX_VALUE;

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
        Object legacy = sources.get(position).value(row);
        if (legacy == null) {
            return column.nullable() || column.hasDefault() ? null : missing(column);
        }
        return legacy instanceof Rejection ? legacy : converted(column, sources.get(position), legacy);
    }

    private Object converted(Column column, FieldSource source, Object value) {
        Field.Kind kind = ExtraColumn.kindOf(column);
        if (kind == null) {
            throw new IllegalStateException("the preflight lets no column of type " + column.typeName() + " pass");
        }
        return switch (kind) {
            case INSTANT -> named(column, instants.convert(Field.CREATED_AT, value));
            case BOOLEAN -> named(column, Scalars.toBoolean(Field.HELPFUL, value));
            case INTEGER -> number(column, value);
            case ID -> id(column, value);
            default -> text(column, source, value);
        };
    }

    /** Converters speak of a field; here it is a column. */
    private static Object named(Column column, Object converted) {
        return converted instanceof Rejection rejection
                ? new Rejection(
                        rejection.code(),
                        null,
                        column.name()
                                + rejection
                                        .message()
                                        .substring(rejection.message().indexOf(' ')))
                : converted;
    }

    private static Object number(Column column, Object value) {
        try {
            long number = new BigDecimal(value.toString().strip()).longValueExact();
            long most = switch (column.typeName().toLowerCase(java.util.Locale.ROOT)) {
                case "int2", "smallint" -> MOST_INT2;
                case "int8", "bigint" -> Long.MAX_VALUE;
                default -> Integer.MAX_VALUE;
            };
            return number <= most && number >= -most - 1
                    ? number
                    : new Rejection(
                            RejectionCode.NUMBER_OUT_OF_RANGE,
                            null,
                            column.name() + " cannot hold the number " + number);
        } catch (ArithmeticException | NumberFormatException e) {
            return ValueTypes.wrong(null, column.name(), "a whole number", value);
        }
    }

    private static Object id(Column column, Object value) {
        return value instanceof UUID || IdMapping.isUuid(value.toString())
                ? UUID.fromString(value.toString())
                : ValueTypes.wrong(null, column.name(), "a UUID", value);
    }

    private static Object text(Column column, FieldSource source, Object value) {
        if (value instanceof byte[]) {
            return ValueTypes.wrong(null, column.name(), "a text", "binary");
        }
        String text = value.toString();
        Rejection problem = Texts.problem(Field.VALUE, text);
        if (problem != null) {
            return named(column, problem);
        }
        if (column.size() > 0 && Texts.isLonger(text, column.size())) {
            return source.tooLong() == TooLong.TRUNCATE
                    ? Texts.cut(text, column.size())
                    : new Rejection(
                            RejectionCode.TOO_LONG,
                            null,
                            "%s has %d characters, %d are allowed"
                                    .formatted(column.name(), Texts.length(text), column.size()));
        }
        return text;
    }

    private static Rejection missing(Column column) {
        return new Rejection(
                RejectionCode.REQUIRED_MISSING, null, column.name() + " is required by the target, but is missing");
    }
}
