package dev.threadsmigration.report.html;

import dev.threadsmigration.ledger.RunStatus;
import dev.threadsmigration.report.html.ReportDocument.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A run of the migration in its history. */
record HistoryRow(
        String run,
        String command,
        String started,
        String took,
        String status,
        String tone,
        String note,
        boolean current) {

    /** @param runs the latest first */
    static List<HistoryRow> of(List<Run> runs) {
        List<HistoryRow> rows = new ArrayList<>();
        for (int i = 0; i < runs.size(); i++) {
            rows.add(of(runs.get(i), i + 1 < runs.size() ? runs.get(i + 1) : null));
        }
        return rows;
    }

    private static HistoryRow of(Run run, @Nullable Run before) {
        return new HistoryRow(
                String.valueOf(run.runId()),
                run.command(),
                Shown.time(run.startedAt()),
                run.endedAt() == null
                        ? "no end recorded"
                        : "took " + Shown.duration(Duration.between(run.startedAt(), run.endedAt())),
                run.status().name().toLowerCase(Locale.ROOT),
                tone(run.status()),
                note(run, before),
                run.current());
    }

    private static String tone(RunStatus status) {
        return switch (status) {
            case COMPLETED -> "good";
            case STOPPED, RUNNING -> "open";
            default -> "bad";
        };
    }

    private static String note(Run run, @Nullable Run before) {
        List<String> notes = new ArrayList<>();
        boolean resumes = before != null
                && before.command().equals(run.command())
                && !before.status().isFinished();
        if (resumes) {
            notes.add("Resumed after run " + before.runId() + ".");
        }
        if (run.status() == RunStatus.KILLED) {
            notes.add("Killed, or its machine was lost.");
        }
        if (run.message() != null) {
            notes.add(Shown.sentence(Shown.text(run.message())));
        }
        return String.join(" ", notes);
    }
}
