package dev.threadsmigration.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.threadsmigration.support.CommandRun;
import dev.threadsmigration.support.Pages;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.ParameterException;

/** Every command line on a page is one that the tool understands. */
class DocumentedCommandsTests {

    /**
     * Up to what the shell takes for itself; not where the line shows the form of a command, or is for the tools that Spring
     * Boot puts into a jar.
     */
    private static final Pattern COMMAND = Pattern.compile(
            "(?<!-Djarmode=tools )-jar (?:target/|app/)?threads-migration\\.jar([^\\n`|>#&<]*)(?![^\\n]*<command>)");

    private static final List<String> COMMANDS = Arguments.COMMANDS;

    @TestFactory
    Stream<DynamicTest> everyCommandIsUnderstood() {
        List<Pages.Found> commands = Pages.find(COMMAND);
        assertThat(commands).hasSizeGreaterThan(40);
        return commands.stream()
                .map(command -> DynamicTest.dynamicTest(
                        command.page() + ":" + command.group(), () -> understand(words(command.group()))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"migrat", "migrate --dryrun", "init --url jdbc:h2:mem:x --dry-run", "status --sample ten"})
    void aWrongOneWouldBeNoticed(String line) {
        assertThatThrownBy(() -> understand(words(line)))
                .isInstanceOfAny(UsageException.class, ParameterException.class);
    }

    @ParameterizedTest
    @FieldSource("COMMANDS")
    void everyCommandExplainsItself(String command) {
        CommandRun help = CommandRun.of(command, "--help");

        assertThat(help.exitCode()).isZero();
        assertThat(help.out()).contains("Usage: ", command, "--help");
    }

    private static String[] words(String line) {
        return line.isBlank() ? new String[0] : line.strip().split("\\s+");
    }

    private static void understand(String... words) {
        Arguments arguments = Arguments.of(words);
        CommandLineTool.line(arguments).parseArgs(arguments.command().toArray(String[]::new));
    }
}
