package dev.threadsmigration.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.UnicodeReader;

/**
 * Refuses a text without quotes that YAML takes for something else: {@code no} for false, {@code 0123} for 83. Where a setting
 * is a text, another one would be written into the target, or looked for in legacy, without a word.
 */
final class UnquotedTexts {

    private static final Set<Tag> NO_TEXT = Set.of(Tag.BOOL, Tag.INT, Tag.FLOAT);

    private UnquotedTexts() {}

    /** @throws JobFileException that names the setting, its line, and the quotes that are missing */
    static void refuse(Path jobFile) throws IOException {
        try (InputStream in = Files.newInputStream(jobFile)) {
            for (Node document : new Yaml().composeAll(new UnicodeReader(in))) {
                look(document, "", String.valueOf(jobFile.getFileName()));
            }
        }
    }

    private static void look(Node node, String path, String file) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple entry : mapping.getValue()) {
                if (entry.getKeyNode() instanceof ScalarNode key) {
                    if (KnownKeys.areTextsUnder(path)) {
                        check(key, path, file);
                    }
                    look(entry.getValueNode(), path.isEmpty() ? key.getValue() : path + "." + key.getValue(), file);
                }
            }
        } else if (node instanceof SequenceNode sequence) {
            sequence.getValue().forEach(item -> look(item, path, file));
        } else if (node instanceof ScalarNode scalar && KnownKeys.isText(path)) {
            check(scalar, path, file);
        }
    }

    private static void check(ScalarNode scalar, String path, String file) {
        String written = scalar.getValue();
        if (!scalar.isPlain() || !NO_TEXT.contains(scalar.getTag())) {
            return;
        }
        Object value = new Yaml(new SafeConstructor(new LoaderOptions())).load(written);
        String taken = String.valueOf(value);
        if (!taken.equals(written)) {
            boolean secret = EffectiveSettings.isSecret(path.substring(path.lastIndexOf('.') + 1));
            throw new JobFileException("%s: %s (%s, line %d)"
                    .formatted(
                            path,
                            secret
                                    ? "YAML takes it for a number or a truth value of another spelling. Write it in quotes"
                                    : "YAML takes %s for %s. Write it in quotes, '%s', or write %s if that is meant"
                                            .formatted(written, taken, written, taken),
                            file,
                            scalar.getStartMark().getLine() + 1));
        }
    }
}
