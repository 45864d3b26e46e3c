package dev.threadsmigration.legacy;

import java.sql.SQLException;

/** The legacy database did not answer. */
public class LegacyDatabaseException extends RuntimeException {

    LegacyDatabaseException(SQLException cause) {
        super("the legacy database: " + cause.getMessage(), cause);
    }
}
