package dev.threadsmigration.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each of our sessions with a server begins with. An instance has no state. */
public interface SessionSetup {

    /** Properties of a connection, beside user and password. */
    Map<String, String> properties();

    /** More such properties for a connection to legacy, which is there, and whose columns of any type are read always alike. */
    default Map<String, String> readingProperties() {
        return Map.of();
    }

    /** Properties of a connection whose results may take no more of the memory than this. */
    default Map<String, String> memoryProperties(MemoryShare share) {
        return Map.of();
    }

    /** The URL by which the driver that is in use knows the server, without what we cannot work with. */
    default String url(String jdbcUrl) {
        return jdbcUrl;
    }

    /** The first statement, for what no property does; null: none. */
    default @Nullable String statement() {
        return null;
    }

    /** The level of isolation of all transactions, by its name in {@link java.sql.Connection}; null: the server's own. */
    default @Nullable String isolation() {
        return null;
    }

    /** What a session was to be begun with and was not, by name, since something answers in the server's place. */
    default List<String> leftOut(Connection connection) throws SQLException {
        return List.of();
    }
}
