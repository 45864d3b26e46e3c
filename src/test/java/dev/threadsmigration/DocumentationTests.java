package dev.threadsmigration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.model.RejectionCode;
import dev.threadsmigration.support.Pages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What pages say of the code and of each other. */
class DocumentationTests {

    private static final Path TROUBLESHOOTING = Path.of("src/docs/troubleshooting.md");
    private static final Path CONTRIBUTING = Path.of(".github/CONTRIBUTING.md");
    private static final Pattern NAME_OF_CLASS = Pattern.compile("`([A-Z][a-z]\\w+)(?:\\.\\w+)?`");
    private static final Pattern PACKAGE =
            Pattern.compile("(?<=\\| |, )`([a-z]+)`(?=[^|]*\\|[^|]*\\|$)", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("(?:]\\(|src=\"|srcset=\")(?!https?:)([^)\"#]+)");
    private static final Pattern FIRST_CELL = Pattern.compile("^\\| `([^`]* [^`]*)` \\|", Pattern.MULTILINE);

    @Test
    void everyLinkLeadsSomewhere() {
        assertThat(Pages.find(LINK))
                .hasSizeGreaterThan(20)
                .allSatisfy(link -> assertThat(
                                Objects.requireNonNullElse(link.page().getParent(), Path.of("."))
                                        .resolve(link.group()))
                        .as("a link of " + link.page())
                        .exists());
    }

    @Test
    void everyPageIsLinkedFromTheReadme() {
        String readme = Pages.all().get(Path.of("README.md"));
        assertThat(Pages.all().keySet())
                .allSatisfy(page -> assertThat(page.toString().equals("README.md") || readme.contains("(" + page + ")"))
                        .as(page.toString())
                        .isTrue());
    }

    @Test
    void everyMessageIsOneOfTheTools() throws IOException {
        String said = messages();
        List<String> messages = FIRST_CELL
                .matcher(Files.readString(TROUBLESHOOTING))
                .results()
                .map(cell -> cell.group(1))
                .toList();
        assertThat(messages)
                .hasSizeGreaterThan(40)
                .allSatisfy(message -> assertThat(said)
                        .contains(Arrays.stream(message.split("…"))
                                .map(String::strip)
                                .toList()));
    }

    @Test
    void everyRejectionCodeIsExplained() throws IOException {
        String page = Files.readString(TROUBLESHOOTING);
        assertThat(RejectionCode.values())
                .allSatisfy(code -> assertThat(page).contains("| `%s` | %s |".formatted(code.code(), code.remedy())));
    }

    @Test
    void whatContributorsAreToldOfTheCodeIsThere() throws IOException {
        String page = Files.readString(CONTRIBUTING);
        Set<Path> code = code();
        assertThat(found(NAME_OF_CLASS, page))
                .hasSizeGreaterThan(10)
                .allSatisfy(name -> assertThat(code).anyMatch(file -> file.endsWith(name + ".java")));
        assertThat(found(PACKAGE, page.substring(page.indexOf("## Rooms"), page.indexOf("## Style"))))
                .containsExactlyInAnyOrderElementsOf(code.stream()
                        .filter(file -> file.endsWith("package-info.java"))
                        .map(Path::getParent)
                        .filter(room -> room.getParent().equals(Path.of("src/main/java/dev/threadsmigration")))
                        .map(room -> room.getFileName().toString())
                        .toList());
    }

    private static List<String> found(Pattern pattern, String page) {
        return pattern.matcher(page).results().map(match -> match.group(1)).toList();
    }

    private static Set<Path> code() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(file -> file.toString().endsWith(".java")).collect(Collectors.toSet());
        }
    }

    /** The code, each text that stands on several lines in one. */
    private static String messages() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(DocumentationTests::text)
                    .collect(Collectors.joining("\n"))
                    .replaceAll("\"\\s*\\+\\s*\"", "");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
