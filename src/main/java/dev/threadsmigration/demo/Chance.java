package dev.threadsmigration.demo;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.UUID;

/** Seeded choices: the same sequence on every machine. */
final class Chance {

    private static final OffsetDateTime FIRST_DAY = OffsetDateTime.of(2019, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final OffsetDateTime LAST_DAY = OffsetDateTime.of(2025, 12, 31, 0, 0, 0, 0, ZoneOffset.UTC);

    private final Random random;

    Chance(long seed) {
        random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    boolean percent(int percent) {
        return random.nextInt(100) < percent;
    }

    <T> T pick(T[] choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** An index below {@code size}; low ones are far more likely, as few members write most of the threads. */
    int skewed(int size) {
        double draw = random.nextDouble();
        return (int) (size * draw * draw * draw);
    }

    /** A random UUID (version 4). */
    UUID uuid() {
        long most = random.nextLong() & ~0xF000L | 0x4000L;
        long least = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(most, least);
    }

    /** A moment of 2019 to 2025, in microseconds. */
    OffsetDateTime moment(ZoneOffset offset) {
        return between(FIRST_DAY, LAST_DAY, offset);
    }

    /** A moment of the 60 days after another, but not after 2025. */
    OffsetDateTime soonAfter(OffsetDateTime earlier) {
        OffsetDateTime latest = earlier.plusDays(60);
        return between(earlier, latest.isAfter(LAST_DAY) ? LAST_DAY : latest, earlier.getOffset());
    }

    /** A moment between another and the end of 2025. */
    OffsetDateTime after(OffsetDateTime earlier) {
        return between(earlier, LAST_DAY, earlier.getOffset());
    }

    private OffsetDateTime between(OffsetDateTime from, OffsetDateTime to, ZoneOffset offset) {
        long seconds = Math.max(1, Duration.between(from, to).toSeconds());
        return from.plusSeconds((long) (random.nextDouble() * seconds))
                .withNano(random.nextInt(1_000_000) * 1_000)
                .withOffsetSameInstant(offset);
    }
}
