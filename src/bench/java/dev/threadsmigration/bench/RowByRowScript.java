package dev.threadsmigration.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A script as it is written first: pages by offset, and for each row a look-up and an insert; a transaction a page. */
final class RowByRowScript {

    private static final int PAGE = 1000;

    private final Connection legacy;
    private final Connection target;

    private RowByRowScript(Connection legacy, Connection target) {
        this.legacy = legacy;
        this.target = target;
    }

    /** @param arguments how many rows */
    public static void main(String[] arguments) throws SQLException {
        Database database = Environment.target();
        // Planned anew each time: a plan from when the table was empty would read all of it for each row.
        Database planning = new Database(database.urlWith("prepareThreshold=0"), database.user(), database.password());
        try (Connection legacy = Environment.legacy().connect();
                Connection target = planning.connect()) {
            target.setAutoCommit(false);
            new RowByRowScript(legacy, target).move(Long.parseLong(arguments[0]));
        }
    }

    private void move(long rows) throws SQLException {
        for (long offset = 0; offset < rows; offset += PAGE) {
            for (LegacyThread thread : page(offset, Math.min(PAGE, rows - offset))) {
                move(thread);
            }
            target.commit();
        }
    }

    private List<LegacyThread> page(long offset, long limit) throws SQLException {
        try (PreparedStatement select = legacy.prepareStatement(
                "SELECT " + LegacyThread.COLUMNS + " FROM legacy_threads ORDER BY id LIMIT ? OFFSET ?")) {
            select.setLong(1, limit);
            select.setLong(2, offset);
            List<LegacyThread> page = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    page.add(LegacyThread.read(rows));
                }
            }
            return page;
        }
    }

    private void move(LegacyThread legacyThread) throws SQLException {
        NewThread thread = NewThread.of(legacyThread);
        if (thread == null || isMoved(legacyThread)) {
            return;
        }
        try (PreparedStatement insert = target.prepareStatement(NewThread.INSERT)) {
            thread.bind(insert);
            insert.executeUpdate();
        }
    }

    private boolean isMoved(LegacyThread thread) throws SQLException {
        try (PreparedStatement lookUp =
                target.prepareStatement("SELECT id FROM threads WHERE metadata ->> 'oldId' = ?")) {
            lookUp.setString(1, Long.toString(thread.legacyId()));
            try (ResultSet found = lookUp.executeQuery()) {
                return found.next();
            }
        }
    }
}
