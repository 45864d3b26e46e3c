package dev.threadsmigration.config;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** What is wrong with a text that is no YAML, in the words of who writes job files. */
final class YamlProblem {

    /**
     * @param parser a pattern of what the parser says
     * @param words what it means; {@code %s}: the pattern's group
     * @param fromStart whether the mistake is where the parser began to read the part that it could not read to its end
     */
    private record Meaning(Pattern parser, String words, boolean fromStart) {

        static Meaning of(String parser, String words) {
            return new Meaning(Pattern.compile(parser), words, false);
        }

        static Meaning fromStart(String parser, String words) {
            return new Meaning(Pattern.compile(parser), words, true);
        }
    }

    private static final List<Meaning> MEANINGS = List.of(
            Meaning.of("\\(TAB\\)", "a tab stands where only spaces may: indent with spaces"),
            Meaning.of("found duplicate key (.+)", "the key '%s' stands there a second time: leave one of the two"),
            Meaning.of(
                    "expected <block end>",
                    "this line is indented otherwise than those that it belongs to: align them"),
            Meaning.of(
                    "mapping values are not allowed",
                    "a ':' stands where none may: align the line with those before it, or put the value into quotes"),
            Meaning.of("character '(.+?)' that cannot start", "a value that begins with '%s' must stand in quotes"),
            Meaning.of("undefined alias", "a value that begins with '*' must stand in quotes"),
            Meaning.of("constructor for the tag", "a value that begins with '!' must stand in quotes"),
            Meaning.fromStart("could not find expected ':'", "a key needs a ':' and a space behind it"),
            Meaning.fromStart("unexpected end of stream", "a quote is opened and never closed"),
            Meaning.fromStart("expected ',' or '(.)'", "a bracket is opened, and its '%s' or a ',' is missing"));

    private YamlProblem() {}

    /** What is wrong, and in which line of the file. */
    static String explain(MarkedYAMLException failure, String file) {
        for (Meaning meaning : MEANINGS) {
            Matcher said = meaning.parser().matcher(String.valueOf(failure.getProblem()));
            if (said.find()) {
                Mark start = failure.getContextMark();
                return at(
                        said.groupCount() == 0
                                ? meaning.words()
                                : meaning.words().formatted(said.group(1)),
                        file,
                        meaning.fromStart() && start != null ? start : failure.getProblemMark());
            }
        }
        return at(String.valueOf(failure.getProblem()), file, failure.getProblemMark());
    }

    private static String at(String what, String file, Mark mark) {
        return "%s (%s, line %d)".formatted(what, file, mark.getLine() + 1);
    }
}
