package dev.threadsmigration.cli;

import dev.threadsmigration.config.Limit;
import dev.threadsmigration.config.SampleSize;
import dev.threadsmigration.job.MigrationJobs;
import dev.threadsmigration.job.PlanHolder;
import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.Counts;
import dev.threadsmigration.ledger.QueryTiming;
import dev.threadsmigration.ledger.ValidationLog;
import dev.threadsmigration.model.Entity;
import dev.threadsmigration.preflight.EntityPlan;
import dev.threadsmigration.report.Redaction;
import dev.threadsmigration.report.RunReport;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.repository.JobRepository;

/** What a validation found, summed up from the ledger. */
final class ValidationSummary {

    private final Session session;
    private final Redaction redaction;
    private final ValidationSample samples;

    ValidationSummary(Session session, Redaction redaction) {
        this.session = session;
        this.redaction = redaction;
        this.samples = new ValidationSample(session);
    }

    /**
     * @param ended of the job that it was part of
     * @param counts the equation as it is now
     */
    RunReport.Validation of(JobExecution ended, Map<Entity, Counts> counts) {
        ValidationLog log = session.get(ValidationLog.class);
        long validation = ended.getJobInstance().getInstanceId();
        SampleSize sample = samples.of(ended);
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
                slow(queries),
                null);
    }

    /**
     * What is known from earlier validations, of a {@code migrate} or of a {@code validate}: the last one, unless an earlier
     * one that compared more found differences.
     *
     * @param counts the equation as it is now
     * @return null where nothing was compared
     */
    RunReport.@Nullable Validation last(Map<Entity, Counts> counts) {
        RunReport.Validation last = null;
        long compared = 0;
        for (JobExecution execution : ended()) {
            long records = samples.of(execution).records();
            RunReport.Validation found =
                    records > compared ? of(execution, counts).by(run(execution)) : null;
            if (found != null && !found.totals().isEmpty()) {
                last = last == null || !found.isValid() ? found : last;
                compared = records;
            }
        }
        return last;
    }

    private RunReport.Earlier run(JobExecution execution) {
        Long run = samples.run(execution);
        return new RunReport.Earlier(
                run,
                run == null
                        ? null
                        : session.get(AuditLog.class)
                                .find(run)
                                .map(AuditLog.Entry::endedAt)
                                .orElse(null));
    }

    /** Whether the last {@code migrate}, or a {@code validate} since, met legacy rows that have no outcome. */
    boolean metNewRows() {
        ValidationLog log = session.get(ValidationLog.class);
        for (JobExecution execution : ended()) {
            boolean met = log.totals(execution.getJobInstance().getInstanceId()).values().stream()
                    .anyMatch(totals -> totals.unsettled() > 0);
            if (met || execution.getJobInstance().getJobName().equals("migrate")) {
                return met;
            }
        }
        return false;
    }

    /** The jobs that came to their end and may have compared, the latest first. */
    private List<JobExecution> ended() {
        MigrationJobs jobs = new MigrationJobs(
                session.get(JobRepository.class), session.properties().name());
        return Stream.of("migrate", "validate")
                .flatMap(jobs::lastExecutions)
                .filter(last -> last.getStatus() == BatchStatus.COMPLETED)
                .sorted(Comparator.comparingLong(JobExecution::getId).reversed())
                .toList();
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
                .map(query -> String.format(
                        Locale.ROOT,
                        "%s takes %.2f ms (p95), more than migration.validation.max-p95-ms: %d",
                        query.name(),
                        query.p95Ms(),
                        limit.value()))
                .toList();
    }
}
