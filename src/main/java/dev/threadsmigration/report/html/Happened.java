package dev.threadsmigration.report.html;

import dev.threadsmigration.model.Amount;
import dev.threadsmigration.report.html.ReportDocument.Counts;
import dev.threadsmigration.report.html.ReportDocument.Validation;
import java.time.Duration;

/** What a run did, in a sentence or two. */
final class Happened {

    private Happened() {}

    static String in(ReportDocument report) {
        String took = Shown.duration(Duration.ofMillis(report.durationMs()));
        String run = (report.dryRun() ? "The dry run" : "The run")
                + (report.resumed() ? ", going on where an earlier run had stopped," : "");
        if (report.finishedBefore()) {
            return "An earlier run had finished the migration, and nothing has come since. %s%s"
                    .formatted(report.problem() == null ? "" : problem(report) + " ", outcome(report));
        }
        return switch (report.status()) {
            case FAILED ->
                (report.nothingTouched()
                                ? "%s was refused after %s. %s"
                                : "%s failed after %s. What it had done is safe. %s")
                        .formatted(run, took, problem(report));
            case STOPPED ->
                "%s was stopped after %s. What it had done is safe. %s".formatted(run, took, problem(report));
            default -> "%s took %s. %s".formatted(run, took, outcome(report));
        };
    }

    private static String problem(ReportDocument report) {
        // A server's words end without a full stop.
        String problem =
                report.problem() == null ? "" : Shown.text(report.problem().replaceFirst("[^.]$", "$0."));
        return report.deferred().isEmpty()
                ? problem
                : "%s Still off in the target, until the migration is resumed: %s."
                        .formatted(problem, Shown.text(String.join(", ", report.deferred())))
                        .strip();
    }

    private static String outcome(ReportDocument report) {
        Validation validation = report.validation();
        String validated = validation == null
                ? ""
                : "%s compared %s%s: %s."
                        .formatted(
                                validation.by().isEmpty() ? "Validation" : "The validation" + validation.by(),
                                validation.mode().equals("full") ? "all " : "a sample of ",
                                Amount.of(validation.compared(), "record"),
                                validation.found() == 0 ? "no difference" : Amount.of(validation.found(), "finding"));
        if (report.command().equals("rollback")) {
            return "%s legacy records are in the target now."
                    .formatted(Shown.number(report.sum(Counts::migrated) + report.sum(Counts::duplicate)));
        }
        if (report.command().equals("validate")) {
            return validated;
        }
        return "%s %s".formatted(arrived(report), validated);
    }

    private static String arrived(ReportDocument report) {
        long total = report.sum(Counts::total);
        long arrived = report.sum(Counts::migrated) + report.sum(Counts::duplicate);
        long rejected = report.sum(Counts::rejected);
        return "%s legacy records %s in the target, %s rejected."
                .formatted(
                        arrived == total
                                ? "All " + Shown.number(total)
                                : Shown.number(arrived) + " of " + Shown.number(total),
                        report.dryRun() ? "would be" : "are",
                        rejected == 0 ? "none" : Shown.number(rejected));
    }
}
