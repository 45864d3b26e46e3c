package dev.threadsmigration.report.html;

import dev.threadsmigration.report.html.ReportDocument.Sample;
import java.util.List;
import java.util.Locale;

/** SVG path data in a box of 1000 by 100, its origin at the upper left. */
final class Paths {

    private static final double WIDTH = 1000;
    private static final double HEIGHT = 100;

    private Paths() {}

    /** Steps as high as the values, down to the ground on both sides. */
    static String steps(double[] values, double highest) {
        StringBuilder path = new StringBuilder("M0 100");
        double width = WIDTH / values.length;
        for (int i = 0; i < values.length; i++) {
            path.append(String.format(
                    Locale.ROOT, "V%.1fH%.1f", HEIGHT - HEIGHT * values[i] / Math.max(highest, 1e-9), (i + 1) * width));
        }
        return path.append("V100Z").toString();
    }

    /** A line from what remained at first to what remains. */
    static String remaining(List<Sample> samples) {
        double from = samples.get(0).atMs();
        double length = Math.max(1, samples.get(samples.size() - 1).atMs() - from);
        double most = Math.max(1, samples.get(0).remaining());
        StringBuilder path = new StringBuilder();
        for (Sample sample : samples) {
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append(String.format(
                            Locale.ROOT,
                            "%.1f %.1f",
                            (sample.atMs() - from) / length * WIDTH,
                            HEIGHT - Math.min(1, sample.remaining() / most) * HEIGHT));
        }
        return path.toString();
    }
}
