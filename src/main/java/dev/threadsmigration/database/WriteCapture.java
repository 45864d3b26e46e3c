package dev.threadsmigration.database;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Makes a table put the id of every row that others write into a queue, in the transaction of their write, so that none is
 * missed and none is there that was rolled back. Our own writes are left out.
 */
public interface WriteCapture {

    /** Whether a capture of this name is on for any table, and not disabled. */
    boolean isOn(Connection connection, String name) throws SQLException;

    /** Turns it on for a table, or sees to it that it is as this version makes it; in a transaction of the caller's. */
    void turnOn(Connection connection, String name, TableName table, Column id, Queue queue) throws SQLException;

    /** Has what is written until the end of the transaction queued, although the session is ours. */
    void include(Connection connection) throws SQLException;

    /** Turns it off, on whatever table it is; does nothing where it is on none. */
    void turnOff(Connection connection, String name) throws SQLException;

    /**
     * Where ids go.
     *
     * @param table its name in SQL, with the columns {@code migration}, {@code entity} and {@code record_id}
     * @param migration what the first of them gets
     * @param entity what the second gets
     */
    record Queue(String table, String migration, String entity) {}
}
