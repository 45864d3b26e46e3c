package dev.threadsmigration.job;

import dev.threadsmigration.config.SampleSize;
import org.jspecify.annotations.Nullable;

/**
 * What the command line says about one run.
 *
 * @param sample null: what the job file says
 */
public record RunOptions(
        String command, boolean dryRun, @Nullable SampleSize sample) {

    /** How many records to compare. */
    public SampleSize sampleOr(SampleSize ofJobFile) {
        return sample == null ? ofJobFile : sample;
    }
}
