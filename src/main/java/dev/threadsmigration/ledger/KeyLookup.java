package dev.threadsmigration.ledger;

import dev.threadsmigration.database.TargetDialect;
import dev.threadsmigration.model.Entity;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;

/** Finds the current migration's rows of one of our tables by many keys at once. */
final class KeyLookup {

    private final JdbcTemplate jdbc;
    private final TargetDialect dialect;
    private final CurrentRun run;
    private final String table;

    KeyLookup(DataSource target, TargetDialect dialect, CurrentRun run, String table) {
        this.jdbc = new JdbcTemplate(target);
        this.dialect = dialect;
        this.run = run;
        this.table = table;
    }

    /**
     * Hands out every row of an entity whose column holds one of the keys.
     *
     * @param columns what to select of the table, which is called {@code m}
     * @param type the keys' type in SQL
     * @param keys texts as a {@code String[]}, which PostgreSQL's driver sends in binary
     */
    void query(String columns, Entity entity, String column, String type, Object[] keys, RowCallbackHandler row) {
        jdbc.query(
                connection -> {
                    var statement = connection.prepareStatement("SELECT " + columns + " FROM "
                            + dialect.rowsAmong(table, column, type) + " AND m.migration = ? AND m.entity = ?");
                    statement.setArray(1, connection.createArrayOf(type, keys));
                    statement.setString(2, run.migration());
                    statement.setString(3, entity.label());
                    return statement;
                },
                row);
    }

    /** One column of every row of an entity that is about this legacy id. */
    <T> List<T> ofLegacyId(String column, Class<T> type, Entity entity, String legacyId) {
        List<T> found = new ArrayList<>(1);
        query(
                "m." + column,
                entity,
                "legacy_id",
                "varchar",
                new String[] {legacyId},
                result -> found.add(result.getObject(1, type)));
        return found;
    }

    /** Whether there is any row of an entity. */
    boolean any(Entity entity) {
        String sql = "SELECT 1 FROM " + table + " WHERE migration = ? AND entity = ? LIMIT 1";
        return !jdbc.queryForList(sql, run.migration(), entity.label()).isEmpty();
    }
}
