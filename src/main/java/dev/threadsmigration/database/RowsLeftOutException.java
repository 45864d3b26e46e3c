package dev.threadsmigration.database;

import java.sql.SQLException;

/** A table took rows without an error, and did not keep all of them: a trigger or a rule passes over some. */
public final class RowsLeftOutException extends SQLException {

    private static final long serialVersionUID = 1L;

    private static final String INTEGRITY_VIOLATION = "23000";

    public RowsLeftOutException(long leftOut, long given) {
        super(
                "%d of %d rows were left out: does a trigger keep them out?".formatted(leftOut, given),
                INTEGRITY_VIOLATION);
    }
}
