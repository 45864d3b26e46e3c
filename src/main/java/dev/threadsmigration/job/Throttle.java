package dev.threadsmigration.job;

import dev.threadsmigration.config.LivePace;
import dev.threadsmigration.config.Pace;
import dev.threadsmigration.target.ChunkProgress;
import dev.threadsmigration.target.Strain;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;

/**
 * Holds chunks back, so that a run is not faster than it may be and stands still while the target has too much to do. Steps
 * ask before each chunk and outside its transaction, so that nothing is locked and no connection is held meanwhile.
 */
final class Throttle implements StepInterruptionPolicy {

    private static final long LOOK_NANOS = Duration.ofSeconds(3).toNanos();
    private static final long NAP_MS = 50;

    private final StopSignal stop;
    private final LivePace live;
    private final Strain strain;
    private final ChunkProgress progress;

    private final Map<Long, Long> counted = new HashMap<>();
    private Pace pace;
    private long looked;
    private long nextChunk = System.nanoTime();
    private @Nullable String held;

    Throttle(StopSignal stop, LivePace live, Strain strain, ChunkProgress progress) {
        this.stop = stop;
        this.live = live;
        this.strain = strain;
        this.progress = progress;
        this.pace = live.current();
        this.looked = System.nanoTime() - LOOK_NANOS;
    }

    /** A second's worth of records where that is less than a chunk, so that a slow run goes on evenly. */
    int chunkSize(int wanted) {
        Long most = pace.maxRecordsPerSecond();
        return most == null ? wanted : (int) Math.max(1, Math.min(wanted, most));
    }

    @Override
    public void checkInterrupted(StepExecution stepExecution) throws JobInterruptedException {
        stop.checkInterrupted(stepExecution);
        count(stepExecution);
        while (mustWait()) {
            try {
                Thread.sleep(NAP_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            stop.checkInterrupted(stepExecution);
        }
    }

    /**
     * What the step has read since it last asked puts the next chunk off, whichever step's it is. Rows that are passed over
     * cost the target next to nothing.
     */
    private synchronized void count(StepExecution step) {
        long records = step.getReadCount() - step.getFilterCount();
        Long before = counted.put(step.getId(), records);
        Long most = pace.maxRecordsPerSecond();
        long fresh = records - (before == null ? 0 : before);
        if (most != null && fresh > 0) {
            nextChunk = Math.max(nextChunk, System.nanoTime())
                    + Duration.ofSeconds(fresh).toNanos() / most;
        }
    }

    private synchronized boolean mustWait() {
        if (System.nanoTime() - looked >= LOOK_NANOS) {
            look();
            looked = System.nanoTime();
        }
        return held != null || pace.maxRecordsPerSecond() != null && System.nanoTime() < nextChunk;
    }

    private void look() {
        pace = live.current();
        String now = pace.pauseWhen().isNever() ? null : strain.over(pace.pauseWhen());
        if (now != null || held != null) {
            progress.held(now);
        }
        held = now;
    }
}
