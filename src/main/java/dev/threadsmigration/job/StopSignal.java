package dev.threadsmigration.job;

import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;

/** Asks every step to stop after the chunk in hand. An interrupted thread counts as asked. */
public final class StopSignal implements StepInterruptionPolicy {

    /** Why a run stops before its end. */
    public enum Reason {
        /** The process was asked to end. */
        TERMINATED,
        /** The connection that holds the migration's lock is gone. */
        LOCK_LOST,
        /** More records were rejected than the job file allows. */
        TOO_MANY_REJECTS
    }

    private volatile @Nullable Reason reason;

    /** The first reason stays, but who is asked to end does not go on after a lost lock was taken again. */
    public synchronized void stop(Reason why) {
        if (reason == null || reason == Reason.LOCK_LOST) {
            reason = why;
        }
    }

    /** Why the run stops; null while it goes on. */
    public @Nullable Reason reason() {
        return reason;
    }

    /** Forgets a lost lock, after which the same process goes on; no other reason is forgotten. */
    public synchronized void lockRegained() {
        if (reason == Reason.LOCK_LOST) {
            reason = null;
        }
    }

    @Override
    public void checkInterrupted(StepExecution stepExecution) throws JobInterruptedException {
        if (reason != null || Thread.currentThread().isInterrupted()) {
            stepExecution.setTerminateOnly();
        }
        if (stepExecution.isTerminateOnly()) {
            throw new JobInterruptedException("stopping after a whole chunk");
        }
    }
}
