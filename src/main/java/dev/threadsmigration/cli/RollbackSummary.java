package dev.threadsmigration.cli;

import dev.threadsmigration.ledger.Equation;
import dev.threadsmigration.ledger.RollbackItem.Action;
import dev.threadsmigration.ledger.RollbackItems;
import dev.threadsmigration.report.RunReport;
import dev.threadsmigration.rollback.Beginning;
import java.util.Map;
import java.util.Objects;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;

/** What a rollback, or its undoing, did, as the ledger has it. */
final class RollbackSummary {

    private RollbackSummary() {}

    /** @param job whose last execution has ended */
    static RunReport.Rollback of(Session session, String job, JobParameters parameters) {
        JobExecution ended =
                Objects.requireNonNull(session.get(JobRepository.class).getLastJobExecution(job, parameters));
        RollbackItems items = session.get(RollbackItems.class);
        long number = ended.getJobInstance().getInstanceId();
        Map<Action, Long> counts = items.counts(number);
        long gone = counts.getOrDefault(Action.GONE, 0L);
        long removed = -Beginning.change(ended.getExecutionContext(), session.get(Equation.class));
        long carriedAndKept = counts.getOrDefault(Action.CARRIED_AND_KEPT, 0L);
        return new RunReport.Rollback(
                counts.getOrDefault(Action.CARRY, 0L) + counts.getOrDefault(Action.RESTORE, 0L) + carriedAndKept,
                session.commandOptions().undo ? removed + gone : removed - gone,
                counts.getOrDefault(Action.KEPT, 0L) + carriedAndKept,
                items.keptBecause(number),
                gone,
                counts.getOrDefault(Action.KEEP_LEGACY, 0L));
    }
}
