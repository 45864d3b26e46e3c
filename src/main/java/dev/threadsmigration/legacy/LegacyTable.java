package dev.threadsmigration.legacy;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.TableName;
import dev.threadsmigration.model.Entity;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one entity in the legacy database: a table or the user's query, as the database was found to be.
 *
 * @param from what stands after FROM
 * @param name of the table; null: the rows come from the user's query, so that none can be written
 * @param where the user's condition; null: all rows
 * @param columns the columns that are read, the key's first
 * @param keyWidth how many of them are the key
 */
public record LegacyTable(
        Entity entity,
        Dialect dialect,
        String from,
        @Nullable TableName name,
        @Nullable String where,
        List<Column> columns,
        int keyWidth) {

    public List<Column> key() {
        return columns.subList(0, keyWidth);
    }

    public List<String> columnNames() {
        return columns.stream().map(Column::name).toList();
    }

    /** The position of a column that is read. */
    public int position(String column) {
        return Column.named(columns, column)
                .map(columns::indexOf)
                .orElseThrow(() -> new IllegalArgumentException(describe() + " has no column " + column));
    }

    /** For people: the table's name, or that it is a query. */
    public String describe() {
        return isQuery() ? "the query of " + entity : from;
    }

    /** Whether the rows come from the user's query, so that none can be written. */
    public boolean isQuery() {
        return name == null;
    }

    /** The columns that the database would change with these unless each is set to what it is. */
    List<Column> changingWith(Collection<Column> written) {
        return columns.stream()
                .filter(column -> dialect.mayChangeByItself(column)
                        && !column.isComputed()
                        && !written.contains(column)
                        && !key().contains(column))
                .toList();
    }

    /** All its rows, also those that the user's condition leaves out. */
    public LegacyTable withoutWhere() {
        return new LegacyTable(entity, dialect, from, name, null, columns, keyWidth);
    }

    /** The same rows, told apart by other columns. */
    public LegacyTable keyedBy(List<Column> others) {
        List<Column> all = Stream.concat(others.stream(), columns.stream().filter(column -> !others.contains(column)))
                .toList();
        return new LegacyTable(entity, dialect, from, name, where, all, others.size());
    }

    /** {@code SELECT columns FROM table WHERE condition}, the user's own condition included. */
    String select(String condition) {
        return "SELECT " + columns.stream().map(dialect::readExpression).collect(Collectors.joining(", "))
                + fromWhere(condition);
    }

    String selectKey(String condition) {
        return "SELECT " + quoted(key()) + fromWhere(condition);
    }

    /**
     * The rows of a range, in key order.
     *
     * @param select all but the condition
     * @param after the key before the first; null: from the first
     * @param upTo the last key, included; null: no end
     * @param passedOver how many of them are left out
     */
    BoundSql page(String select, @Nullable String after, @Nullable String upTo, long passedOver, int rows) {
        // The limit is a constant of the statement: the planner must know it to choose the key's index.
        return KeyCondition.within(this, after, upTo).between(select, orderByKey() + dialect.rows(passedOver, rows));
    }

    String count(String condition) {
        return "SELECT count(*)" + fromWhere(condition);
    }

    String fromWhere(String condition) {
        return " FROM " + from + " WHERE " + condition(condition);
    }

    /**
     * One column of the rows for which a condition is true, to be selected from under a name. Within it the user's condition
     * means what it always means; outside of it the column's name may be that of another table's, too.
     */
    String only(Column column, String condition, String name) {
        return "(SELECT " + quoted(column) + fromWhere(condition) + ") " + name;
    }

    /** A condition beside the user's own. */
    String condition(String condition) {
        return (where == null ? "" : "(" + where + "\n) AND ") + condition;
    }

    String keyIsNull() {
        return key().stream().map(column -> quoted(column) + " IS NULL").collect(Collectors.joining(" OR ", "(", ")"));
    }

    String keyIsThere() {
        return key().stream()
                .map(column -> quoted(column) + " IS NOT NULL")
                .collect(Collectors.joining(" AND ", "(", ")"));
    }

    /** Compares the key with as many parameters. */
    String compareKey(String operator) {
        String parameters = key().stream().map(dialect::parameter).collect(Collectors.joining(", "));
        return keyWidth == 1
                ? keyExpressions() + " " + operator + " " + parameters
                : "(" + keyExpressions() + ") " + operator + " (" + parameters + ")";
    }

    String orderByKey() {
        return " ORDER BY " + keyExpressions();
    }

    private String keyExpressions() {
        return key().stream().map(dialect::keyExpression).collect(Collectors.joining(", "));
    }

    String quoted(Column column) {
        return dialect.quote(column.name());
    }

    String quoted(Collection<Column> some) {
        return some.stream().map(this::quoted).collect(Collectors.joining(", "));
    }
}
