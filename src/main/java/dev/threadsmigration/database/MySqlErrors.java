package dev.threadsmigration.database;

import java.sql.SQLException;
import java.util.Set;

/** By their states, and where these say too little, by their numbers ("Server Error Message Reference" of MySQL's manual). */
final class MySqlErrors implements ServerErrors {

    /** No default for a column, not of its character set, refused by a CHECK. */
    private static final Set<Integer> ABOUT_DATA = Set.of(1364, 1366, 3819);

    /** A server, a transaction and a storage engine that are. The first says so of other options, too, none of which concerns rows. */
    private static final Set<Integer> READ_ONLY = Set.of(1290, 1792, 1836);

    /** To a table, and to a column. */
    private static final Set<Integer> DENIED = Set.of(1142, 1143);

    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int TOO_MANY_CONNECTIONS = 1040;
    private static final int SERVER_SHUTDOWN = 1053;

    @Override
    public boolean isPassing(SQLException error) {
        String state = error.getSQLState();
        return state != null && state.startsWith("08")
                || isBlocked(error)
                || error.getErrorCode() == TOO_MANY_CONNECTIONS
                || error.getErrorCode() == SERVER_SHUTDOWN;
    }

    /** Some say so by a number alone, and a value that an ENUM lacks by a warning's state. */
    @Override
    public boolean isAboutData(SQLException error) {
        String state = error.getSQLState();
        return ServerErrors.super.isAboutData(error)
                || state != null && (state.startsWith("01") || state.startsWith("45")) // 45: raised by a trigger
                || ABOUT_DATA.contains(error.getErrorCode());
    }

    @Override
    public boolean isForbidden(SQLException error) {
        return DENIED.contains(error.getErrorCode());
    }

    @Override
    public boolean isReadOnly(SQLException error) {
        return ServerErrors.super.isReadOnly(error) || READ_ONLY.contains(error.getErrorCode());
    }

    @Override
    public boolean isBlocked(SQLException error) {
        return "40001".equals(error.getSQLState()) || error.getErrorCode() == LOCK_WAIT_TIMEOUT;
    }
}
