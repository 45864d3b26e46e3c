package dev.threadsmigration.report;

import dev.threadsmigration.model.Entity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How far a run was at which moment: as many samples as a chart can show, however long the run. */
public final class Timeline {

    private static final int MOST = 240;
    private static final Duration FIRST_GAP = Duration.ofMillis(20);

    private final List<Sample> samples = new ArrayList<>();
    private Duration gap = FIRST_GAP;
    private @Nullable Sample latest;

    /**
     * A moment of a run.
     *
     * @param moved records that this run has given an outcome so far, by entity
     * @param remaining records without an outcome, of all entities
     */
    public record Sample(Instant at, Map<Entity, Long> moved, long remaining) {}

    void add(Sample sample) {
        latest = sample;
        if (samples.isEmpty()
                || Duration.between(samples.get(samples.size() - 1).at(), sample.at())
                                .compareTo(gap)
                        >= 0) {
            samples.add(sample);
        }
        if (samples.size() > MOST) {
            thin();
        }
    }

    private void thin() {
        gap = gap.multipliedBy(2);
        List<Sample> kept = new ArrayList<>();
        for (int i = 0; i < samples.size(); i += 2) {
            kept.add(samples.get(i));
        }
        samples.clear();
        samples.addAll(kept);
    }

    /** The samples in order; the last one is always there. */
    List<Sample> samples() {
        List<Sample> all = new ArrayList<>(samples);
        if (latest != null && !all.get(all.size() - 1).equals(latest)) {
            all.add(latest);
        }
        return List.copyOf(all);
    }
}
