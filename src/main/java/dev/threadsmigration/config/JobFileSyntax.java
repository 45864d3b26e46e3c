package dev.threadsmigration.config;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.FileSystemResource;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Looks whether a job file is YAML at all, before Spring reads it and says so in a page of stack trace. */
public final class JobFileSyntax {

    private JobFileSyntax() {}

    /** @throws JobFileException where the file is not YAML; the message says in which line */
    public static void check(Path jobFile) {
        String name = String.valueOf(jobFile.getFileName());
        if (!name.endsWith(".yml") && !name.endsWith(".yaml")) {
            throw new JobFileException("%s is no job file: its name must end with .yml or .yaml".formatted(jobFile));
        }
        try {
            new YamlPropertySourceLoader().load(name, new FileSystemResource(jobFile));
        } catch (MarkedYAMLException e) {
            throw new JobFileException("The job file cannot be read as YAML: %s (%s, line %d)"
                    .formatted(e.getProblem(), name, e.getProblemMark().getLine() + 1));
        } catch (YAMLException | IllegalStateException | IOException e) {
            throw new JobFileException("The job file cannot be read: %s (%s)".formatted(e.getMessage(), name));
        }
    }
}
