package dev.threadsmigration.cli;

import dev.threadsmigration.database.ConnectionGate;
import dev.threadsmigration.database.Dialect;
import dev.threadsmigration.database.MemoryShare;
import dev.threadsmigration.job.ChunkSize;
import dev.threadsmigration.job.StopSignal;
import dev.threadsmigration.ledger.AuditLog;
import dev.threadsmigration.ledger.RollbackItems;
import dev.threadsmigration.ledger.RunLock;
import dev.threadsmigration.model.Amount;
import dev.threadsmigration.preflight.ConnectionProblem;
import dev.threadsmigration.rollback.RollbackStoppedException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobExecutionException;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;

/**
 * Runs a job to its end: recovers it after a kill, and starts it again from its checkpoint, with growing pauses, when a
 * server was lost. A restart is the only retry there is. The caller holds the migration's lock.
 */
final class JobLoop {

    private static final Logger LOG = LoggerFactory.getLogger("dev.threadsmigration.run");
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

    private final JobRepository repository;
    private final JobOperator operator;
    private final RollbackItems items;
    private final AuditLog audit;
    private final RunLock lock;
    private final StopSignal stop;
    private final ConnectionGate gate;
    private final ChunkSize chunkSize;
    private final Clock clock;
    private final Duration retryFor;
    private final Dialect[] dialects;

    JobLoop(
            JobRepository repository,
            JobOperator operator,
            RollbackItems items,
            AuditLog audit,
            RunLock lock,
            StopSignal stop,
            ConnectionGate gate,
            ChunkSize chunkSize,
            Clock clock,
            Duration retryFor,
            Dialect... dialects) {
        this.repository = repository;
        this.operator = operator;
        this.items = items;
        this.audit = audit;
        this.lock = lock;
        this.stop = stop;
        this.gate = gate;
        this.chunkSize = chunkSize;
        this.clock = clock;
        this.retryFor = retryFor;
        this.dialects = dialects;
    }

    /**
     * How a job ended.
     *
     * @param status COMPLETED, STOPPED or FAILED
     * @param nothingTouched whether the job ended before it changed anything
     * @param busy whether another process took the lock while ours was lost
     */
    record End(BatchStatus status, @Nullable String problem, boolean busy, boolean nothingTouched) {

        End(BatchStatus status, @Nullable String problem, boolean busy) {
            this(status, problem, busy, false);
        }
    }

    End run(Job job, JobParameters parameters) {
        EarlierTries earlier = new EarlierTries(repository, operator, job.getName(), parameters);
        Instant lostSince = null;
        Duration pause = FIRST_PAUSE;
        long looked = 0;
        while (true) {
            List<Throwable> failures;
            try {
                earlier.recover();
                JobExecution execution = operator.start(job, parameters);
                if (execution.getStatus() == BatchStatus.COMPLETED) {
                    return new End(BatchStatus.COMPLETED, null, false);
                }
                if (stop.reason() != null && stop.reason() != StopSignal.Reason.LOCK_LOST) {
                    return new End(BatchStatus.STOPPED, null, false);
                }
                failures = execution.getAllFailureExceptions();
            } catch (Exception e) {
                failures = List.of(e);
            }
            RollbackStoppedException stopped = Causes.find(failures, RollbackStoppedException.class);
            if (stopped != null) {
                if (stopped.nothingTouched()) {
                    // Not resumed but looked at anew, since somebody is to change something first.
                    earlier.forget(items);
                }
                return new End(BatchStatus.FAILED, stopped.getMessage(), false, stopped.nothingTouched());
            }
            if (Causes.areOfMemory(failures, dialects)) {
                if (!chunkSize.reduce()) {
                    return new End(BatchStatus.FAILED, tooLarge(), false);
                }
                LOG.info(
                        "The records of a chunk do not fit into the memory. Going on with {} a chunk.",
                        Amount.of(chunkSize.records(), "record"));
                continue;
            }
            boolean lockLost = lock.isLost();
            boolean passing = lockLost || Causes.arePassing(failures, dialects);
            if (!passing || retryFor.isZero()) {
                return new End(BatchStatus.FAILED, describe(failures), false);
            }
            Instant now = clock.instant();
            lostSince = lostSince == null ? now : lostSince;
            boolean refused = !lockLost && !Causes.areOfConnection(failures);
            End end = waitForServer(lostSince, pause, describe(failures), refused);
            if (end != null) {
                return end;
            }
            JobExecution last = earlier.last();
            if (last != null && last.getStatus() == BatchStatus.COMPLETED) {
                // By another process meanwhile, or by us in a commit that was not answered.
                return new End(BatchStatus.COMPLETED, null, false);
            }
            if (!audit.isOpen()) {
                // Somebody has run the migration, and has ended: to go on would undo a rollback, say.
                return takenOver();
            }
            boolean wentOn = last != null
                    && last.getId() != looked
                    && last.getStepExecutions().stream().anyMatch(step -> step.getCommitCount() > 0);
            looked = last == null ? looked : last.getId();
            lostSince = wentOn ? null : lostSince;
            pause = wentOn ? FIRST_PAUSE : longer(pause);
        }
    }

    /** A dry run has one transaction, which cannot be taken up again. */
    private String tooLarge() {
        return "The records of a chunk do not fit into the memory that Java may use (%s): %sgive it more with -Xmx"
                .formatted(
                        MemoryShare.heap(), chunkSize.records() == 1 ? "" : "set a smaller migration.chunk-size, or ");
    }

    /**
     * Waits until the lock is ours again; null when the job can go on.
     *
     * @param refused whether the server is there, and did not do what it was asked for
     */
    private @Nullable End waitForServer(Instant lostSince, Duration firstPause, String failure, boolean refused) {
        String problem = failure;
        Duration pause = firstPause;
        while (true) {
            Duration away = Duration.between(lostSince, clock.instant());
            if (away.plus(pause).compareTo(retryFor) > 0) {
                return new End(
                        BatchStatus.FAILED,
                        (refused
                                        ? "A server refused for longer than migration.retry-for (%d s): %s"
                                        : "The server stayed away longer than migration.retry-for (%d s): %s")
                                .formatted(retryFor.toSeconds(), problem),
                        false);
            }
            LOG.warn(
                    refused
                            ? "A server refused what it was asked for ({}). Trying again in {} s."
                            : "A server was lost ({}). Trying again in {} s.",
                    problem,
                    pause.toSeconds());
            if (!sleep(pause)) {
                return new End(BatchStatus.STOPPED, null, false);
            }
            try {
                if (lock.isHeld() || lock.tryAcquire()) {
                    stop.lockRegained();
                    gate.open();
                    return null;
                }
                return takenOver();
            } catch (SQLException e) {
                problem = describe(List.of(e));
                pause = longer(pause);
            }
        }
    }

    private static End takenOver() {
        return new End(BatchStatus.FAILED, "Another process took this migration over while the server was away.", true);
    }

    private static Duration longer(Duration pause) {
        return pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
    }

    /** False where the process is asked to end meanwhile. */
    private boolean sleep(Duration pause) {
        Instant end = clock.instant().plus(pause);
        try {
            while (clock.instant().isBefore(end)) {
                if (stop.reason() == StopSignal.Reason.TERMINATED) {
                    return false;
                }
                Thread.sleep(100);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Failures come in no order, and among them is Spring Batch's, which says no more than that some step failed. */
    private static String describe(List<Throwable> failures) {
        String problem = failures.stream()
                .min(Comparator.comparing(JobLoop::saysNothing))
                .map(Causes::describe)
                .orElse("its connection was closed");
        return failures.stream()
                .flatMap(failure -> Causes.of(failure).stream())
                .map(cause -> cause instanceof SQLException sql ? ConnectionProblem.remedy(sql.getSQLState()) : "")
                .filter(remedy -> !remedy.isEmpty())
                .findFirst()
                .map(remedy -> problem.replaceFirst("\\.$", "") + ". " + remedy)
                .orElse(problem);
    }

    private static boolean saysNothing(Throwable failure) {
        return failure instanceof JobExecutionException && failure.getCause() == null;
    }
}
