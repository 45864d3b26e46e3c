package dev.threadsmigration.cli;

import dev.threadsmigration.config.Limit;
import dev.threadsmigration.config.SampleSize;
import dev.threadsmigration.job.PlanHolder;
import dev.threadsmigration.ledger.Counts;
import dev.threadsmigration.ledger.QueryTiming;
import dev.threadsmigration.ledger.ValidationLog;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.preflight.EntityPlan;
import dev.threadsmigration.report.Redaction;
import dev.threadsmigration.report.RunReport;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a validation found, summed up from the ledger. */
final class ValidationSummary {

    private final Session session;
    private final Redaction redaction;

    ValidationSummary(Session session, Redaction redaction) {
        this.session = session;
        this.redaction = redaction;
    }

    /**
     * @param validation the validation's number
     * @param counts the equation as it is now
     */
    RunReport.Validation of(long validation, Map<Entity, Counts> counts) {
        ValidationLog log = session.get(ValidationLog.class);
        SampleSize sample =
                session.options().sampleOr(session.properties().validation().sample());
        Map<Entity, ValidationLog.Totals> totals = log.totals(validation);
        List<QueryTiming> queries =
                log.queries(validation).stream().map(redaction::of).toList();
        return new RunReport.Validation(
                sample.isAll() ? "full" : "sample",
                totals,
                sample.isAll() ? vanished(totals, counts) : Map.of(),
                log.countUnexpected(validation),
                log.issues(validation, RunReport.SHOWN).stream()
                        .map(redaction::of)
                        .toList(),
                queries,
                session.get(PlanHolder.class).plan().entities().values().stream()
                        .map(EntityPlan::rules)
                        .flatMap(rules -> rules.notReversible().stream())
                        .toList(),
                log.lost(validation),
                slow(queries));
    }

    /** Rows that have an outcome and were not among those that were read. */
    private static Map<Entity, Long> vanished(Map<Entity, ValidationLog.Totals> totals, Map<Entity, Counts> counts) {
        Map<Entity, Long> vanished = new EnumMap<>(Entity.class);
        totals.forEach((entity, found) -> {
            long settled = counts.getOrDefault(entity, Counts.NONE).done();
            vanished.put(entity, Math.max(0, settled - (found.seen() - found.unsettled())));
        });
        return vanished;
    }

    private List<String> slow(List<QueryTiming> queries) {
        Limit limit = session.properties().validation().maxP95Ms();
        return queries.stream()
                .filter(query -> !limit.isNone() && query.p95Ms() > limit.value())
                .map(query -> "%s takes %.2f ms (p95), more than migration.validation.max-p95-ms: %d"
                        .formatted(query.name(), query.p95Ms(), limit.value()))
                .toList();
    }
}
