package dev.threadsmigration.preflight;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.database.TableName;
import dev.threadsmigration.legacy.LegacyDatabase;
import dev.threadsmigration.legacy.LegacyTable;
import dev.threadsmigration.mapping.MappingRules;
import dev.threadsmigration.model.Amount;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a legacy table can be read page by page in the order of its key, and whether two of its rows may become one id. */
final class KeyChecks {

    private final LegacyDatabase legacy;
    private final Dialect dialect;
    private final List<Check> checks;

    /** @param checks where what was found is added */
    KeyChecks(LegacyDatabase legacy, Dialect dialect, List<Check> checks) {
        this.legacy = legacy;
        this.dialect = dialect;
        this.checks = checks;
    }

    /** @return what rows of one id have in common; empty where the database promises that no two have */
    String check(Connection source, MappingRules rules, @Nullable TableName name) throws SQLException {
        LegacyTable table = rules.table();
        List<String> key = names(table.key());
        List<TableInspector.Index> indexes = name == null ? List.of() : TableInspector.indexes(source, name);
        Set<String> ofSomeRows = name == null ? Set.of() : dialect.indexesOfSomeRows(source, name);
        String about = "legacy " + table.entity() + ": key";
        // Of a query nobody can tell by which index its rows are found, nor make one on it.
        if (name != null
                && indexes.stream()
                        .map(TableInspector.Index::columns)
                        .noneMatch(columns -> columns.size() >= key.size()
                                && columns.subList(0, key.size()).equals(key))) {
            checks.add(Check.note(
                    about,
                    "no index leads with %s, so each page reads the whole table: CREATE INDEX %s ON %s (%s)"
                            .formatted(
                                    String.join(", ", key),
                                    dialect.quote(name.name() + "_" + String.join("_", key)),
                                    table.describe(),
                                    dialect.quoteAll(key))));
        }
        checkBytes(table, about);
        List<List<String>> unique = indexes.stream()
                .filter(index -> index.unique() && !ofSomeRows.contains(index.name()))
                .map(TableInspector.Index::columns)
                .toList();
        // Each index tells values of two types apart that become one text.
        boolean isUntyped = table.key().stream().anyMatch(Column::isUntyped);
        boolean keyIsUnique = unique.contains(key) && !isUntyped;
        // Rows of one key and of different ids would all arrive, and a change be carried back to every one of them.
        boolean mustTellApart =
                name == null || !keyIsUnique && !names(rules.idColumns()).equals(key);
        if (!keyIsUnique
                && name != null
                && (table.key().stream().anyMatch(dialect::mayIgnoreCase) || legacy.countSpeltDifferently(table) > 0)) {
            // A page that ends between two spellings of one key would lose the second.
            checks.add(Check.failed(
                    about,
                    "%s is a text that may count 'a' and 'A' as the same, and no unique index keeps them apart: %s"
                            .formatted(
                                    String.join(", ", key),
                                    "create one, or name another key under migration.mapping." + table.entity()
                                            + ".key")));
        } else if (mustTellApart && legacy.countShared(table, expressions(table.key())) > 0) {
            checks.add(Check.failed(
                    about,
                    "rows of %s share a value of %s, which does not tell them apart: name under"
                                    .formatted(table.describe(), String.join(", ", key))
                            + " migration.mapping.%s.key the columns that tell its rows apart"
                                    .formatted(table.entity())));
        } else if (!unique.contains(key) && name != null) {
            checks.add(Check.note(
                    about,
                    "no unique index on %s, so rows of one key are looked for and rejected as id_repeated"
                            .formatted(String.join(", ", key))));
        }
        return idExpression(rules, unique);
    }

    private void checkBytes(LegacyTable table, String about) throws SQLException {
        for (Column column : table.key()) {
            String condition = dialect.holdsNoKey(column);
            long rows = condition == null ? 0 : legacy.count(table, condition);
            if (rows > 0) {
                checks.add(Check.failed(
                        about,
                        "%s of %s %s bytes in %s by which they are not found again: correct them, or leave them out with migration.mapping.%s.where: NOT (%s)"
                                .formatted(
                                        Amount.of(rows, "row"),
                                        table.describe(),
                                        rows == 1 ? "has" : "have",
                                        column.name(),
                                        table.entity(),
                                        condition)));
            }
        }
    }

    private String idExpression(MappingRules rules, List<List<String>> unique) {
        List<Column> columns = rules.idColumns();
        List<String> names = names(columns);
        if (columns.size() == 1 && columns.get(0).isText()) {
            // Only UUIDs in letters of either case fall together; other ids are told apart by every character.
            String text = dialect.textExpression(columns.get(0));
            return "CASE WHEN %s = 36 THEN LOWER(%s) ELSE %s END".formatted(dialect.characters(text), text, text);
        }
        return unique.contains(names) && columns.stream().noneMatch(Column::isUntyped) ? "" : expressions(columns);
    }

    private String expressions(List<Column> columns) {
        return columns.stream().map(dialect::keyExpression).collect(Collectors.joining(", "));
    }

    private static List<String> names(List<Column> columns) {
        return columns.stream().map(Column::name).toList();
    }
}
