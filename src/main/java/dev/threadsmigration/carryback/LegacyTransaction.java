package dev.threadsmigration.carryback;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** Does many things in one transaction of legacy's, without those that are refused. */
final class LegacyTransaction {

    private final DataSource legacy;

    LegacyTransaction(DataSource legacy) {
        this.legacy = legacy;
    }

    /**
     * Does some of the things.
     *
     * @param <T> a thing
     * @param <R> what comes of them
     */
    interface Attempt<T, R> {
        /** @param refused where those are put, with the reason, that cannot be done; then all is taken back and tried again */
        R on(Connection connection, List<T> todo, Map<T, String> refused) throws SQLException;
    }

    /** @param refused where those are found afterwards that were not done, with the reason */
    <T, R> R run(List<T> all, Map<T, String> refused, Attempt<T, R> attempt) throws SQLException {
        try (Connection connection = legacy.getConnection()) {
            connection.setAutoCommit(false);
            try {
                R result;
                int before;
                do {
                    connection.rollback();
                    before = refused.size();
                    result = attempt.on(
                            connection,
                            all.stream()
                                    .filter(one -> !refused.containsKey(one))
                                    .toList(),
                            refused);
                } while (refused.size() > before);
                connection.commit();
                return result;
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** The first line of an error, for a person. */
    static String inShort(SQLException why) {
        return String.valueOf(why.getMessage()).lines().findFirst().orElse("").strip();
    }
}
