package dev.threadsmigration.bench;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The medians as a table for people, in Markdown. */
final class ResultTable {

    private static final String ROW = "| %-40s | %10s | %8s | %12s | %17s | %15s | %7s |%n";

    private final List<Result> results;
    private final Ratios ratios;

    ResultTable(List<Result> results, Ratios ratios) {
        this.results = results;
        this.ratios = ratios;
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder(
                row("", "threads/s", "seconds", "of COPY pipe", "threads-migration", "indexes rebuilt", "peak MB"));
        table.append(row("---", "---:", "---:", "---:", "---:", "---:", "---:"));
        for (Result result : results) {
            Double speed = result.threadsPerSecond();
            if (speed == null) {
                table.append(row(result.name(), String.valueOf(result.missing()), "", "", "", "", ""));
                continue;
            }
            Ratios.OfOne of = ratios.of(result);
            table.append(row(
                    result.name(),
                    number(speed, 0),
                    number(result.medianSeconds(), 1),
                    ratio(of.ofCopyPipe()),
                    ratio(of.inPlace()),
                    ratio(of.rebuilt()),
                    result.peakMegabytes() == null
                            ? ""
                            : number(result.peakMegabytes().doubleValue(), 0)));
            for (Run.Part part : result.medianParts()) {
                table.append(row(
                        "of it the " + part.name(),
                        number(result.threads() / part.seconds(), 0),
                        number(part.seconds(), 1),
                        "",
                        "",
                        "",
                        ""));
            }
        }
        return table.toString();
    }

    private static String row(Object... cells) {
        return ROW.formatted(cells);
    }

    private static String ratio(@Nullable Double ratio) {
        return ratio == null ? "" : number(ratio, 2);
    }

    private static String number(@Nullable Double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
