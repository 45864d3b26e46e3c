package dev.threadsmigration.legacy;

import dev.threadsmigration.database.Column;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** Questions about a legacy table as a whole. */
public final class LegacyDatabase {

    private final DataSource legacy;

    public LegacyDatabase(DataSource legacy) {
        this.legacy = legacy;
    }

    public LegacyRows rows(LegacyTable table) {
        return new LegacyRows(legacy, table);
    }

    /** How many rows there are, those without a key included. */
    public long count(LegacyTable table) throws SQLException {
        return count(table, "1 = 1");
    }

    /** How many rows meet a condition, which is SQL. */
    public long count(LegacyTable table, String condition) throws SQLException {
        return ask(table.count(condition));
    }

    public long countWithoutKey(LegacyTable table) throws SQLException {
        return count(table, table.keyIsNull());
    }

    /** How many rows have NULL in this column. */
    public long countNulls(LegacyTable table, String column) throws SQLException {
        return count(table, nameOf(table, column) + " IS NULL");
    }

    /**
     * How many rows have a text of more characters than {@code limit} in this column.
     *
     * @param blanks whether those count that hold nothing but blanks
     */
    public long countLonger(LegacyTable table, String column, int limit, boolean blanks) throws SQLException {
        String name = nameOf(table, column);
        return count(
                table,
                table.dialect().characters(name) + " > " + limit + (blanks ? "" : " AND TRIM(" + name + ") <> ''"));
    }

    /** How many rows of a table refer through a column to no row of another that is to be moved, by one of its columns. */
    public long countDangling(LegacyTable table, Column reference, LegacyTable referenced, Column id)
            throws SQLException {
        return ask("SELECT count(*) FROM "
                + table.only(reference, table.quoted(reference) + " IS NOT NULL", "referring")
                + " WHERE NOT EXISTS (SELECT 1 FROM " + referenced.only(id, referenced.keyIsThere(), "referenced")
                + " WHERE referenced." + referenced.quoted(id) + " = referring." + table.quoted(reference) + ")");
    }

    /** How many rows share the value of this expression with another one. */
    public long countShared(LegacyTable table, String expression) throws SQLException {
        return ask("SELECT COALESCE(SUM(of_one_value), 0) FROM (SELECT count(*) AS of_one_value"
                + table.fromWhere(table.keyIsThere()) + " GROUP BY " + expression + " HAVING count(*) > 1) shared");
    }

    /** How many keys are spelt in several ways that the database takes for the same. */
    public long countSpeltDifferently(LegacyTable table) throws SQLException {
        String several = table.key().stream()
                .filter(Column::isText)
                .map(column -> "count(DISTINCT " + table.dialect().spelling(column) + ") > 1")
                .collect(Collectors.joining(" OR "));
        return several.isEmpty()
                ? 0
                : ask("SELECT count(*) FROM (SELECT 1 AS one" + table.fromWhere(table.keyIsThere()) + " GROUP BY "
                        + table.quoted(table.key()) + " HAVING " + several + ") spelt");
    }

    /**
     * @param written the columns that are to be changed, none of them of the key
     * @throws SQLException where rows of the table may not be changed, and why; changes nothing
     */
    public void tryToUpdate(LegacyTable table, List<Column> written) throws SQLException {
        String unchanged = Stream.concat(written.stream(), table.changingWith(written).stream())
                .map(table::quoted)
                .map(column -> column + " = " + column)
                .collect(Collectors.joining(", "));
        if (!unchanged.isEmpty()) {
            tryOut("UPDATE " + table.from() + " SET " + unchanged + " WHERE 1 = 0");
        }
    }

    /**
     * @param written the columns that are to be given beside the key
     * @throws SQLException where rows may not be added to the table, and why; changes nothing
     */
    public void tryToInsert(LegacyTable table, List<Column> written) throws SQLException {
        // With all that would be given: MySQL misses a column that must have a value even where there is no row.
        String columns = table.quoted(
                Stream.concat(table.key().stream(), written.stream()).toList());
        tryOut("INSERT INTO " + table.from() + " (" + columns + ") "
                + table.dialect().overriding() + "SELECT " + columns + " FROM " + table.from() + " WHERE 1 = 0");
    }

    /** @throws SQLException where rows of the table may not be deleted, and why; changes nothing */
    public void tryToDelete(LegacyTable table) throws SQLException {
        tryOut("DELETE FROM " + table.from() + " WHERE 1 = 0");
    }

    private void tryOut(String sql) throws SQLException {
        try (Connection connection = legacy.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.executeUpdate();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** Whether the table tells which key it has counted for a new row. */
    public boolean tellsKeys(LegacyTable table) throws SQLException {
        if (table.name() == null) {
            return false;
        }
        try (Connection connection = legacy.getConnection()) {
            return table.dialect().givesInsertedRows(connection, table.name());
        }
    }

    /** A column of the table as SQL. */
    public String nameOf(LegacyTable table, String column) {
        return table.quoted(table.columns().get(table.position(column)));
    }

    private long ask(String sql) throws SQLException {
        try (Connection connection = legacy.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet result = statement.executeQuery()) {
            result.next();
            return result.getLong(1);
        }
    }
}
