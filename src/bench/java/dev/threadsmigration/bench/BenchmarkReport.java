package dev.threadsmigration.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Everything that was measured, and where, for programs. */
record BenchmarkReport(Instant date, Machine machine, long threads, long users, List<Entry> peers) {

    /** A peer's runs with their medians. */
    record Entry(
            String name,
            long threads,
            @Nullable String missing,
            @Nullable Double threadsPerSecond,
            Map<String, @Nullable Double> medianSeconds,
            @Nullable Long peakMegabytes,
            Ratios.OfOne ratios,
            List<Run> runs) {}

    static BenchmarkReport of(BenchmarkSettings settings, Machine machine, List<Result> results, Ratios ratios) {
        List<Entry> peers = new ArrayList<>();
        for (Result result : results) {
            Map<String, @Nullable Double> medians = new LinkedHashMap<>();
            medians.put("all", result.medianSeconds());
            result.medianParts().forEach(part -> medians.put(part.name(), part.seconds()));
            peers.add(new Entry(
                    result.name(),
                    result.threads(),
                    result.missing(),
                    result.threadsPerSecond(),
                    medians,
                    result.peakMegabytes(),
                    ratios.of(result),
                    result.runs()));
        }
        return new BenchmarkReport(Instant.now(), machine, settings.threads(), settings.users(), peers);
    }

    void write(Path file) {
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build().writeValue(file, this);
    }
}
