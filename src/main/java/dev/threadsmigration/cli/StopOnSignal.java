package dev.threadsmigration.cli;

import dev.threadsmigration.job.StopSignal;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets SIGTERM and Ctrl-C end a run well: the chunk in hand commits, the checkpoint and the report are written, and only
 * then does the JVM go on to exit, with the signal's own code.
 */
final class StopOnSignal implements AutoCloseable {

    private static final int LONGEST_WAIT_MINUTES = 10;

    private final CountDownLatch ended = new CountDownLatch(1);

    private StopOnSignal() {}

    static StopOnSignal install(StopSignal stop) {
        StopOnSignal signal = new StopOnSignal();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> signal.onSignal(stop), "stop-on-signal"));
        return signal;
    }

    private void onSignal(StopSignal stop) {
        if (ended.getCount() == 0) {
            return;
        }
        System.err.println("\nStopping after the chunk in hand; the same command again resumes...");
        stop.stop(StopSignal.Reason.TERMINATED);
        try {
            ended.await(LONGEST_WAIT_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The run has ended. */
    @Override
    public void close() {
        ended.countDown();
    }
}
