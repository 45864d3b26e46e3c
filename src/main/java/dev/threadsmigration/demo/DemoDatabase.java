package dev.threadsmigration.demo;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Creates the databases that the demo migrates between, both of them embedded H2. */
public final class DemoDatabase {

    private DemoDatabase() {}

    /**
     * Creates both databases, unless the legacy one is complete already, which is when {@code legacy_threads} exists.
     *
     * <p>Safe against a kill at any moment. The first thing made is the table
     * {@value LegacyTables#THREADS_BEING_BUILT}, and the last step, once all else is on disk, gives it its real name.
     * Where that table is found, a creation was interrupted; all of it is dropped and made anew.
     *
     * @param legacy an empty H2 database, or one that this method made
     * @param target an empty H2 database, or the one that was made together with {@code legacy}
     * @throws SQLException when a database refuses, or already holds tables of these names that the demo did not make;
     *     those are left untouched
     */
    public static void createIfAbsent(DataSource legacy, DataSource target) throws SQLException {
        try (Connection legacyConnection = legacy.getConnection()) {
            LegacyTables legacyTables = new LegacyTables(legacyConnection);
            if (legacyTables.areComplete()) {
                return;
            }
            try (Connection targetConnection = target.getConnection()) {
                create(legacyTables, new TargetTables(targetConnection));
            }
        }
    }

    private static void create(LegacyTables legacy, TargetTables target) throws SQLException {
        if (legacy.areBeingBuilt()) {
            target.drop();
            legacy.drop();
        }
        legacy.requireAbsent();
        target.requireAbsent();
        DemoContent content = DemoContent.compose();
        legacy.create();
        target.create();
        target.insert(content.target());
        legacy.insert(content);
        target.writeToDisk();
        legacy.complete();
    }
}
