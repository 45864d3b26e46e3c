package dev.threadsmigration.config;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the Javadoc of the configuration records says about their parts, for people who never see Java. */
final class SettingTexts {

    private SettingTexts() {}

    /** Empty where the Javadoc says nothing. */
    static String ofComponent(Class<?> owner, String component) {
        return find(owner, " \\* @param " + component + " (.*?)(?=\\n \\* @param|\\n \\*/)");
    }

    /** Empty where the constant's name says it all. */
    static String ofConstant(Enum<?> constant) {
        return find(constant.getDeclaringClass(), "/\\*\\* ([^/]*?) \\*/\\s*" + constant.name() + "\\b");
    }

    private static String find(Class<?> owner, String pattern) {
        Path source = Path.of("src/main/java", owner.getName().replace('.', '/') + ".java");
        try {
            Matcher text = Pattern.compile(pattern, Pattern.DOTALL).matcher(Files.readString(source));
            return text.find() ? plain(text.group(1)) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String plain(String javadoc) {
        return javadoc.replaceAll("\\s*\\n \\*\\s*", " ")
                .replaceAll("\\{@\\w+ ((?:\\$\\{\\w+}|[^}])*)}", "`$1`")
                .replaceAll("\\bnull\\b", "not set")
                .strip();
    }
}
