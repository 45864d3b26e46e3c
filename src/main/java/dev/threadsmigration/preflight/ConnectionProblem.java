package dev.threadsmigration.preflight;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a failed connection means, and what to do about it. */
public final class ConnectionProblem {

    private static final String MYSQL_KEY =
            "MySQL takes a password over an open line only under its own key. Add to the url"
                    + " sslMode=verify-full, or serverRsaPublicKeyFile=..., or, in a network that you trust,"
                    + " allowPublicKeyRetrieval=true";

    static final String POOLER =
            "A pooler such as PgBouncer answers there, behind which hidden rows and a second run would"
                    + " go unseen: give the address of the server itself";

    /** The pool's words where it has no others, which say more of itself than of the server. */
    private static final String NO_ANSWER = "Connection is not available, request timed out";

    private ConnectionProblem() {}

    /** The server's own words, and the remedy where it is known. */
    public static String explain(SQLException failure) {
        Throwable cause = failure;
        // The pool's own exception has the server's state, but not its words.
        SQLException innermost = failure;
        while (cause != null) {
            if (cause instanceof UnknownHostException) {
                return "there is no host '%s'. Correct the url".formatted(withoutCredentials(cause.getMessage()));
            }
            if (cause instanceof ConnectException) {
                return "nothing answers there (%s). Start the server, or correct host and port"
                        .formatted(cause.getMessage());
            }
            // SQLite's have no state.
            if (cause instanceof SQLException sql && (sql.getSQLState() != null || sql.getErrorCode() != 0)) {
                innermost = sql;
            }
            cause = cause.getCause();
        }
        String message = String.valueOf(innermost.getMessage()).strip();
        if (message.contains(NO_ANSWER)) {
            return "what takes connections there does not answer in time. Start the server, or correct host and port";
        }
        String remedy = message.contains("RSA public key")
                ? MYSQL_KEY
                : message.contains("startup parameter") ? POOLER : remedy(innermost.getSQLState());
        return message + (remedy.isEmpty() ? "" : ". " + remedy);
    }

    /** Where a url names user and password before the host, a driver may take all of it for the host. */
    private static String withoutCredentials(@Nullable String host) {
        String text = String.valueOf(host);
        return text.substring(text.lastIndexOf('@') + 1);
    }

    /** What to do about a failure of this SQLSTATE; empty where nothing is known. */
    public static String remedy(@Nullable String state) {
        return switch (Objects.requireNonNullElse(state, "")) {
            case "28P01", "28000" -> "Correct username and password, or let the server admit this user from here";
            case "3D000", "90149", "90146" -> "Create the database, or correct its name in the url";
            case "90020" -> "Another process has this H2 database open: wait until it has ended";
            case "53100" -> "The disk of the server is full: free space there";
            case "53200" -> "The server is out of memory: free some";
            case "53300" -> "The server has no connection left: free some";
            case "25006" -> "The server is read-only: connect to the primary server, or end what keeps it so";
            case "42P05", "26000" -> POOLER; // a prepared statement of a session that others use, too
            case "55P03" -> "Others hold a lock for longer than lock_timeout: wait for them, or end their session";
            default -> "";
        };
    }
}
