package dev.threadsmigration.bench;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The medians as a table for people, in Markdown. */
final class ResultTable {

    private static final String ROW = "| %-40s | %10s | %8s | %12s | %17s | %15s | %7s |%n";

    private final List<Result> results;
    private final @Nullable Double pipe;
    private final @Nullable Double ours;
    private final @Nullable Double oursDeferred;

    /**
     * @param pipe the name of the peer that the others are measured by
     * @param ours the name of threads-migration where indexes stay
     * @param oursDeferred the name of threads-migration where they are rebuilt
     */
    ResultTable(List<Result> results, String pipe, String ours, String oursDeferred) {
        this.results = results;
        this.pipe = speedOf(pipe);
        this.ours = speedOf(ours);
        this.oursDeferred = speedOf(oursDeferred);
    }

    private @Nullable Double speedOf(String name) {
        return results.stream()
                .filter(result -> result.name().equals(name))
                .map(Result::threadsPerSecond)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
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
            table.append(row(
                    result.name(),
                    number(speed, 0),
                    number(result.medianSeconds(), 1),
                    result.moves() ? ratio(speed, pipe) : "",
                    result.moves() ? ratio(ours, speed) : "",
                    result.moves() ? ratio(oursDeferred, speed) : "",
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

    private static String ratio(@Nullable Double one, @Nullable Double other) {
        return one == null || other == null ? "" : number(one / other, 2);
    }

    private static String number(@Nullable Double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
