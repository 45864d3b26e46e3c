package dev.threadsmigration.report.html;

import dev.threadsmigration.model.Amount;
import dev.threadsmigration.model.RejectionCode;
import dev.threadsmigration.report.html.ReportDocument.Reject;
import java.util.List;

/**
 * The rejected records: how many by code, what to do about each, and which.
 *
 * @param first the first rejects, as many as a report shows
 * @param all where every reject is
 */
record RejectPanel(String count, List<Group> groups, List<Row> first, String firstOf, String all) {

    /** The rejects of a code. */
    record Group(String code, String count, String remedy, String examplesTitle, List<Row> examples) {

        boolean hasExamples() {
            return !examples.isEmpty();
        }
    }

    /** A reject. */
    record Row(String entity, String legacyId, String code, String field, String message) {

        static Row of(Reject reject) {
            return new Row(
                    reject.entity(),
                    reject.legacyId() == null ? "NULL" : Shown.text(reject.legacyId()),
                    reject.code(),
                    reject.field() == null ? "the record" : reject.field(),
                    Shown.text(reject.message()));
        }
    }

    /** The panel; none where nothing was rejected. */
    static List<RejectPanel> of(ReportDocument report) {
        long rejected = report.rejectedByCode().values().stream()
                .mapToLong(Long::longValue)
                .sum();
        if (rejected == 0) {
            return List.of();
        }
        List<Group> groups = report.rejectedByCode().entrySet().stream()
                .map(entry -> group(
                        entry.getKey(),
                        entry.getValue(),
                        report.rejectExamples().getOrDefault(entry.getKey(), List.of())))
                .toList();
        List<Row> first = report.errors().stream().map(Row::of).toList();
        return List.of(new RejectPanel(
                Amount.of(rejected, "record"),
                groups,
                first,
                first.size() < rejected
                        ? "The first %d of %s".formatted(first.size(), Shown.number(rejected))
                        : "All " + Shown.number(rejected),
                report.errorFile() == null ? "" : report.errorFile()));
    }

    private static Group group(String code, long count, List<Reject> examples) {
        return new Group(
                code,
                Shown.number(count),
                Shown.sentence(RejectionCode.remedyOf(code)),
                examples.size() == 1 ? "1 example" : examples.size() + " examples",
                examples.stream().map(Row::of).toList());
    }
}
