package dev.threadsmigration.target;

import dev.threadsmigration.database.Column;
import dev.threadsmigration.database.RowsLeftOutException;
import dev.threadsmigration.database.TableInspector;
import dev.threadsmigration.ledger.MappedRow;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.model.Field;
import dev.threadsmigration.model.TargetRecord;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes records out of the target and keeps them, all columns and their ledger entries, in a table of our own schema, from
 * which they can be put back.
 */
public final class RemovedRecords {

    private final TargetTable table;
    private final String snapshot;
    private final String migration;
    private @Nullable List<String> names;
    private @Nullable List<String> writable;

    /** @param migration whose records these are */
    public RemovedRecords(TargetTable table, String migration) {
        this.table = table;
        this.migration = migration;
        this.snapshot = snapshot(table.entity());
    }

    private static String snapshot(Entity entity) {
        return "threads_migration." + entity.label() + "_rollback";
    }

    /** Makes the table that keeps them, where it is not there yet; with columns that the target got since. */
    public void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!exists(connection, snapshot)) {
                statement.execute("""
                        CREATE TABLE %s AS
                        SELECT t.*, CAST('' AS varchar(64)) AS rollback_migration, CAST('' AS varchar) AS rollback_legacy_id,
                               CAST(0 AS integer) AS rollback_occurrence, CAST(0 AS bigint) AS rollback_content_hash,
                               CAST(0 AS bigint) AS rollback_run_id
                        FROM %s t WHERE 1 = 0""".formatted(snapshot, table.from()));
                String replicated = table.dialect().replicateWithoutKey(snapshot);
                if (replicated != null) {
                    statement.execute(replicated);
                }
            }
        }
        keepAllColumns(connection);
    }

    private void keepAllColumns(Connection connection) throws SQLException {
        List<String> kept = keptColumns(connection);
        try (Statement statement = connection.createStatement()) {
            for (Column column : TableInspector.columns(connection, table.name())) {
                if (!kept.contains(column.name())) {
                    statement.execute("ALTER TABLE %s ADD COLUMN IF NOT EXISTS %s %s"
                            .formatted(
                                    snapshot,
                                    table.dialect().quote(column.name()),
                                    table.dialect().typeOf(column)));
                }
            }
        }
    }

    private List<String> keptColumns(Connection connection) throws SQLException {
        return TableInspector.columns(
                        connection, TableInspector.find(connection, snapshot).orElseThrow())
                .stream()
                .map(Column::name)
                .toList();
    }

    /** The target's columns, quoted; asked for once. */
    private List<String> names(Connection connection) throws SQLException {
        if (names == null) {
            // The target may have got some since the rollback began.
            keepAllColumns(connection);
            names = TableInspector.columns(connection, table.name()).stream()
                    .map(column -> table.dialect().quote(column.name()))
                    .toList();
        }
        return names;
    }

    /** Keeps these rows. */
    public void keep(Connection connection, List<MappedRow> rows, long runId) throws SQLException {
        String type = table.idType();
        List<String> names = names(connection);
        try (PreparedStatement statement = connection.prepareStatement("""
                INSERT INTO %s (%s, rollback_migration, rollback_legacy_id, rollback_occurrence, rollback_content_hash,
                                rollback_run_id)
                SELECT t.%s, ?, c.legacy_id, c.occurrence, c.content_hash, ?
                FROM UNNEST(CAST(? AS %s ARRAY), CAST(? AS varchar ARRAY), CAST(? AS integer ARRAY),
                            CAST(? AS bigint ARRAY)) AS c (id, legacy_id, occurrence, content_hash)
                JOIN %s t ON t.%s = c.id""".formatted(
                        snapshot,
                        String.join(", ", names),
                        String.join(", t.", names),
                        type,
                        table.from(),
                        table.quoted(Field.ID)))) {
            statement.setString(1, migration);
            statement.setLong(2, runId);
            statement.setArray(
                    3,
                    table.idArray(
                            connection, rows.stream().map(MappedRow::newId).toList()));
            statement.setArray(
                    4,
                    connection.createArrayOf(
                            "varchar", rows.stream().map(MappedRow::legacyId).toArray(String[]::new)));
            statement.setArray(
                    5,
                    connection.createArrayOf(
                            "integer", rows.stream().map(MappedRow::occurrence).toArray(Integer[]::new)));
            statement.setArray(
                    6,
                    connection.createArrayOf(
                            "bigint", rows.stream().map(MappedRow::contentHash).toArray(Long[]::new)));
            statement.executeUpdate();
        }
    }

    /** Removes rows; @return how many there were. */
    public int remove(Connection connection, Collection<UUID> ids) throws SQLException {
        try (PreparedStatement statement = table.withIds(
                connection, "DELETE FROM " + table.from() + " WHERE " + table.quoted(Field.ID) + " = ANY(?)", ids)) {
            return statement.executeUpdate();
        }
    }

    /** What is kept for this migration. */
    public KeptRecords kept() {
        return new KeptRecords(table, snapshot, migration);
    }

    /** Puts kept rows back into the target and answers with them. */
    public Map<UUID, TargetRecord> putBack(Connection connection, List<MappedRow> rows) throws SQLException {
        List<UUID> ids = rows.stream().map(MappedRow::newId).toList();
        String columns = writable(connection).stream()
                .map(column -> table.dialect().quote(column))
                .collect(Collectors.joining(", "));
        try (PreparedStatement insert = table.withIds(
                connection,
                "INSERT INTO " + table.from() + " (" + columns + ") "
                        + table.dialect().overriding() + "SELECT " + columns + " FROM " + snapshot + among(),
                ids)) {
            insert.setString(2, migration);
            insert.executeUpdate();
        }
        Map<UUID, TargetRecord> back = new TargetRecords(table).find(connection, ids);
        if (back.size() < ids.size()) {
            throw new RowsLeftOutException(ids.size() - back.size(), ids.size());
        }
        forget(connection, ids);
        return back;
    }

    /** Another migration of the same legacy database keeps rows of the same ids here. */
    private String among() {
        return " WHERE " + table.quoted(Field.ID) + " = ANY(?) AND rollback_migration = ?";
    }

    /** Forgets what is kept of these for this migration. */
    void forget(Connection connection, Collection<UUID> ids) throws SQLException {
        if (exists(connection, snapshot)) {
            try (PreparedStatement delete = table.withIds(connection, "DELETE FROM " + snapshot + among(), ids)) {
                delete.setString(2, migration);
                delete.executeUpdate();
            }
        }
    }

    /** Forgets what is kept of an entity for a migration, and the table when nothing else is in it. */
    public static void purge(Connection connection, Entity entity, String migration) throws SQLException {
        String snapshot = snapshot(entity);
        if (exists(connection, snapshot)) {
            delete(connection, snapshot, "TRUE", migration);
            dropIfEmpty(connection, snapshot);
        }
    }

    /**
     * Forgets rows that an earlier rollback removed and that came back: a later run of the migration wrote or found them, or
     * they are in the target.
     */
    public void forgetReturned(Connection connection) throws SQLException {
        if (!exists(connection, snapshot)) {
            return;
        }
        String id = table.quoted(Field.ID);
        // A duplicate of the removed row that an earlier run found says nothing of what came after.
        delete(
                connection,
                snapshot,
                """
                %s IN (SELECT s.%s FROM %s s JOIN threads_migration.migration_mapping m ON %s = s.%s
                       WHERE m.run_id > s.rollback_run_id AND m.migration = ? AND m.entity = ?)""".formatted(id, id, snapshot, table.asId("m.new_id"), id),
                migration,
                migration,
                table.entity().label());
        delete(connection, snapshot, "%s IN (SELECT t.%s FROM %s t)".formatted(id, id, table.from()), migration);
        dropIfEmpty(connection, snapshot);
    }

    /** @param parameters the migration, and what the condition asks for */
    private static void delete(Connection connection, String snapshot, String condition, String... parameters)
            throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(
                "DELETE FROM " + snapshot + " WHERE rollback_migration = ? AND " + condition)) {
            for (int i = 0; i < parameters.length; i++) {
                delete.setString(i + 1, parameters[i]);
            }
            delete.executeUpdate();
        }
    }

    private static void dropIfEmpty(Connection connection, String snapshot) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet left = statement.executeQuery("SELECT count(*) FROM " + snapshot)) {
            left.next();
            if (left.getLong(1) == 0) {
                statement.execute("DROP TABLE " + snapshot);
            }
        }
    }

    /** The columns that are kept and can be written, asked for once; one that the target got since has no kept value. */
    private List<String> writable(Connection connection) throws SQLException {
        if (writable == null) {
            List<String> kept = keptColumns(connection);
            writable = TableInspector.columns(connection, table.name()).stream()
                    .filter(column -> !column.isComputed())
                    .map(Column::name)
                    .filter(kept::contains)
                    .toList();
        }
        return writable;
    }

    private static boolean exists(Connection connection, String snapshot) throws SQLException {
        return TableInspector.find(connection, snapshot).isPresent();
    }
}
