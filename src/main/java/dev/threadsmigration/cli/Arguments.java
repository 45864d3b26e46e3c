package dev.threadsmigration.cli;

import dev.threadsmigration.config.NearestWord;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The words of a command line, sorted: properties ({@code --a.b=c}) apart from what the command itself understands, and
 * the default command in its place.
 */
record Arguments(List<String> command, List<String> properties) {

    static final List<String> COMMANDS =
            List.of("migrate", "validate", "rollback", "retry", "sync", "preflight", "status", "init");

    private static final Pattern PROPERTY = Pattern.compile("--[a-zA-Z][\\w-]*(\\[[^]]*])?\\.[^=]+=.*", Pattern.DOTALL);

    /** @throws UsageException where the first word is neither a command nor a job file */
    static Arguments of(String... words) {
        List<String> command = new ArrayList<>();
        List<String> properties = new ArrayList<>();
        for (String word : words) {
            (PROPERTY.matcher(word).matches() ? properties : command).add(word);
        }
        String first = command.isEmpty() ? "" : command.get(0);
        boolean about = first.equals("--help") || first.equals("-h") || first.equals("--version") || first.equals("-V");
        if (!about && !COMMANDS.contains(first)) {
            if (!first.isEmpty() && !first.startsWith("-") && !looksLikeFile(first)) {
                throw new UsageException("there is no command '%s'%s Commands are: %s"
                        .formatted(first, NearestWord.question(first, COMMANDS), String.join(", ", COMMANDS)));
            }
            command.add(0, "migrate");
        }
        return new Arguments(command, properties);
    }

    private static boolean looksLikeFile(String word) {
        return word.endsWith(".yml") || word.endsWith(".yaml") || word.contains("/") || new File(word).exists();
    }
}
