package dev.threadsmigration.config;

import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What may be shown of a JDBC URL. */
public final class JdbcUrl {

    private static final Pattern PARAMETERS = Pattern.compile("[?;].*$");

    /** Hosts with their ports between the slashes; nothing that may be a user or a password. */
    private static final Pattern HOSTS =
            Pattern.compile("[^/]*//(HOST(,HOST)*)?(/.*)?".replace("HOST", "([\\w.-]+|\\[[\\w.:%]+])(:\\d+)?"));

    private static final Pattern BEHIND_SLASHES = Pattern.compile("//.*$");
    private static final Pattern USER_BEFORE_HOST = Pattern.compile("[^/?]*//[^/?]*@.*");

    private static final Pattern SECRET_PARAMETER =
            Pattern.compile("(?i)(user(name)?|.*(password|passwd|pwd|passphrase|secret|token).*)=.*");

    private JdbcUrl() {}

    /** What is wrong with the URL, for a person; null: nothing that could be told without its driver. */
    public static @Nullable String problem(String url) {
        return USER_BEFORE_HOST.matcher(url).matches()
                ? "has a user or a password before the host, where no driver looks for them: give them by username and password"
                : null;
    }

    /** The URL without credentials and parameters, either of which may hold a password. */
    public static String withoutSecrets(String url) {
        String shown = PARAMETERS.matcher(url).replaceFirst("");
        return !shown.contains("://") || HOSTS.matcher(shown).matches()
                ? shown
                : BEHIND_SLASHES.matcher(shown).replaceFirst("//…");
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
