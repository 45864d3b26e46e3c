package dev.threadsmigration.report.html;

import dev.threadsmigration.report.html.ReportDocument.Sample;
import java.util.List;

/** How many records of an entity a run moved a second, in equal spans of its time. */
final class Throughput {

    private final List<Sample> samples;
    private final String entity;

    Throughput(List<Sample> samples, String entity) {
        this.samples = samples;
        this.entity = entity;
    }

    double[] rates(int spans) {
        double from = samples.get(0).atMs();
        double width = (samples.get(samples.size() - 1).atMs() - from) / spans;
        double[] rates = new double[spans];
        for (int i = 0; i < spans; i++) {
            double moved = movedBy(from + (i + 1) * width) - movedBy(from + i * width);
            rates[i] = Math.max(0, moved * 1000 / width);
        }
        return rates;
    }

    /** What was moved by then: between two samples, as if at an even pace. */
    private double movedBy(double time) {
        Sample before = samples.get(0);
        for (Sample sample : samples) {
            if (sample.atMs() >= time) {
                double gap = sample.atMs() - before.atMs();
                double share = gap == 0 ? 1 : (time - before.atMs()) / gap;
                return moved(before) + (moved(sample) - moved(before)) * share;
            }
            before = sample;
        }
        return moved(before);
    }

    private double moved(Sample sample) {
        return sample.moved().getOrDefault(entity, 0L);
    }
}
