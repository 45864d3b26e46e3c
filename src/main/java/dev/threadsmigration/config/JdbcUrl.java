package dev.threadsmigration.config;

import java.util.regex.Pattern;

/** What may be shown of a JDBC URL. */
public final class JdbcUrl {

    private static final Pattern PARAMETERS = Pattern.compile("[?;].*$");
    private static final Pattern CREDENTIALS = Pattern.compile("//.*@");

    private JdbcUrl() {}

    /** The URL without credentials and parameters, either of which may hold a password. */
    public static String withoutSecrets(String url) {
        return CREDENTIALS.matcher(PARAMETERS.matcher(url).replaceFirst("")).replaceFirst("//");
    }
}
