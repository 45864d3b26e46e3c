package dev.threadsmigration.database;

import java.sql.SQLException;

/** By their states and numbers (the class {@code ErrorCode} of H2). */
final class H2Errors implements ServerErrors {

    private static final int NOT_ENOUGH_RIGHTS = 90096;
    private static final int READ_ONLY = 90097;

    @Override
    public boolean isPassing(SQLException error) {
        String state = error.getSQLState();
        return state != null && (state.startsWith("08") || state.equals("90067") || state.equals("40001"));
    }

    @Override
    public boolean isForbidden(SQLException error) {
        return error.getErrorCode() == NOT_ENOUGH_RIGHTS;
    }

    @Override
    public boolean isReadOnly(SQLException error) {
        return error.getErrorCode() == READ_ONLY;
    }
}
