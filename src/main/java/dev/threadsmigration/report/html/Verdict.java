package dev.threadsmigration.report.html;

import dev.threadsmigration.ledger.RunStatus;
import dev.threadsmigration.report.NextStep;
import java.util.List;

/**
 * The answer that stands first.
 *
 * @param question what the headline answers
 * @param tone {@code good}, {@code open} (somebody must do or decide something) or {@code bad}
 * @param headline the answer
 * @param happened what this run did, in a sentence or two
 * @param findings the answer's reasons
 * @param steps what to do next
 */
record Verdict(
        String question, String tone, String headline, String happened, List<Finding> findings, List<NextStep> steps) {

    private static final String LIVE = "Can we go live?";
    private static final String BACK = "Is it taken back?";

    boolean good() {
        return tone.equals("good");
    }

    boolean bad() {
        return tone.equals("bad");
    }

    boolean open() {
        return tone.equals("open");
    }

    boolean hasFindings() {
        return !findings.isEmpty();
    }

    boolean hasSteps() {
        return !steps.isEmpty();
    }

    static Verdict of(ReportDocument report) {
        if (report.command().equals("rollback")) {
            return takenBack(report);
        }
        List<Finding> findings = new Findings(report).all();
        return switch (report.status()) {
            case FAILED -> failed(report, findings);
            case STOPPED -> live(report, findings, "open", "Not yet: the run was stopped");
            case INVALID -> live(report, findings, "bad", whatIsInvalid(report));
            default ->
                report.dryRun()
                        ? live(report, findings, "open", "A rehearsal: nothing was changed")
                        : live(
                                report,
                                findings,
                                findings.stream().allMatch(Finding::good) ? "good" : "open",
                                open(findings));
        };
    }

    private static Verdict failed(ReportDocument report, List<Finding> findings) {
        if (report.tooManyRejects()) {
            return live(report, findings, "open", "Not yet: too many records are rejected");
        }
        return report.tooManyDeleted()
                ? live(report, findings, "open", "Not yet: too many legacy rows are gone")
                : live(report, findings, "bad", "Not yet: the run failed");
    }

    private static Verdict takenBack(ReportDocument report) {
        String what = report.undo() ? "undoing the rollback" : "the rollback";
        if (report.nothingTouched()) {
            return back(report, "open", "Nothing was touched: " + what + " was refused");
        }
        if (report.status() != RunStatus.COMPLETED) {
            return back(report, "bad", (report.undo() ? "In part: " : "Not yet: ") + what + " did not finish");
        }
        if (report.dryRun()) {
            return back(report, "open", "A rehearsal: nothing was changed");
        }
        return back(report, "good", report.undo() ? "No: the rollback is undone" : "Yes: the migration is taken back");
    }

    private static String whatIsInvalid(ReportDocument report) {
        if (report.takenBack()) {
            return "No: the two sides differed, so the migration is taken back";
        }
        boolean incomplete = report.notYetMoved() > 0
                && (report.validation() == null || report.validation().foundNothing());
        return incomplete ? "No: not every record has arrived" : "No: the two sides differ";
    }

    private static String open(List<Finding> findings) {
        long open = findings.stream().filter(finding -> !finding.good()).count();
        return open == 0
                ? "Ready to go live"
                : open == 1 ? "Almost: one point is open" : "Almost: " + open + " points are open";
    }

    private static Verdict live(ReportDocument report, List<Finding> findings, String tone, String headline) {
        return new Verdict(LIVE, tone, headline, Happened.in(report), findings, report.next());
    }

    private static Verdict back(ReportDocument report, String tone, String headline) {
        return new Verdict(BACK, tone, headline, Happened.in(report), List.of(), report.next());
    }
}
