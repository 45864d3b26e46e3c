package dev.threadsmigration.bench;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How many times as fast as each other the ways are, by their medians.
 *
 * @param pipe how fast one COPY pipe is, in threads a second; null where it did not run, as are the others
 * @param inPlace threads-migration where indexes stay
 * @param rebuilt threads-migration where they are rebuilt
 */
record Ratios(
        @Nullable Double pipe,
        @Nullable Double inPlace,
        @Nullable Double rebuilt) {

    /**
     * Those of one way; null where there is nothing to compare.
     *
     * @param ofCopyPipe its speed in COPY pipes
     * @param inPlace that of threads-migration where indexes stay, in this way's
     * @param rebuilt that of threads-migration where they are rebuilt, in this way's
     */
    record OfOne(
            @Nullable Double ofCopyPipe,
            @Nullable Double inPlace,
            @Nullable Double rebuilt) {}

    static Ratios of(List<Result> results, Peer pipe, Peer inPlace, Peer rebuilt) {
        return new Ratios(speed(results, pipe), speed(results, inPlace), speed(results, rebuilt));
    }

    private static @Nullable Double speed(List<Result> results, Peer peer) {
        return results.stream()
                .filter(result -> result.name().equals(peer.name()))
                .map(Result::threadsPerSecond)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    OfOne of(Result result) {
        Double speed = result.moves() ? result.threadsPerSecond() : null;
        return new OfOne(divide(speed, pipe), divide(inPlace, speed), divide(rebuilt, speed));
    }

    private static @Nullable Double divide(@Nullable Double one, @Nullable Double other) {
        return one == null || other == null ? null : one / other;
    }
}
