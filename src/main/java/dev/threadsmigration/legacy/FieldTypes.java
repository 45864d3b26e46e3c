package dev.threadsmigration.legacy;

import dev.threadsmigration.config.FieldRule;
import dev.threadsmigration.database.Column;
import dev.threadsmigration.model.Field;
import java.sql.Types;
import java.util.Optional;

/** Whether the values of a legacy column can become those of a field at all. */
final class FieldTypes {

    private enum Family {
        TEXT,
        NUMBER,
        DATE,
        BOOLEAN,
        UUID,
        BINARY,
        OTHER
    }

    private FieldTypes() {}

    /** What stands in the way, and how to mend it; empty where values can fit. */
    static Optional<String> problem(Field field, FieldRule rule, String column, Column found) {
        Family family = family(found);
        if (!rule.values().isEmpty() || family == Family.OTHER || family == Family.TEXT) {
            return Optional.empty();
        }
        boolean typed = rule.type() != null;
        boolean inMetadata = rule.columns().contains(column);
        boolean fits = switch (field.kind()) {
            case ID -> family == Family.NUMBER || family == Family.UUID || isBlob(found);
            case TEXT -> family != Family.BINARY;
            case INSTANT -> family == Family.DATE || typed && family == Family.NUMBER;
            case BOOLEAN -> family == Family.BOOLEAN || family == Family.NUMBER;
            case INTEGER -> family == Family.NUMBER;
            case METADATA -> inMetadata;
        };
        return fits
                ? Optional.empty()
                : Optional.of("the column %s is of type %s, which cannot become %s%s"
                        .formatted(found.name(), found.describeType(), field, remedy(field, family)));
    }

    private static String remedy(Field field, Family family) {
        if (field.kind() == Field.Kind.INSTANT && family == Family.NUMBER) {
            return ": say type: epoch-seconds or type: epoch-millis";
        }
        return field.kind() == Field.Kind.METADATA
                ? ": a JSON object is needed; to keep the column under its own name, list it under columns"
                : "";
    }

    /** SQLite's, of which only each value can be judged; a column of just 16 bytes is a UUID's. */
    private static boolean isBlob(Column column) {
        return column.isBinaryUuid() || column.jdbcType() == Types.BLOB;
    }

    private static Family family(Column column) {
        if (column.isText()) {
            return Family.TEXT;
        }
        if (column.isUuid()) {
            return Family.UUID;
        }
        return switch (column.jdbcType()) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Family.NUMBER;
            case Types.NUMERIC, Types.DECIMAL, Types.REAL, Types.FLOAT, Types.DOUBLE -> Family.NUMBER;
            case Types.DATE, Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE -> Family.DATE;
            case Types.BOOLEAN, Types.BIT -> Family.BOOLEAN;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Family.BINARY;
            default -> Family.OTHER;
        };
    }
}
