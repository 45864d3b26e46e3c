package dev.threadsmigration.target;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.model.Field;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes records out of the target for good, and keeps a copy of each, all its columns as JSON. */
public final class RecordRemoval {

    private final TargetTable table;
    private final TargetRecords records;
    private final RemovedRecords earlier;
    private final String migration;
    private final long runId;
    private final Clock clock;
    private @Nullable List<Column> columns;

    /** @param migration whose records these are */
    public RecordRemoval(TargetTable table, String migration, long runId, Clock clock) {
        this.table = table;
        this.records = new TargetRecords(table);
        this.earlier = new RemovedRecords(table, migration);
        this.migration = migration;
        this.runId = runId;
        this.clock = clock;
    }

    /**
     * Removes rows that are there.
     *
     * @return the ids of those that are there still, since a trigger keeps them; no copy of them is kept
     */
    public Set<UUID> remove(Connection connection, List<MappedRow> rows) throws SQLException {
        List<UUID> ids = rows.stream().map(MappedRow::newId).toList();
        copy(connection, rows, ids);
        if (earlier.remove(connection, ids) == rows.size()) {
            return Set.of();
        }
        Set<UUID> stayed = records.find(connection, ids).keySet();
        forgetCopies(connection, stayed);
        return stayed;
    }

    private void copy(Connection connection, List<MappedRow> rows, List<UUID> ids) throws SQLException {
        if (columns == null) {
            columns = TableInspector.columns(connection, table.name());
        }
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO threads_migration.removed_record
                    (migration, entity, legacy_id, occurrence, new_id, record, run_id, removed_at)
                SELECT ?, ?, c.legacy_id, c.occurrence, c.new_id, %s, ?, ?
                FROM UNNEST(CAST(? AS %s ARRAY), CAST(? AS uuid ARRAY), CAST(? AS varchar ARRAY),
                            CAST(? AS integer ARRAY)) AS c (id, new_id, legacy_id, occurrence)
                JOIN %s t ON t.%s = c.id""".formatted(
                table.dialect().rowAsJson("t", columns), table.idType(), table.from(), table.quoted(Field.ID)))) {
            statement.setString(1, migration);
            statement.setString(2, table.entity().label());
            statement.setLong(3, runId);
            statement.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
            statement.setArray(5, table.idArray(connection, ids));
            statement.setArray(6, table.dialect().uuids(connection, ids));
            statement.setArray(
                    7,
                    connection.createArrayOf(
                            "varchar", rows.stream().map(MappedRow::legacyId).toArray(String[]::new)));
            statement.setArray(
                    8,
                    connection.createArrayOf(
                            "integer", rows.stream().map(MappedRow::occurrence).toArray(Integer[]::new)));
            statement.executeUpdate();
        }
    }

    private void forgetCopies(Connection connection, Set<UUID> ids) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("""
                DELETE FROM threads_migration.removed_record
                WHERE migration = ? AND entity = ? AND run_id = ? AND new_id = ANY(?)""")) {
            statement.setString(1, migration);
            statement.setString(2, table.entity().label());
            statement.setLong(3, runId);
            statement.setArray(4, table.dialect().uuids(connection, ids));
            statement.executeUpdate();
        }
    }

    /** Keeps the undoing of an earlier rollback from putting these back. */
    public void forgetSnapshots(Connection connection, List<MappedRow> rows) throws SQLException {
        earlier.forget(connection, rows.stream().map(MappedRow::newId).toList());
    }
}
