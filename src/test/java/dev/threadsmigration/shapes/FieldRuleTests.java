package dev.threadsmigration.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.CommandRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Executes every example of the guide to field rules: the SQL before it fills a legacy database, the YAML is its mapping,
 * and the table after it says what the target must answer.
 */
class FieldRuleTests {

    private static final Pattern EXAMPLE = Pattern.compile(
            "\n## (?<title>[^\n]+)\n(?:(?!\n## ).)*?```sql\n(?<legacy>.*?)```.*?```yaml\n(?<mapping>.*?)```"
                    + ".*?`(?<query>SELECT [^`]+)` → `(?<answer>[^`]*)`",
            Pattern.DOTALL);

    @TestFactory
    Stream<DynamicTest> everyExampleOfTheGuideWorks() throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(Path.of("src/docs/legacy-shapes.md")));
        List<DynamicTest> tests = example.results()
                .map(found -> DynamicTest.dynamicTest(
                        found.group(1), () -> run(found.group(2), found.group(3), found.group(4), found.group(5))))
                .toList();
        assertThat(tests).hasSizeGreaterThan(12);
        return tests.stream();
    }

    private static void run(String legacy, String mapping, String query, String answer)
            throws SQLException, IOException {
        String source = Shapes.database("raw-sql");
        Shapes.execute(source, legacy);
        String target = Shapes.database();
        Path folder = Files.createTempDirectory("field-rules");
        String beforeRun = legacy.lines()
                .filter(line -> line.startsWith("-- target: "))
                .map(line -> line.substring("-- target: ".length()))
                .reduce("", (one, other) -> one + other + "\n");
        if (!beforeRun.isEmpty()) {
            Shapes.execute(target, beforeRun);
        }

        CommandRun run =
                CommandRun.onJobFile(folder, "migrate", Shapes.jobFile("raw-sql", source, target, mapping.indent(2)));

        assertThat(run.exitCode()).as(run.all()).isZero();
        assertThat(Shapes.ask(target, query)).isEqualTo(answer);
    }
}
