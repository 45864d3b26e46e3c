package dev.threadsmigration.bench;

import org.jspecify.annotations.Nullable;

/**
 * One run of a peer.
 *
 * @param seconds from the start of its process to the end of the last
 * @param part one part of it that is of interest by itself; null where there is none
 * @param peakMegabytes the most memory that its process had; null where that is not known
 */
record Run(double seconds, @Nullable Part part, @Nullable Long peakMegabytes) {

    /** A part of a run, by what it did. */
    record Part(String name, double seconds) {}

    Run withSeconds(double all) {
        return new Run(all, part, peakMegabytes);
    }

    Run withPart(String name, double some) {
        return new Run(seconds, new Part(name, some), peakMegabytes);
    }
}
