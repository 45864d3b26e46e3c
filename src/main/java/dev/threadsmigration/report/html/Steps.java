package dev.threadsmigration.report.html;

import dev.threadsmigration.report.CommandText;
import dev.threadsmigration.report.html.ReportDocument.Counts;
import dev.threadsmigration.report.html.ReportDocument.Validation;
import java.util.ArrayList;
import java.util.List;

/** What to do next, with the commands to copy. */
final class Steps {

    private final ReportDocument report;

    Steps(ReportDocument report) {
        this.report = report;
    }

    List<Step> resume() {
        return List.of(new Step(
                "Run the same command again; it goes on where this run ended",
                command(report.command(), (report.undo() ? " --undo" : "") + dryRun())));
    }

    List<Step> afterDryRun() {
        List<Step> steps = new ArrayList<>();
        if (report.sum(Counts::rejected) > 0) {
            steps.add(new Step("Mend the rejected records in legacy, by their remedies below, or accept them", null));
        }
        steps.add(new Step("Do it for good", command("migrate", "")));
        return steps;
    }

    List<Step> afterDifferences() {
        return List.of(
                new Step("Look into the differences below: did somebody change the target, or legacy?", null),
                new Step("Compare again once they are mended", command("validate", "")),
                new Step("Or take the migration back", command("rollback", "")));
    }

    List<Step> afterRollbackByItself() {
        return List.of(
                new Step("Look into the differences below, and mend what made them", null),
                new Step("Migrate again", command("migrate", "")));
    }

    List<Step> forWhatIsLeft() {
        return List.of(new Step("Move the records that are left", command("migrate", "")));
    }

    List<Step> afterRun() {
        List<Step> steps = new ArrayList<>();
        if (report.sum(Counts::remaining) > 0) {
            steps.add(new Step("Move the records that came since", command("migrate", "")));
        }
        if (report.sum(Counts::rejected) > 0) {
            steps.add(new Step("Mend the rejected records in legacy, by their remedies below, or accept them", null));
            steps.add(new Step("Run the mended ones again", command("retry", "")));
        }
        Validation validation = report.validation();
        if (validation == null || !validation.mode().equals("full")) {
            steps.add(new Step("Compare every record", command("validate", "")));
        }
        if (steps.isEmpty()) {
            steps.add(new Step("Point the application at the new database", null));
            steps.add(
                    new Step("If something turns up later, the migration can be taken back", command("rollback", "")));
        }
        return steps;
    }

    List<Step> forGood() {
        return List.of(new Step("Do it for good", command(report.command(), "")));
    }

    List<Step> afterUndo() {
        return List.of(new Step("Make sure that everything is as it was", command("validate", "")));
    }

    List<Step> afterRollback() {
        return List.of(
                new Step("Point the application at legacy again", null),
                new Step("To take the rollback itself back", command("rollback", " --undo")),
                new Step("To forget the migration for good", command("rollback", " --purge")));
    }

    private String dryRun() {
        return report.dryRun() ? " --dry-run" : "";
    }

    private String command(String command, String option) {
        return CommandText.of(command, report.jobFile()) + option;
    }
}
