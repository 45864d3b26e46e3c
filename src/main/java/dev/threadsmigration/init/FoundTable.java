package dev.threadsmigration.init;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.TableName;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of the legacy database.
 *
 * @param references the table that each column with a foreign key refers to
 * @param numbers a number, not 0, that a column was seen to hold
 */
record FoundTable(
        TableName name,
        List<Column> columns,
        List<String> primaryKey,
        Map<String, String> references,
        Map<String, BigDecimal> numbers) {

    Optional<Column> column(String wanted) {
        return Column.named(columns, wanted);
    }

    /** The column whose foreign key leads to a table. */
    Optional<String> referenceTo(FoundTable other) {
        return references.entrySet().stream()
                .filter(reference -> reference.getValue().equals(other.name().name()))
                .map(Map.Entry::getKey)
                .findFirst();
    }
}
