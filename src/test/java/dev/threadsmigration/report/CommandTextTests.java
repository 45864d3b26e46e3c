package dev.threadsmigration.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A command that names a job file can be pasted into a shell, whatever the file is called. */
class CommandTextTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            jobs/mine.yml         | jobs/mine.yml
            C:\\jobs\\mine.yml    | C:\\jobs\\mine.yml
            Früchte-2026_11.yml   | Früchte-2026_11.yml
            my jobs/Früchte.yml   | "my jobs/Früchte.yml"
            a&b.yml               | "a&b.yml"
            it's.yml              | "it's.yml"
            $HOME it's.yml        | '$HOME it'\\''s.yml'
            a"b.yml               | 'a"b.yml'""")
    void aJobFileIsOneWord(String file, String written) {
        assertThat(CommandText.of("migrate", file)).isEqualTo("java -jar threads-migration.jar migrate " + written);
    }
}
