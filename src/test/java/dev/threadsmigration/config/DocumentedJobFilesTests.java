package dev.threadsmigration.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.support.Pages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ByteArrayResource;

/** Every YAML example is a job file, or a part of one, in which each key and value is allowed. */
class DocumentedJobFilesTests {

    private static final Pattern EXAMPLE = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

    /** What an example that shows a part leaves out. */
    private static final Map<String, Object> REST = Map.of(
            "migration.name", "documented",
            "migration.source.url", "jdbc:postgresql://legacy-db/forum",
            "migration.target.url", "jdbc:postgresql://app-db/app");

    @TestFactory
    Stream<DynamicTest> everyExampleIsAllowed() {
        List<Pages.Found> examples = Pages.find(EXAMPLE);
        assertThat(examples).hasSizeGreaterThan(20);
        return examples.stream()
                .map(example -> DynamicTest.dynamicTest(
                        example.page() + ", character " + example.match().start(), () -> read(example.group())));
    }

    private static void read(String yaml) throws IOException {
        StandardEnvironment environment = new StandardEnvironment();
        MutablePropertySources sources = environment.getPropertySources();
        String jobFile = yaml.startsWith("migration:") ? yaml : "migration:\n" + yaml.indent(2);
        new YamlPropertySourceLoader()
                .load("example", new ByteArrayResource(jobFile.getBytes(StandardCharsets.UTF_8)))
                .forEach(sources::addLast);
        Map<String, Object> rest = new LinkedHashMap<>(REST);
        PLACEHOLDER.matcher(yaml).results().forEach(placeholder -> rest.put(placeholder.group(1), "given"));
        sources.addLast(new MapPropertySource("rest", rest));
        MapKeys.keepIn(environment);
        Presets.addTo(environment);

        assertThat(JobFile.read(environment).name()).isNotEmpty();
    }
}
