package dev.threadsmigration.bench;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
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

    /** The parts that its runs tell of, in their order; none where there are no runs. */
    List<Run.Part> medianParts() {
        if (runs.isEmpty()) {
            return List.of();
        }
        return IntStream.range(0, runs.get(0).parts().size())
                .mapToObj(i -> new Run.Part(
                        runs.get(0).parts().get(i).name(),
                        Objects.requireNonNull(median(runs.stream()
                                .map(run -> run.parts().get(i).seconds())
                                .toList()))))
                .toList();
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
