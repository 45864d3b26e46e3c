package dev.threadsmigration.report.html;

import dev.threadsmigration.model.Amount;
import dev.threadsmigration.report.html.Finding.Mark;
import dev.threadsmigration.report.html.ReportDocument.Counts;
import dev.threadsmigration.report.html.ReportDocument.Validation;
import java.util.ArrayList;
import java.util.List;

/** What a report says about going live, point by point. */
final class Findings {

    private final ReportDocument report;

    Findings(ReportDocument report) {
        this.report = report;
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        findings.add(outcomes());
        findings.add(rejects());
        findings.add(comparison());
        Validation validation = report.validation();
        if (validation != null && !validation.queries().isEmpty()) {
            findings.add(queries(validation));
        }
        return findings;
    }

    private Finding outcomes() {
        long remaining = report.notYetMoved();
        return Finding.of(
                remaining == 0 && !report.entities().isEmpty(),
                "Every one of %s legacy records has its outcome".formatted(Shown.number(report.sum(Counts::total))),
                report.entities().isEmpty()
                        ? "No legacy record was counted"
                        : "%s still without an outcome"
                                .formatted(Amount.of(remaining, "record") + (remaining == 1 ? " is" : " are")),
                Mark.OPEN);
    }

    private Finding rejects() {
        long rejected = report.sum(Counts::rejected);
        return Finding.of(
                rejected == 0,
                "No record was rejected",
                "%s rejected and are not in the target"
                        .formatted(Amount.of(rejected, "record") + (rejected == 1 ? " was" : " were")),
                Mark.OPEN);
    }

    private Finding comparison() {
        Validation validation = report.validation();
        if (validation == null) {
            return new Finding(Mark.OPEN, "This run compared nothing; the proof is still to be made");
        }
        String compared = Shown.number(validation.compared());
        if (validation.found() > 0) {
            return new Finding(
                    Mark.BAD,
                    "%s compared: %s missing, %s different%s"
                            .formatted(
                                    compared,
                                    Shown.number(validation.missing()),
                                    Shown.number(validation.different()),
                                    validation.unexpected() == null || validation.unexpected() == 0
                                            ? ""
                                            : ", " + Shown.number(validation.unexpected()) + " unexpected"));
        }
        return validation.mode().equals("full")
                ? new Finding(Mark.GOOD, "All %s records compared field by field: no difference".formatted(compared))
                : new Finding(Mark.OPEN, "A sample of %s compared field by field: no difference".formatted(compared));
    }

    private static Finding queries(Validation validation) {
        long withoutIndex = validation.queries().stream()
                .filter(query -> !Plans.lines(query.missingIndex()).isEmpty())
                .count();
        if (!validation.slow().isEmpty()) {
            return new Finding(Mark.BAD, Shown.text(String.join("; ", validation.slow())));
        }
        return Finding.of(
                withoutIndex == 0,
                "The application's queries were timed and use their indexes",
                "%s an index that is missing"
                        .formatted(withoutIndex == 1 ? "One query wants" : withoutIndex + " queries want"),
                Mark.OPEN);
    }
}
