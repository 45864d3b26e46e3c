package dev.threadsmigration.report;

import org.jspecify.annotations.Nullable;

/** A command as a person copies it from the terminal or from the page. */
public final class CommandText {

    private CommandText() {}

    /** @param jobFile null or blank: the built-in demo */
    public static String of(String command, @Nullable String jobFile) {
        String argument = jobFile == null || jobFile.isBlank() ? "" : " " + jobFile.strip();
        return "java -jar threads-migration.jar " + command + argument;
    }
}
