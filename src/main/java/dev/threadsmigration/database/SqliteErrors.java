package dev.threadsmigration.database;

import java.sql.SQLDataException;
import java.sql.SQLException;
import java.util.Set;

/** By the last byte of their numbers ("Result and Error Codes" of SQLite's documentation). */
final class SqliteErrors implements ServerErrors {

    private static final Set<Integer> BUSY_OR_LOCKED = Set.of(5, 6);
    private static final int READ_ONLY = 8;
    /** Too big, a constraint, a value of another type. */
    private static final Set<Integer> ABOUT_DATA = Set.of(18, 19, 20);

    private static final int PRIMARY_CODE = 0xff;

    @Override
    public boolean isPassing(SQLException error) {
        return BUSY_OR_LOCKED.contains(error.getErrorCode() & PRIMARY_CODE);
    }

    @Override
    public boolean isAboutData(SQLException error) {
        return error instanceof SQLDataException || ABOUT_DATA.contains(error.getErrorCode() & PRIMARY_CODE);
    }

    @Override
    public boolean isReadOnly(SQLException error) {
        return (error.getErrorCode() & PRIMARY_CODE) == READ_ONLY;
    }
}
