package dev.threadsmigration.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes the README's pictures from a real run of the demo; run by {@code src/docs/pictures/take}, not by the build. */
class Pictures {

    private static final Path PICTURES = Path.of("src/docs/pictures");
    private static final Path JAR = Path.of("target/threads-migration.jar");
    private static final int COLUMNS = 128;
    private static final String TERMINAL = """
            <!doctype html><meta charset="utf-8"><style>
            body { margin: 0; background: #16181d; }
            pre { display: inline-block; margin: 0; padding: 18px 22px; color: #d7dae0; font: 13px/1.38 "DejaVu Sans Mono", monospace; }
            b { color: #7fd1a0; font-weight: normal; } i { color: #e0b45c; font-style: normal; }
            </style><pre><b>$</b> java -jar target/threads-migration.jar
            %s</pre>""";

    @TempDir
    private Path folder;

    @Test
    void take() throws IOException, InterruptedException {
        String typescript = runTheDemoOnATerminal();
        Path terminal = folder.resolve("terminal.html");
        Files.writeString(terminal, TERMINAL.formatted(html(typescript)));
        try (Browser browser = Browser.open()) {
            browser.show(terminal);
            browser.resize(size(browser, "Width"), size(browser, "Height"));
            browser.photographWindow(PICTURES.resolve("terminal.png"));
            browser.show(folder.resolve("reports/demo/1/report.html"));
            browser.resize(1100, 1000);
            browser.prefer("light");
            browser.photographWindow(PICTURES.resolve("report.png"));
            browser.prefer("dark");
            browser.photographWindow(PICTURES.resolve("report-dark.png"));
        }
    }

    private static int size(Browser browser, String side) {
        return ((Number) browser.ask("document.querySelector('pre').offset" + side)).intValue();
    }

    private String runTheDemoOnATerminal() throws IOException, InterruptedException {
        Path typescript = folder.resolve("typescript");
        int exitCode = new ProcessBuilder(
                        "script",
                        "--quiet",
                        "--return",
                        "--command",
                        "stty cols %d && java -jar %s".formatted(COLUMNS, JAR.toAbsolutePath()),
                        typescript.toString())
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        assertThat(exitCode).isZero();
        return Files.readString(typescript);
    }

    /** What a terminal shows in the end: of a line that was drawn again and again, the last. */
    private static String html(String typescript) {
        return Arrays.stream(typescript.split("\n"))
                .filter(line -> !line.startsWith("Script "))
                .map(String::stripTrailing)
                .map(line -> line.substring(line.lastIndexOf('\r') + 1))
                .map(line -> line.replace("&", "&amp;").replace("<", "&lt;"))
                .map(line -> line.replace("\033[33m", "<i>").replace("\033[0m", "</i>"))
                .collect(Collectors.joining("\n"))
                .strip();
    }
}
