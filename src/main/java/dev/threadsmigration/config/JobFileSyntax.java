package dev.threadsmigration.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.OriginLookup;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Looks whether a job file is one at all, before Spring reads it and says so in a page of stack trace. */
public final class JobFileSyntax {

    private static final Pattern PLACES = Pattern.compile("[,;]");

    private JobFileSyntax() {}

    /**
     * @throws JobFileException where the file is not YAML, or where settings stand outside of {@code migration}, or where YAML
     *     takes a text for something else; the message says in which line
     */
    public static void check(Path jobFile) {
        String name = String.valueOf(jobFile.getFileName());
        if (PLACES.matcher(jobFile.toAbsolutePath().toString()).find()) {
            throw new JobFileException("%s cannot be a job file: its path must be without ',' and ';'"
                    .formatted(jobFile.toAbsolutePath()));
        }
        try {
            for (PropertySource<?> document :
                    new YamlPropertySourceLoader().load(name, new FileSystemResource(jobFile))) {
                refuseOutsideOfMigration((EnumerablePropertySource<?>) document);
                refuseTwice((EnumerablePropertySource<?>) document);
            }
            UnquotedTexts.refuse(jobFile);
        } catch (MarkedYAMLException e) {
            throw new JobFileException("The job file cannot be read as YAML: " + YamlProblem.explain(e, name));
        } catch (YAMLException | IllegalStateException | IOException e) {
            String why = e.getCause() instanceof CharacterCodingException ? "it is not UTF-8" : e.getMessage();
            throw new JobFileException("The job file cannot be read: %s (%s)".formatted(why, name));
        }
    }

    /** Other keys may stand at the top, such as those of Spring; one that looks like a setting would say nothing there. */
    private static void refuseOutsideOfMigration(EnumerablePropertySource<?> document) {
        Set<String> settings = KnownKeys.under(JobFile.PREFIX);
        for (String key : document.getPropertyNames()) {
            String top = key.replaceAll("[.\\[].*", "");
            String meant = settings.contains(top)
                    ? ": settings stand under 'migration:'"
                    : NearestWord.hint(top, Set.of(JobFile.PREFIX));
            if (!top.equals(JobFile.PREFIX) && !meant.isEmpty()) {
                throw new JobFileException("%s is not a setting%s%s"
                        .formatted(top, JobFile.at(OriginLookup.getOrigin(document, key)), meant));
            }
        }
    }

    /** YAML sees to keys that are spelled alike; Spring would take one of chunk-size and chunkSize and pass over the other. */
    private static void refuseTwice(EnumerablePropertySource<?> document) {
        Map<String, String> spellings = new HashMap<>();
        for (String key : document.getPropertyNames()) {
            boolean setting =
                    key.startsWith(JobFile.PREFIX + ".") && MapKeys.kept(key).equals(key);
            String other = setting ? spellings.put(key.replaceAll("[-_]", "").toLowerCase(Locale.ROOT), key) : null;
            if (other != null) {
                throw new JobFileException("%s%s and %s%s are the same setting: take one of them out"
                        .formatted(
                                other,
                                JobFile.at(OriginLookup.getOrigin(document, other)),
                                key,
                                JobFile.at(OriginLookup.getOrigin(document, key))));
            }
        }
    }
}
