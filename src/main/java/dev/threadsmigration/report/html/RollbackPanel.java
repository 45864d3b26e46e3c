package dev.threadsmigration.report.html;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a rollback restored, removed and kept; each a number, or numbers by entity. */
record RollbackPanel(List<Figure> figures, List<String> keptBecause) {

    /** A number with its word and, where known, what it is made of. */
    record Figure(String word, String meaning, String value, String parts) {}

    boolean hasReasons() {
        return !keptBecause.isEmpty();
    }

    /** The panel; none where the report tells of no rollback. */
    static List<RollbackPanel> of(@Nullable JsonNode rollback) {
        if (rollback == null || !rollback.isObject()) {
            return List.of();
        }
        return List.of(new RollbackPanel(
                List.of(
                        figure(rollback, "restored", "later changes carried back to legacy"),
                        figure(rollback, "removed", "migrated records taken out of the target"),
                        figure(rollback, "kept", "left in the target")),
                Plans.lines(rollback.get("keptBecause")).stream()
                        .map(Shown::text)
                        .toList()));
    }

    private static Figure figure(JsonNode rollback, String word, String meaning) {
        JsonNode value = rollback.get(word);
        if (value != null && value.isObject()) {
            List<String> parts = new ArrayList<>();
            long sum = 0;
            for (var part : value.properties()) {
                sum += part.getValue().asLong(0);
                parts.add(Shown.number(part.getValue().asLong(0)) + " " + part.getKey());
            }
            return new Figure(word, meaning, Shown.number(sum), String.join(", ", parts));
        }
        return new Figure(word, meaning, Shown.number(value == null ? 0 : value.asLong(0)), "");
    }
}
