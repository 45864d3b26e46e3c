package dev.threadsmigration.report.html;

import dev.threadsmigration.report.html.ReportDocument.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The promise's equation for one entity, as numbers and as a bar. */
record EntityPanel(String name, String rate, List<Term> terms, List<Share> shares, String spoken) {

    /**
     * A number of the equation.
     *
     * @param operator what stands before it: nothing, {@code =} or {@code +}
     */
    record Term(String word, String operator, String value, boolean zero) {}

    /** A part of the bar, as wide as its records are many. */
    record Share(String word, long records) {}

    static EntityPanel of(String entity, Counts counts) {
        List<Share> parts = List.of(
                new Share("migrated", counts.migrated()),
                new Share("duplicate", counts.duplicate()),
                new Share("rejected", counts.rejected()),
                new Share("remaining", counts.remaining()));
        List<Term> terms = new ArrayList<>();
        terms.add(new Term("total", "", Shown.number(counts.total()), false));
        for (Share part : parts) {
            terms.add(new Term(
                    part.word(), terms.size() == 1 ? "=" : "+", Shown.number(part.records()), part.records() == 0));
        }
        List<Share> shares = parts.stream().filter(part -> part.records() > 0).toList();
        Long rate = counts.recordsPerSecond();
        return new EntityPanel(
                Shown.capitalised(entity),
                rate == null ? "" : Shown.number(rate) + " a second",
                terms,
                shares,
                shares.isEmpty()
                        ? "no " + entity
                        : shares.stream()
                                .map(share -> Shown.percent(share.records(), counts.total()) + " " + share.word())
                                .collect(Collectors.joining(", ")));
    }
}
