package dev.threadsmigration.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What was done to records that had been migrated before. */
record ChangesPanel(String anchor, String title, List<Figure> figures, List<String> keptBecause) {

    /** A number with its word and what it means. */
    record Figure(String word, String value, String meaning) {}

    boolean hasReasons() {
        return !keptBecause.isEmpty();
    }

    /** What became of records that legacy changed, or deleted, after they were moved; none where it did neither. */
    static List<ChangesPanel> ofLegacy(@Nullable JsonNode changes) {
        return Stream.concat(ofChanged(changes).stream(), ofDeleted(changes).stream())
                .toList();
    }

    private static List<ChangesPanel> ofChanged(@Nullable JsonNode changes) {
        if (changes == null || number(changes, "updated") + number(changes, "kept") == 0) {
            return List.of();
        }
        List<Figure> figures = List.of(
                new Figure(
                        "updated",
                        Shown.number(number(changes, "updated")),
                        "records that got what legacy changed after they were moved"),
                new Figure("kept", Shown.number(number(changes, "kept")), "records that stay as the target has them"));
        return List.of(new ChangesPanel("changes", "Changes", figures, reasons(changes.get("keptBecause"))));
    }

    private static List<ChangesPanel> ofDeleted(@Nullable JsonNode changes) {
        JsonNode deleted = changes == null ? null : changes.get("deleted");
        if (deleted == null
                || Stream.of("removed", "forgotten", "kept", "waiting").allMatch(key -> number(deleted, key) == 0)) {
            return List.of();
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(
                "removed",
                Shown.number(number(deleted, "removed")),
                "records taken out of the target, since legacy deleted them after they were moved"));
        figures.add(new Figure(
                "kept", Shown.number(number(deleted, "kept")), "records that stay although legacy deleted them"));
        addIfAny(figures, deleted, "forgotten", "forgotten", "had no record of ours in the target any more");
        addIfAny(figures, deleted, "waiting", "not removed yet", "records whose legacy rows are gone");
        return List.of(new ChangesPanel("deletions", "Deletions", figures, reasons(deleted.get("keptBecause"))));
    }

    /** What became of the application's writes into the target; none where the report tells of none. */
    static List<ChangesPanel> ofDualWrite(@Nullable JsonNode dualWrite) {
        if (dualWrite == null || !dualWrite.isObject()) {
            return List.of();
        }
        List<Figure> figures = new ArrayList<>();
        figures.add(figure(dualWrite, "inserted", "records of the application that legacy got"));
        figures.add(figure(dualWrite, "updated", "legacy rows that got what the application changed"));
        figures.add(figure(dualWrite, "deleted", "legacy rows of records that the application deleted"));
        figures.add(figure(dualWrite, "waiting", "writes in the queue that no sync has looked at"));
        figures.add(figure(dualWrite, "held", "writes that stay in the queue, for a person to decide"));
        List<String> reasons = new ArrayList<>(reasons(dualWrite.get("heldBecause")));
        reasons.addAll(reasons(dualWrite.get("keptBecause")));
        return List.of(new ChangesPanel("dual-write", "Dual-write", figures, reasons));
    }

    private static Figure figure(JsonNode node, String word, String meaning) {
        return new Figure(word, Shown.number(number(node, word)), meaning);
    }

    /** What a rollback, or the undoing of one, restored, removed and kept; none where the report tells of no rollback. */
    static List<ChangesPanel> ofRollback(@Nullable JsonNode rollback) {
        if (rollback == null || !rollback.isObject()) {
            return List.of();
        }
        long removed = number(rollback, "removed");
        List<Figure> figures = new ArrayList<>();
        figures.add(
                removed < 0
                        ? new Figure("put back", Shown.number(-removed), "records that the rollback had removed")
                        : new Figure("removed", Shown.number(removed), "migrated records taken out of the target"));
        figures.add(new Figure(
                "restored",
                Shown.number(number(rollback, "restored")),
                "legacy rows that got a later change, or came back"));
        figures.add(new Figure(
                "kept",
                Shown.number(number(rollback, "kept")),
                "records of ours that stay in the " + (removed < 0 ? "snapshot" : "target")));
        addIfAny(figures, rollback, "deletedInTarget", "deleted before", "records that the new system had deleted");
        addIfAny(figures, rollback, "legacyKept", "legacy kept", "not what was migrated; legacy was left as it is");
        return List.of(new ChangesPanel("rollback", "Rollback", figures, reasons(rollback.get("keptBecause"))));
    }

    private static void addIfAny(List<Figure> figures, JsonNode rollback, String key, String word, String meaning) {
        if (number(rollback, key) != 0) {
            figures.add(new Figure(word, Shown.number(number(rollback, key)), meaning));
        }
    }

    private static long number(JsonNode rollback, String key) {
        JsonNode value = rollback.get(key);
        return value == null ? 0 : value.asLong(0);
    }

    /** How many records for which reason. */
    private static List<String> reasons(@Nullable JsonNode because) {
        if (because == null || !because.isObject()) {
            return Plans.lines(because).stream().map(Shown::text).toList();
        }
        return because.properties().stream()
                .map(reason -> Shown.number(reason.getValue().asLong(0)) + ": " + Shown.text(reason.getKey()))
                .toList();
    }
}
