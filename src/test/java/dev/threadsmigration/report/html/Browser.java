package dev.threadsmigration.report.html;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.springframework.util.FileSystemUtils;

/** A headless Chromium with nothing in it, and the questions that tests ask it. */
final class Browser implements AutoCloseable {

    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--window-size=1200,900");

    private final Path profile;
    private final ChromeDriver driver;

    private Browser(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
    }

    /** Skips the test, with a word why, where no browser is installed. */
    static Browser open() throws IOException {
        Optional<File> chromium = installed("chromium", "chromium-browser", "google-chrome");
        Optional<File> driver = installed("chromedriver");
        if (chromium.isEmpty() || driver.isEmpty()) {
            abort("No Chromium with chromedriver is installed: HtmlReportTests checks the page as text only."
                    + " On Debian: apt-get install chromium chromium-driver");
        }
        Path profile = Files.createTempDirectory("report-browser");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.get());
        options.addArguments(FLAGS);
        options.addArguments("--user-data-dir=" + profile);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.get())
                .usingAnyFreePort()
                .build();
        return new Browser(profile, new ChromeDriver(service, options));
    }

    private static Optional<File> installed(String... names) {
        String path = Objects.requireNonNullElse(System.getenv("PATH"), "");
        return Arrays.stream(names)
                .flatMap(name -> Arrays.stream(path.split(File.pathSeparator)).map(folder -> new File(folder, name)))
                .filter(File::canExecute)
                .findFirst();
    }

    void show(Path page) {
        driver.get(page.toUri().toString());
    }

    /** @param scheme light or dark */
    void prefer(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void resize(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    Object ask(String expression) {
        return driver.executeScript("return " + expression);
    }

    String title() {
        return driver.getTitle();
    }

    /** What axe-core's rules find, best practices included, with everything unfolded. */
    @SuppressWarnings("unchecked")
    List<String> accessibilityProblems() throws IOException {
        driver.executeScript("document.querySelectorAll('details').forEach(folded => folded.open = true)");
        try (InputStream script = Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"))) {
            driver.executeScript(new String(script.readAllBytes(), StandardCharsets.UTF_8));
        }
        return (List<String>) driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(document, { resultTypes: ['violations'] }).then(
                    result => done(result.violations.flatMap(problem => problem.nodes.map(
                        node => problem.id + ': ' + node.html + ' ' + node.failureSummary))),
                    failure => done([String(failure)]));""");
    }

    /** Keeps a picture of the whole page, for people to look at. */
    void photograph(Path file) throws IOException {
        Map<String, Object> picture =
                driver.executeCdpCommand("Page.captureScreenshot", Map.of("captureBeyondViewport", true));
        keep(file, picture);
    }

    /** Keeps a picture of as much of the page as the window shows. */
    void photographWindow(Path file) throws IOException {
        keep(file, driver.executeCdpCommand("Page.captureScreenshot", Map.of()));
    }

    /** Keeps the page as it is printed. */
    void print(Path file) throws IOException {
        keep(file, driver.executeCdpCommand("Page.printToPDF", Map.of("printBackground", false)));
    }

    private static void keep(Path file, Map<String, Object> answer) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(String.valueOf(answer.get("data"))));
    }

    @Override
    public void close() {
        driver.quit();
        FileSystemUtils.deleteRecursively(profile.toFile());
    }
}
