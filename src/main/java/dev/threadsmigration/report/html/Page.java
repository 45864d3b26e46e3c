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
        List<RollbackPanel> rollback,
        List<Map.Entry<String, String>> settings,
        List<HistoryRow> history,
        String ended,
        String version) {

    static Page of(ReportDocument report) {
        return new Page(
                report.migration(),
                report.command() + (report.dryRun() ? " --dry-run" : ""),
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
                RollbackPanel.of(report.rollback()),
                List.copyOf(report.settings().entrySet()),
                HistoryRow.of(report.history()),
                Shown.time(report.endedAt()),
                report.version() == null ? "" : report.version());
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
