package dev.threadsmigration.database;

import java.sql.SQLException;

/** By their states ("PostgreSQL Error Codes", appendix A of its manual). */
final class PostgreSqlErrors implements ServerErrors {

    @Override
    public boolean isPassing(SQLException error) {
        String state = error.getSQLState();
        return state != null
                && (state.startsWith("08") // connection
                        || state.startsWith("57P") // shutdown, crash, cannot connect now
                        || state.startsWith("53") // out of connections, memory, disk
                        || state.equals("40P01")
                        || state.equals("40001")
                        || state.equals("25P03") // idle for longer than a transaction may be
                        || state.equals("55P03") // locked by others for longer than lock_timeout
                        || state.equals("25006")); // read-only after a failover
    }

    @Override
    public boolean isAboutData(SQLException error) {
        String state = error.getSQLState();
        return state != null
                && (state.startsWith("22") // data exception
                        || state.startsWith("23") // integrity constraint violation
                        || state.startsWith("44") // WITH CHECK OPTION of a view
                        || state.startsWith("54") // too long for an index, nested too deep
                        || state.startsWith("45") // raised by a trigger: the standard's user-defined exception
                        || state.startsWith("P0") // raised by a trigger, without a state
                        || isSomebodysOwn(state));
    }

    /** The standard leaves the classes from 5 to 9 and from I on to implementations; PostgreSQL uses 53 to 58, P0 and XX. */
    private static boolean isSomebodysOwn(String state) {
        return state.matches("[6-9I-Z].*|5[0-29].*") && !state.startsWith("P0") && !state.startsWith("XX");
    }

    @Override
    public boolean isForbidden(SQLException error) {
        return "42501".equals(error.getSQLState());
    }

    /** Its state is that of a lost connection, which it is, too; its words come in many languages. */
    @Override
    public boolean isTooLarge(SQLException error) {
        return String.valueOf(error.getMessage()).contains("maxResultBuffer");
    }
}
