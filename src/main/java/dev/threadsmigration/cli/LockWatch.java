package dev.threadsmigration.cli;

import dev.threadsmigration.job.StopSignal;
import dev.threadsmigration.ledger.RunLock;

/** Stops the run when the connection that holds its lock is gone: from then on another process may run. */
final class LockWatch implements AutoCloseable {

    private static final long EVERY_MS = 2_000;

    private final Thread thread;

    private LockWatch(Thread thread) {
        this.thread = thread;
    }

    /** @param idle whether there is no lock to watch */
    static LockWatch start(RunLock lock, StopSignal stop, boolean idle) {
        Thread thread = new Thread(() -> watch(lock, stop), "lock-watch");
        thread.setDaemon(true);
        if (!idle) {
            thread.start();
        }
        return new LockWatch(thread);
    }

    private static void watch(RunLock lock, StopSignal stop) {
        try {
            while (true) {
                Thread.sleep(EVERY_MS);
                if (!lock.isHeld()) {
                    stop.stop(StopSignal.Reason.LOCK_LOST);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
