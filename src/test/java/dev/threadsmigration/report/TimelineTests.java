package dev.threadsmigration.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.model.Entity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TimelineTests {

    private static final Instant START = Instant.parse("2026-03-07T22:00:00Z");

    @Test
    void aLongRunHasNoMoreSamplesThanAShortOne() {
        Timeline timeline = new Timeline();
        for (int second = 0; second <= 36_000; second++) {
            timeline.add(sample(second));
        }

        List<Timeline.Sample> samples = timeline.samples();
        assertThat(samples).hasSizeBetween(100, 242);
        assertThat(samples.get(0)).isEqualTo(sample(0));
        assertThat(samples.get(samples.size() - 1)).isEqualTo(sample(36_000));
        assertThat(samples).isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
    }

    @Test
    void aRunThatMovedNothingHasNoSamples() {
        assertThat(new Timeline().samples()).isEmpty();
    }

    private static Timeline.Sample sample(int second) {
        return new Timeline.Sample(
                START.plusSeconds(second), Map.of(Entity.THREADS, second * 10L), 360_000 - second * 10L);
    }
}
