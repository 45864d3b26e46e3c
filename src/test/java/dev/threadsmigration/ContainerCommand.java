package dev.threadsmigration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The command line of a container: the Dockerfile's entry point followed by the arguments of a manifest, so that a test
 * can run on this machine what the cluster would run.
 */
public record ContainerCommand(List<String> entrypoint, List<String> args) {

    static final Path DOCKERFILE = Path.of("Dockerfile");
    private static final Path CRON_JOB = Path.of("jobs/kubernetes/cronjob.yaml");
    private static final Path ROLLBACK_JOB = Path.of("jobs/kubernetes/rollback-job.yaml");
    private static final String JAR_OPTION = "-jar";

    public static ContainerCommand ofCronJob() {
        return of(yaml(CRON_JOB).at("/spec/jobTemplate/spec/template/spec/containers/0"));
    }

    public static ContainerCommand ofRollbackJob() {
        return of(yaml(ROLLBACK_JOB).at("/spec/template/spec/containers/0"));
    }

    /**
     * All that follows `java`.
     *
     * @param localPaths what lies where on this machine, by the path in the container; the paths of the container that
     *     are not in it stay
     */
    public List<String> arguments(Map<String, Path> localPaths) {
        return Stream.concat(entrypoint.stream().skip(1), args.stream())
                .map(argument -> localised(argument, localPaths))
                .toList();
    }

    /** The options of the JVM, without the jar. */
    public List<String> jvmArguments(Map<String, Path> localPaths) {
        List<String> all = arguments(localPaths);
        return all.subList(0, all.indexOf(JAR_OPTION));
    }

    /** What `main` gets. */
    public List<String> programArguments(Map<String, Path> localPaths) {
        List<String> all = arguments(localPaths);
        return all.subList(all.indexOf(JAR_OPTION) + 2, all.size());
    }

    /** The value of a Dockerfile instruction in the last stage, which is the one that becomes the image. */
    static String instruction(String name) {
        Matcher lines = Pattern.compile("(?m)^" + name + " +(.+)$").matcher(text(DOCKERFILE));
        return lines.results()
                .reduce((earlier, later) -> later)
                .map(line -> line.group(1))
                .orElseThrow(() -> new AssertionError("The Dockerfile has no " + name));
    }

    /** The command of the one RUN that holds a text, with paths of this machine. */
    public static String run(String holding, Map<String, Path> localPaths) {
        String unfolded = text(DOCKERFILE).replaceAll("\\\\\\R\\s*", " ");
        List<String> commands = Pattern.compile("(?m)^RUN +(.+)$")
                .matcher(unfolded)
                .results()
                .map(line -> line.group(1))
                .filter(command -> command.contains(holding))
                .toList();
        if (commands.size() != 1) {
            throw new AssertionError("Not one RUN with %s, but %s".formatted(holding, commands));
        }
        return localised(commands.get(0), localPaths);
    }

    private static ContainerCommand of(JsonNode container) {
        if (container.has("command")) {
            throw new AssertionError("`command` would replace the image's entry point");
        }
        // Only the exec form is JSON: the shell form, which would keep SIGTERM from Java, fails here.
        JsonNode entrypoint = JsonMapper.shared().readTree(instruction("ENTRYPOINT"));
        return new ContainerCommand(strings(entrypoint), strings(container.path("args")));
    }

    private static String localised(String argument, Map<String, Path> localPaths) {
        if (localPaths.isEmpty()) {
            return argument;
        }
        // The longest first, so that a mount inside another one wins; whole path segments only.
        String paths = localPaths.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
        return Pattern.compile("(?<![\\w./-])(" + paths + ")(?=[/,\\s]|$)")
                .matcher(argument)
                .replaceAll(path ->
                        Matcher.quoteReplacement(localPaths.get(path.group(1)).toString()));
    }

    private static List<String> strings(JsonNode array) {
        return array.valueStream().map(JsonNode::stringValue).toList();
    }

    private static JsonNode yaml(Path file) {
        Object tree = new Yaml(new SafeConstructor(new LoaderOptions())).load(text(file));
        return JsonMapper.shared().valueToTree(tree);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
