package dev.threadsmigration.database;

import java.util.Map;
import java.util.regex.Pattern;

/** What a session with MySQL or MariaDB begins with, by MariaDB's driver. */
final class MySqlSession implements SessionSetup {

    private static final String MYSQL = "jdbc:mysql:";
    private static final String MARIADB = "jdbc:mariadb:";

    /**
     * In UTC a TIMESTAMP reads as the instant that it is, and the driver can read no other characters. A limit that is meant
     * for the application's statements would stop a large table for good: each server reads the comment that is meant for it.
     */
    private static final String STATEMENT = """
            SET NAMES utf8mb4, time_zone = '+00:00', sql_select_limit = 18446744073709551615\
             /*!80000 , max_execution_time = 0 */ /*M! , max_statement_time = 0 */""";

    /** By which the driver would give other values, or ask for a zone that the server may not know by its name. */
    private static final Pattern PARAMETERS_OF_VALUES = Pattern.compile(
            "(?<=[?&])(tinyInt1isBit|yearIsDateType|preserveInstants|timezone|forceConnectionTimeZoneToSession)=[^&]*&?",
            Pattern.CASE_INSENSITIVE);

    static boolean isFor(String jdbcUrl) {
        return jdbcUrl.startsWith(MYSQL) || jdbcUrl.startsWith(MARIADB);
    }

    /** Numbers as numbers: the driver would make true of every tinyint(1) that is not 0, and a date of a year. */
    @Override
    public Map<String, String> properties() {
        return Map.of(
                "tinyInt1isBit", "false",
                "yearIsDateType", "false",
                "connectTimeout", "10000",
                "tcpKeepAlive", "true");
    }

    /** The driver heeds the URL's parameters before {@link #properties}. */
    @Override
    public String url(String jdbcUrl) {
        String url = jdbcUrl.startsWith(MYSQL) ? MARIADB + jdbcUrl.substring(MYSQL.length()) : jdbcUrl;
        return PARAMETERS_OF_VALUES.matcher(url).replaceAll("");
    }

    /** After whatever the URL lets the driver set by {@code sessionVariables} and {@code initSql}. */
    @Override
    public String statement() {
        return STATEMENT;
    }
}
