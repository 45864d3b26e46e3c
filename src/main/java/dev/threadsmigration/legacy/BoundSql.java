package dev.threadsmigration.legacy;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A statement, or a part of one, with the values of its parameters.
 *
 * @param parameters what to bind, in the order of the question marks
 */
record BoundSql(String sql, List<Object> parameters) {

    BoundSql and(BoundSql other) {
        List<Object> all = new ArrayList<>(parameters);
        all.addAll(other.parameters);
        return new BoundSql(sql + " AND " + other.sql, all);
    }

    BoundSql between(String before, String after) {
        return new BoundSql(before + sql + after, parameters);
    }

    void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            statement.setObject(i + 1, parameters.get(i));
        }
    }
}
