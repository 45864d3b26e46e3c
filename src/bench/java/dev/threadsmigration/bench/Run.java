package dev.threadsmigration.bench;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of a peer.
 *
 * @param seconds from the start of its process to the end of the last
 * @param parts those of it that are of interest by themselves
 * @param peakMegabytes the most memory that its process had; null where that is not known
 */
record Run(double seconds, List<Part> parts, @Nullable Long peakMegabytes) {

    /** A part of a run, by what it did. */
    record Part(String name, double seconds) {}

    Run withSeconds(double all) {
        return new Run(all, parts, peakMegabytes);
    }

    Run withPart(String name, double some) {
        List<Part> all = new ArrayList<>(parts);
        all.add(new Part(name, some));
        return new Run(seconds, all, peakMegabytes);
    }
}
