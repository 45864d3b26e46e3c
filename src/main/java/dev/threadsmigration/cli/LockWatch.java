package dev.threadsmigration.cli;

import dev.threadsmigration.database.ConnectionGate;
import dev.threadsmigration.job.StopSignal;
import dev.threadsmigration.ledger.RunLock;

/**
 * Stops the run when the connection that holds its lock is gone: from then on another process may run, and nobody has a
 * connection to the target.
 */
final class LockWatch implements AutoCloseable {

    private static final long EVERY_MS = 2_000;

    private final Thread thread;
    private final ConnectionGate gate;

    private LockWatch(Thread thread, ConnectionGate gate) {
        this.thread = thread;
        this.gate = gate;
    }

    static LockWatch start(RunLock lock, StopSignal stop, ConnectionGate gate) {
        Thread thread = new Thread(() -> watch(lock, stop, gate), "lock-watch");
        thread.setDaemon(true);
        thread.start();
        return new LockWatch(thread, gate);
    }

    private static void watch(RunLock lock, StopSignal stop, ConnectionGate gate) {
        try {
            while (true) {
                Thread.sleep(EVERY_MS);
                if (lock.isLost()) {
                    gate.shut();
                    stop.stop(StopSignal.Reason.LOCK_LOST);
                    gate.breakOff();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        gate.open();
    }
}
