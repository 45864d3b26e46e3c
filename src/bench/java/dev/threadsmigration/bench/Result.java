package dev.threadsmigration.bench;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All runs of a peer.
 *
 * @param threads how many legacy threads it looked at in each
 * @param moves whether it moved them there, and did not take them out again
 * @param missing why there are none; null: there are
 */
record Result(
        String name, long threads, boolean moves, @Nullable String missing, List<Run> runs) {

    @Nullable
    Double medianSeconds() {
        return median(runs.stream().map(Run::seconds).toList());
    }

    /** The part that its runs tell of; null where they tell of none. */
    Run.@Nullable Part medianPart() {
        List<Run.Part> parts =
                runs.stream().map(Run::part).filter(Objects::nonNull).toList();
        Double seconds = median(parts.stream().map(Run.Part::seconds).toList());
        return seconds == null ? null : new Run.Part(parts.get(0).name(), seconds);
    }

    @Nullable
    Double threadsPerSecond() {
        Double seconds = medianSeconds();
        return seconds == null ? null : threads / seconds;
    }

    @Nullable
    Long peakMegabytes() {
        return runs.stream()
                .map(Run::peakMegabytes)
                .filter(Objects::nonNull)
                .max(Long::compare)
                .orElse(null);
    }

    private static @Nullable Double median(List<Double> values) {
        if (values.isEmpty()) {
            return null;
        }
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
