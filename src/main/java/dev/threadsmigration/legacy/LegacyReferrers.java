package dev.threadsmigration.legacy;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.database.TableInspector.ForeignKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Who in legacy refers to rows of a table: by a foreign key, or only by what the job file says that a column means. */
public final class LegacyReferrers {

    private final LegacyTable table;
    private final List<Reference> known;
    private @Nullable List<Query> queries;

    /** @param known what refers to the table's key, foreign key or not */
    public LegacyReferrers(LegacyTable table, List<Reference> known) {
        this.table = table;
        this.known = known;
    }

    /** Columns of a table that hold keys of ours. */
    public record Reference(LegacyTable from, List<Column> columns) {}

    /** A table that may refer to ours, and the statement that finds a row of it which does, by our key. */
    private record Query(String table, String sql) {}

    /** A table with a row that refers to the one with this key; empty: there is none. */
    public Optional<String> of(Connection connection, String key) throws SQLException {
        for (Query query : queries(connection)) {
            try (PreparedStatement statement = connection.prepareStatement(query.sql())) {
                List<Object> values = LegacyKey.values(key, table.key());
                for (int i = 0; i < values.size(); i++) {
                    statement.setObject(i + 1, values.get(i));
                }
                statement.setMaxRows(1);
                try (ResultSet rows = statement.executeQuery()) {
                    if (rows.next()) {
                        return Optional.of(query.table());
                    }
                }
            }
        }
        return Optional.empty();
    }

    private List<Query> queries(Connection connection) throws SQLException {
        if (queries == null) {
            List<Query> found = new ArrayList<>();
            for (Reference reference : known) {
                if (!reference.from().isQuery() && reference.columns().size() == table.keyWidth()) {
                    found.add(query(
                            reference.from().describe(),
                            reference.from().from(),
                            reference.columns().stream().map(table::quoted).toList(),
                            table.key().stream().map(table::quoted).toList(),
                            IntStream.range(0, table.keyWidth())
                                    .mapToObj(i -> comparable(
                                            table.key().get(i),
                                            reference.columns().get(i)))
                                    .toList()));
                }
            }
            for (ForeignKey key : TableInspector.foreignKeysTo(connection, Objects.requireNonNull(table.name()))) {
                List<String> referred =
                        key.referred().stream().map(table.dialect()::quote).toList();
                found.add(query(
                        key.table().name(),
                        key.table().quoted(table.dialect()),
                        key.columns().stream().map(table.dialect()::quote).toList(),
                        referred,
                        referred.stream().map(LegacyReferrers::ours).toList()));
            }
            queries = found;
        }
        return queries;
    }

    private String comparable(Column key, Column referring) {
        return table.dialect().comparableKey(ours(table.quoted(key)), key, referring);
    }

    private static String ours(String column) {
        return "ours." + column;
    }

    /** @param ours what the columns that refer are compared with */
    private Query query(String name, String from, List<String> columns, List<String> referred, List<String> ours) {
        String same = IntStream.range(0, columns.size())
                .mapToObj(i -> "theirs." + columns.get(i) + " = " + ours.get(i))
                .collect(Collectors.joining(" AND "));
        return new Query(
                name,
                "SELECT 1 FROM " + from + " theirs, (SELECT " + String.join(", ", referred) + " FROM " + table.from()
                        + " WHERE " + table.compareKey("=") + ") ours WHERE " + same);
    }
}
