package dev.threadsmigration.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The words that the demo's content is composed from, read from {@code demo/phrases.properties}. */
record Phrases(
        List<Language> languages,
        String[] products,
        String[] emoji,
        String[] divisions,
        String[] tags,
        String[] sources) {

    private static final String RESOURCE = "/demo/phrases.properties";

    static Phrases load() {
        Properties properties = new Properties();
        try (InputStream stream = Phrases.class.getResourceAsStream(RESOURCE)) {
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<Language> languages = new ArrayList<>();
        for (String code : list(properties, "languages")) {
            languages.add(language(properties, code + "."));
        }
        return new Phrases(
                languages,
                list(properties, "products"),
                list(properties, "emoji"),
                list(properties, "divisions"),
                list(properties, "tags"),
                list(properties, "sources"));
    }

    private static Language language(Properties properties, String prefix) {
        return new Language(
                Integer.parseInt(properties.getProperty(prefix + "weight")),
                ZoneOffset.of(properties.getProperty(prefix + "offset")),
                properties.getProperty(prefix + "name"),
                list(properties, prefix + "given"),
                list(properties, prefix + "family"),
                list(properties, prefix + "task"),
                list(properties, prefix + "feature"),
                list(properties, prefix + "problem"),
                list(properties, prefix + "subject"),
                list(properties, prefix + "comment"));
    }

    private static String[] list(Properties properties, String key) {
        return properties.getProperty(key).split("\\|");
    }

    /** A language, by weight. */
    Language language(Chance chance) {
        int total = 0;
        for (Language language : languages) {
            total += language.weight();
        }
        int left = chance.below(total);
        for (Language language : languages) {
            left -= language.weight();
            if (left < 0) {
                return language;
            }
        }
        throw new IllegalStateException("unreachable: the weights were summed above");
    }

    String fullName(Language language, Chance chance) {
        return fill(language.name(), language, chance);
    }

    String subject(Language language, Chance chance) {
        String subject = fill(chance.pick(language.subjects()), language, chance);
        return chance.percent(12) ? subject + " " + chance.pick(emoji) : subject;
    }

    String comment(Language language, Chance chance) {
        String comment = fill(chance.pick(language.comments()), language, chance);
        return chance.percent(15) ? comment + " " + chance.pick(emoji) : comment;
    }

    private String fill(String template, Language language, Chance chance) {
        StringBuilder text = new StringBuilder(template.length() + 60);
        int from = 0;
        for (int open = template.indexOf('{'); open >= 0; open = template.indexOf('{', from)) {
            int close = template.indexOf('}', open);
            text.append(template, from, open).append(word(template.substring(open + 1, close), language, chance));
            from = close + 1;
        }
        return text.append(template, from, template.length()).toString();
    }

    private String word(String slot, Language language, Chance chance) {
        return switch (slot) {
            case "given" -> chance.pick(language.given());
            case "family" -> chance.pick(language.family());
            case "task" -> chance.pick(language.tasks());
            case "feature" -> chance.pick(language.features());
            case "problem" -> chance.pick(language.problems());
            case "product" -> chance.pick(products);
            case "version" -> "v" + (1 + chance.below(5)) + "." + chance.below(20) + "." + chance.below(10);
            default -> throw new IllegalArgumentException("unknown slot {" + slot + "} in " + RESOURCE);
        };
    }
}
