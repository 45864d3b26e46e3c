package dev.threadsmigration.target;

import dev.threadsmigration.database.TargetDialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;

/**
 * Puts rows into the target. Where it refuses some of them, they are halved under savepoints until the refused ones are alone
 * and the others are there.
 */
public final class Halving {

    private Halving() {}

    /** What puts some of the rows there. */
    public interface Work<T> {
        void on(List<T> rows) throws SQLException;
    }

    /** What is done about the one row that the target refused. */
    public interface Refusal<T> {
        void refused(T row, SQLException why) throws SQLException;
    }

    /** What the target says, in one line. */
    public static String message(SQLException why) {
        return String.valueOf(why.getMessage()).strip().replaceAll("\\s*\\n\\s*", "; ");
    }

    public static <T> void put(
            Connection connection, TargetDialect dialect, List<T> rows, Work<T> work, Refusal<T> refusal)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        Savepoint before = connection.setSavepoint();
        try {
            work.on(rows);
            connection.releaseSavepoint(before);
            return;
        } catch (SQLException e) {
            SQLException cause = e.getNextException() == null ? e : e.getNextException();
            if (!dialect.errors().isAboutData(cause)) {
                throw e;
            }
            connection.rollback(before);
            if (rows.size() == 1) {
                refusal.refused(rows.get(0), cause);
                return;
            }
        }
        int middle = rows.size() / 2;
        put(connection, dialect, rows.subList(0, middle), work, refusal);
        put(connection, dialect, rows.subList(middle, rows.size()), work, refusal);
    }
}
