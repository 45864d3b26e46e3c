package dev.threadsmigration.report.html;

import dev.threadsmigration.report.html.ReportDocument.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;

/**
 * Throughput and remaining records over the time of a run, as paths in a box of 1000 by 100.
 *
 * @param layers throughput by entity, in the entities' order
 * @param remaining a path; empty where nothing remained at the start
 */
record Pace(
        String from,
        String to,
        String fastest,
        List<Layer> layers,
        String remaining,
        String most,
        String spokenThroughput,
        String spokenRemaining) {

    private static final int MOST_BUCKETS = 60;
    private static final int FEWEST_SAMPLES = 4;

    /** An entity's throughput. */
    record Layer(String entity, String path) {}

    boolean hasRemaining() {
        return !remaining.isEmpty();
    }

    /** The chart; none where the run was too short for one. */
    static List<Pace> of(List<Sample> samples) {
        if (samples.size() < FEWEST_SAMPLES) {
            return List.of();
        }
        long from = samples.get(0).atMs();
        long to = samples.get(samples.size() - 1).atMs();
        TreeSet<String> entities = new TreeSet<>(Comparator.comparingInt(Pace::rank));
        samples.forEach(sample -> entities.addAll(sample.moved().keySet()));
        if (entities.isEmpty() || to <= from) {
            return List.of();
        }
        int buckets = Math.min(MOST_BUCKETS, samples.size() - 1);
        List<double[]> rates = entities.stream()
                .map(entity -> new Throughput(samples, entity).rates(buckets))
                .toList();
        double fastest = rates.stream().flatMapToDouble(Arrays::stream).max().orElse(1);
        List<Layer> layers = new ArrayList<>();
        int layer = 0;
        for (String entity : entities) {
            layers.add(new Layer(entity, Paths.steps(rates.get(layer++), fastest)));
        }
        long most = samples.get(0).remaining();
        String length = Shown.duration(Duration.ofMillis(to - from));
        long left = samples.get(samples.size() - 1).remaining();
        return List.of(new Pace(
                "0 s",
                length,
                Shown.number(Math.round(fastest)),
                layers,
                most == 0 ? "" : Paths.remaining(samples),
                Shown.number(most),
                "At most %s records a second, over %s".formatted(Shown.number(Math.round(fastest)), length),
                "From %s remaining records to %s, in %s".formatted(Shown.number(most), Shown.number(left), length)));
    }

    private static int rank(String entity) {
        return List.of("users", "threads", "feedback").indexOf(entity);
    }
}
