package dev.threadsmigration.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Against a set of the JDK's, with ids as databases have them. */
class RememberedIdsTests {

    private static final int IDS = 131_072;

    private static void holdsExactly(IntFunction<UUID> id) {
        RememberedIds remembered = new RememberedIds();
        Set<UUID> expected = new HashSet<>();
        for (int n = 0; n < IDS; n++) {
            remembered.add(id.apply(2 * n));
            remembered.add(id.apply(2 * n));
            expected.add(id.apply(2 * n));
        }

        assertThat(expected).hasSize(IDS);
        assertThat(remembered.hasRoomFor(0)).isTrue();
        assertThat(remembered.hasRoomFor(2)).isFalse();
        for (int n = 0; n < 2 * IDS; n++) {
            assertThat(remembered.contains(id.apply(n))).isEqualTo(expected.contains(id.apply(n)));
        }
        remembered.clear();
        assertThat(remembered.contains(id.apply(0))).isFalse();
        assertThat(remembered.contains(id.apply(2 * IDS - 2))).isFalse();
        assertThat(remembered.hasRoomFor(IDS)).isTrue();
    }

    @Test
    void atRandom() {
        Random random = new Random(1);
        long[] halves = random.longs(4L * IDS).toArray();
        holdsExactly(n -> new UUID(halves[2 * n], halves[2 * n + 1]));
    }

    @Test
    void countedFromNilOn() {
        holdsExactly(n -> new UUID(0, n));
    }

    @Test
    void countedInTheFirstHalf() {
        holdsExactly(n -> new UUID((long) n << 32, 0x8000_0000_0000_0000L));
    }
}
