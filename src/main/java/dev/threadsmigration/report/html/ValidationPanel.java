package dev.threadsmigration.report.html;

import dev.threadsmigration.model.Amount;
import dev.threadsmigration.report.html.ReportDocument.Issue;
import dev.threadsmigration.report.html.ReportDocument.Query;
import dev.threadsmigration.report.html.ReportDocument.Validation;
import java.util.ArrayList;
import java.util.List;

/** What validation compared, what it found, and how fast the application's queries are. */
record ValidationPanel(
        String mode,
        List<Figure> figures,
        List<Difference> differences,
        String differencesTitle,
        List<String> notReversible,
        List<Timing> timings) {

    /** A number with its word. */
    record Figure(String word, String value, boolean alarming) {}

    /** A field that is not what it must be, or a record that is not there or should not be. */
    record Difference(
            String entity, String legacyId, String field, Side expected, Side found, String legacy, String whole) {

        static Difference of(Issue issue) {
            return new Difference(
                    issue.entity(),
                    id(issue),
                    issue.field() == null ? "" : issue.field(),
                    Side.of(issue.expected(), issue.found()),
                    Side.of(issue.found(), issue.expected()),
                    issue.legacyValue() == null || issue.legacyValue().equals(issue.expected())
                            ? ""
                            : Shown.text(issue.legacyValue()),
                    whole(issue));
        }

        private static String id(Issue issue) {
            String id = issue.legacyId() == null ? issue.found() : issue.legacyId();
            return id == null ? "NULL" : Shown.text(id);
        }

        /** What is wrong with the record as a whole; empty where it is one field. */
        private static String whole(Issue issue) {
            if (issue.field() != null) {
                return "";
            }
            return issue.kind().equals("missing")
                    ? "the target has no such record"
                    : "carries our marker, but the ledger does not know it";
        }

        boolean hasLegacy() {
            return !legacy.isEmpty();
        }
    }

    /** A timed query. */
    record Timing(String name, String p50, String p95, String rows, String plan, String missingIndex) {

        static Timing of(Query query) {
            return new Timing(
                    query.name(),
                    Shown.milliseconds(query.p50Ms()),
                    Shown.milliseconds(query.p95Ms()),
                    query.rows() == null ? "" : Shown.number(query.rows()),
                    Plans.text(query.plan()),
                    Plans.text(query.missingIndex()));
        }

        boolean hasRows() {
            return !rows.isEmpty();
        }

        boolean hasPlan() {
            return !plan.isEmpty();
        }

        boolean wantsIndex() {
            return !missingIndex.isEmpty();
        }
    }

    boolean hasDifferences() {
        return !differences.isEmpty();
    }

    boolean hasLosses() {
        return !notReversible.isEmpty();
    }

    boolean hasTimings() {
        return !timings.isEmpty();
    }

    static ValidationPanel of(Validation validation) {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("compared", Shown.number(validation.compared()), false));
        figures.add(new Figure("missing", Shown.number(validation.missing()), validation.missing() > 0));
        figures.add(new Figure("different", Shown.number(validation.different()), validation.different() > 0));
        if (validation.unexpected() != null) {
            figures.add(new Figure("unexpected", Shown.number(validation.unexpected()), validation.unexpected() > 0));
        }
        int shown = validation.issues().size();
        return new ValidationPanel(
                "%s was read back and compared with legacy, field by field%s."
                        .formatted(
                                validation.mode().equals("full") ? "Every migrated record" : "A random sample",
                                validation.earlierRun() == null
                                        ? ""
                                        : ", by " + validation.earlierRun().words()),
                figures,
                validation.issues().stream().map(Difference::of).toList(),
                shown == 1 ? "One finding" : shown < 100 ? shown + " findings" : "The first " + shown + " findings",
                losses(validation),
                validation.queries().stream().map(Timing::of).toList());
    }

    /** What the rules announce, and what the records that were compared really lose. */
    private static List<String> losses(Validation validation) {
        List<String> losses = new ArrayList<>(
                validation.notReversible().stream().map(Shown::text).toList());
        validation
                .roundTrip()
                .forEach((field, records) -> losses.add(
                        "%s: so it is for %s".formatted(Shown.text(field), Amount.of(records, "compared record"))));
        return losses;
    }
}
