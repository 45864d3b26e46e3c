package dev.threadsmigration.bench;

import org.jspecify.annotations.Nullable;

/**
 * One run of a peer.
 *
 * @param seconds from the start of its process to the end of the last
 * @param validationSeconds how much of them it compared what it had written; null where it did not
 * @param peakMegabytes the most memory that its process had; null where that is not known
 */
record Run(
        double seconds,
        @Nullable Double validationSeconds,
        @Nullable Long peakMegabytes) {

    Run withSeconds(double all) {
        return new Run(all, validationSeconds, peakMegabytes);
    }

    Run withValidation(double part) {
        return new Run(seconds, part, peakMegabytes);
    }
}
