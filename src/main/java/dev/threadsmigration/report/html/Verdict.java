package dev.threadsmigration.report.html;

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
        String question, String tone, String headline, String happened, List<Finding> findings, List<Step> steps) {

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
        Steps steps = new Steps(report);
        String happened = Happened.in(report);
        boolean ended = report.status().equals("COMPLETED") || report.status().equals("INVALID");
        if (report.command().equals("rollback") && report.dryRun() && ended) {
            return new Verdict(BACK, "open", "A rehearsal: nothing was changed", happened, List.of(), steps.forGood());
        }
        if (report.command().equals("rollback") && report.undo() && ended) {
            return new Verdict(BACK, "good", "No: the rollback is undone", happened, List.of(), steps.afterUndo());
        }
        if (report.command().equals("rollback")) {
            return ended
                    ? new Verdict(
                            BACK,
                            "good",
                            "Yes: the migration is taken back",
                            happened,
                            List.of(),
                            steps.afterRollback())
                    : new Verdict(
                            BACK, "bad", "Not yet: the rollback did not finish", happened, List.of(), steps.resume());
        }
        List<Finding> findings = new Findings(report).all();
        return switch (report.status()) {
            case "FAILED" ->
                report.finishedBefore()
                        ? new Verdict(
                                LIVE,
                                "open",
                                "Not yet: too many records are rejected",
                                happened,
                                findings,
                                steps.afterRun())
                        : new Verdict(LIVE, "bad", "Not yet: the run failed", happened, findings, steps.resume());
            case "STOPPED" ->
                new Verdict(LIVE, "open", "Not yet: the run was stopped", happened, findings, steps.resume());
            case "INVALID" -> invalid(report, findings, happened, steps);
            default ->
                report.dryRun()
                        ? new Verdict(
                                LIVE,
                                "open",
                                "A rehearsal: nothing was changed",
                                happened,
                                findings,
                                steps.afterDryRun())
                        : completed(findings, happened, steps);
        };
    }

    private static Verdict invalid(ReportDocument report, List<Finding> findings, String happened, Steps steps) {
        if (report.takenBack()) {
            return new Verdict(
                    LIVE,
                    "bad",
                    "No: the two sides differed, so the migration is taken back",
                    happened,
                    findings,
                    steps.afterRollbackByItself());
        }
        boolean incomplete = report.notYetMoved() > 0
                && (report.validation() == null || report.validation().foundNothing());
        return incomplete
                ? new Verdict(
                        LIVE, "bad", "No: not every record has arrived", happened, findings, steps.forWhatIsLeft())
                : new Verdict(LIVE, "bad", "No: the two sides differ", happened, findings, steps.afterDifferences());
    }

    private static Verdict completed(List<Finding> findings, String happened, Steps steps) {
        long open = findings.stream().filter(finding -> !finding.good()).count();
        String headline = open == 0
                ? "Ready to go live"
                : open == 1 ? "Almost: one point is open" : "Almost: " + open + " points are open";
        return new Verdict(LIVE, open == 0 ? "good" : "open", headline, happened, findings, steps.afterRun());
    }
}
