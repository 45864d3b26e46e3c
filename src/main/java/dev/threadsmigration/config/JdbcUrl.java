package dev.threadsmigration.config;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What may be shown of a JDBC URL. */
public final class JdbcUrl {

    private static final Pattern PARAMETERS = Pattern.compile("[?;].*$");
    private static final Pattern CREDENTIALS = Pattern.compile("//.*@");

    private static final Pattern SECRET_PARAMETER =
            Pattern.compile("(?i)(user(name)?|.*(password|passwd|pwd|passphrase|secret|token).*)=.*");

    private JdbcUrl() {}

    /** The URL without credentials and parameters, either of which may hold a password. */
    public static String withoutSecrets(String url) {
        return CREDENTIALS.matcher(PARAMETERS.matcher(url).replaceFirst("")).replaceFirst("//");
    }

    /** The URL without who connects and by which password; what else it says of the connection stays. */
    public static String withoutCredentials(String url) {
        Matcher parameters = PARAMETERS.matcher(url);
        if (!parameters.find()) {
            return withoutSecrets(url);
        }
        String first = parameters.group().substring(0, 1);
        String separator = first.equals("?") ? "&" : first;
        String kept = Arrays.stream(parameters.group().substring(1).split(separator))
                .filter(parameter -> !SECRET_PARAMETER.matcher(parameter).matches())
                .collect(Collectors.joining(separator));
        return withoutSecrets(url) + (kept.isEmpty() ? "" : first + kept);
    }
}
