package dev.threadsmigration.report.html;

import dev.threadsmigration.report.VisibleText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A value of the report that is a text or a list of texts. */
final class Plans {

    private static final int MOST_CHARACTERS = 6_000;

    private Plans() {}

    /** Its lines; none where it is absent or null. */
    static List<String> lines(@Nullable JsonNode node) {
        List<String> lines = new ArrayList<>();
        if (node == null || node.isNull() || node.isMissingNode()) {
            return lines;
        }
        if (node.isArray()) {
            node.forEach(child -> lines.addAll(lines(child)));
        } else if (node.isObject()) {
            lines.add(node.properties().stream()
                    .map(entry -> entry.getKey() + ": " + String.join(" ", lines(entry.getValue())))
                    .collect(Collectors.joining(", ")));
        } else if (!node.asString().isBlank()) {
            lines.add(node.asString());
        }
        return lines;
    }

    static String text(@Nullable JsonNode node) {
        return VisibleText.of(Shown.cut(String.join("\n", lines(node)), MOST_CHARACTERS));
    }
}
