package dev.threadsmigration.cli;

import dev.threadsmigration.job.StopSignal;
import dev.threadsmigration.ledger.RunLock;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Stops the run when the connection that holds its lock is gone: from then on another process may run. While it is gone,
 * nobody waits long for a connection: a job that fails asks for some twenty, one after the other, before it has ended.
 */
final class LockWatch implements AutoCloseable {

    private static final long EVERY_MS = 2_000;
    private static final Duration WHILE_HELD = Duration.ofSeconds(3);
    private static final Duration WHILE_LOST = Duration.ofMillis(250);

    private final Thread thread;

    private LockWatch(Thread thread) {
        this.thread = thread;
    }

    /**
     * @param connectWithin is told how long to wait for a connection
     * @param idle whether there is no lock to watch
     */
    static LockWatch start(RunLock lock, StopSignal stop, Consumer<Duration> connectWithin, boolean idle) {
        Thread thread = new Thread(() -> watch(lock, stop, connectWithin), "lock-watch");
        thread.setDaemon(true);
        if (!idle) {
            thread.start();
        }
        return new LockWatch(thread);
    }

    private static void watch(RunLock lock, StopSignal stop, Consumer<Duration> connectWithin) {
        try {
            connectWithin.accept(WHILE_HELD);
            while (true) {
                Thread.sleep(EVERY_MS);
                boolean held = lock.isHeld();
                connectWithin.accept(held ? WHILE_HELD : WHILE_LOST);
                if (!held) {
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
