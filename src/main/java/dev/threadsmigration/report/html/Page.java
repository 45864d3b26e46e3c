package dev.threadsmigration.report.html;

import java.util.List;
import java.util.Map;

/** All that the page shows, in its order; a list of panels holds one or none. */
record Page(
        String migration,
        String command,
        String run,
        String started,
        String preset,
        boolean redacted,
        boolean dryRun,
        Verdict verdict,
        List<EntityPanel> entities,
        List<Pace> pace,
        List<RejectPanel> rejects,
        List<ValidationPanel> validation,
        List<ChangesPanel> rollback,
        List<ChangesPanel> changes,
        List<ChangesPanel> dualWrite,
        List<Map.Entry<String, String>> settings,
        List<Map.Entry<String, String>> mapping,
        List<HistoryRow> history,
        String ended,
        String version) {

    private static final String MAPPING = "mapping.";

    static Page of(ReportDocument report) {
        return new Page(
                report.migration(),
                report.command() + (report.undo() ? " --undo" : "") + (report.dryRun() ? " --dry-run" : ""),
                report.runId(),
                Shown.time(report.startedAt()),
                report.preset(),
                report.redacted(),
                report.dryRun(),
                Verdict.of(report),
                report.entities().entrySet().stream()
                        .map(entity -> EntityPanel.of(entity.getKey(), entity.getValue()))
                        .toList(),
                Pace.of(report.progress()),
                RejectPanel.of(report),
                report.validation() == null ? List.of() : List.of(ValidationPanel.of(report.validation())),
                ChangesPanel.ofRollback(report.rollback()),
                ChangesPanel.ofLegacy(report.changes()),
                ChangesPanel.ofDualWrite(report.dualWrite()),
                settings(report, false),
                settings(report, true),
                HistoryRow.of(report.history()),
                Shown.time(report.endedAt()),
                report.version() == null ? "" : report.version());
    }

    /** The mapping is long, and few look at it. */
    private static List<Map.Entry<String, String>> settings(ReportDocument report, boolean mapping) {
        return report.settings().entrySet().stream()
                .filter(setting -> setting.getKey().startsWith(MAPPING) == mapping)
                .toList();
    }

    boolean hasMapping() {
        return !mapping.isEmpty();
    }

    boolean hasEntities() {
        return !entities.isEmpty();
    }

    boolean hasSettings() {
        return !settings.isEmpty();
    }

    boolean hasHistory() {
        return !history.isEmpty();
    }

    boolean nothingRejected() {
        return rejects.isEmpty() && hasEntities();
    }
}
