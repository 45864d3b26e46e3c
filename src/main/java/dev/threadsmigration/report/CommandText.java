package dev.threadsmigration.report;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A command as a person copies it from the terminal or from the page. */
public final class CommandText {

    private static final Pattern ONE_WORD = Pattern.compile("[\\p{L}\\p{M}\\p{N}_./\\\\:@%+=-]+");
    private static final Pattern EXPANDED_IN_QUOTES = Pattern.compile("[\"$`!]");

    private CommandText() {}

    /** @param jobFile null or blank: the built-in demo */
    public static String of(String command, @Nullable String jobFile) {
        String argument = jobFile == null || jobFile.isBlank() ? "" : " " + quoted(jobFile.strip());
        return "java -jar threads-migration.jar " + command + argument;
    }

    /** In double quotes, which every shell knows, unless it is one word as it stands. */
    private static String quoted(String path) {
        if (ONE_WORD.matcher(path).matches()) {
            return path;
        }
        return EXPANDED_IN_QUOTES.matcher(path).find() ? "'" + path.replace("'", "'\\''") + "'" : '"' + path + '"';
    }
}
