package dev.threadsmigration.database;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.Set;

/** What a server means by an error. An instance has no state. */
public interface ServerErrors {

    /** The first line of an error, for a person; further ones hold the values. */
    static String inShort(SQLException error) {
        return String.valueOf(error.getMessage()).lines().findFirst().orElse("").strip();
    }

    /** Whether it may go away by itself: the server is away, restarts, or chose us as a deadlock's victim. */
    boolean isPassing(SQLException error);

    /** Whether it is about the data that was sent, so that fewer or other rows might pass. */
    default boolean isAboutData(SQLException error) {
        String state = error.getSQLState();
        // A driver may say so of a value that it cannot read by the type of the error alone.
        return error instanceof SQLDataException || state != null && (state.startsWith("22") || state.startsWith("23"));
    }

    /** Whether the user may not do what was asked for. */
    default boolean isForbidden(SQLException error) {
        return false;
    }

    /** Whether nobody may write there: a replica, or a server, session or file that is read-only. */
    default boolean isReadOnly(SQLException error) {
        return "25006".equals(error.getSQLState());
    }

    /** Whether others were in the way: they kept a lock for too long, or waited for one of ours in turn. */
    default boolean isBlocked(SQLException error) {
        return Set.of("40001", "40P01", "55P03").contains(String.valueOf(error.getSQLState()));
    }

    /** Whether the driver gave up on a result that would have taken more of the memory than it may. */
    default boolean isTooLarge(SQLException error) {
        return false;
    }
}
