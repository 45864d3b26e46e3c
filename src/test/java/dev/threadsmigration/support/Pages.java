package dev.threadsmigration.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The pages that people read: the README and those that it links. */
public final class Pages {

    private Pages() {}

    /** The pages' texts by their paths. */
    public static Map<Path, String> all() {
        Map<Path, String> pages = new TreeMap<>();
        try (Stream<Path> docs = Files.list(Path.of("src/docs"));
                Stream<Path> hidden = Files.list(Path.of(".github"))) {
            Stream.of(Stream.of(Path.of("README.md")), docs, hidden)
                    .flatMap(files -> files)
                    .filter(file -> file.toString().endsWith(".md"))
                    .forEach(file -> pages.put(file, text(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }

    /** What a pattern finds on any page. */
    public static List<Found> find(Pattern pattern) {
        return all().entrySet().stream()
                .flatMap(page ->
                        pattern.matcher(page.getValue()).results().map(match -> new Found(page.getKey(), match)))
                .toList();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of a page's parts. */
    public record Found(Path page, MatchResult match) {

        public String group() {
            return match.group(1);
        }
    }
}
