package dev.threadsmigration.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.threadsmigration.database.MemoryShare;
import org.junit.jupiter.api.Test;

/** How many rows a page is asked for. */
class PageSizeTests {

    /** Half of it is for a page's values: a million bytes. */
    private static final MemoryShare MEMORY = new MemoryShare(2_000_000);

    private final PageSize size = new PageSize(5000, MEMORY);

    @Test
    void smallRowsAreReadAsManyAsAreWanted() {
        size.adapt(5000, 500_000);
        assertThat(size.rows()).isEqualTo(5000);
        assertThat(size.isLessThanWanted()).isFalse();
        // An empty page says nothing.
        size.adapt(0, 0);
        assertThat(size.rows()).isEqualTo(5000);
    }

    @Test
    void ofLargeRowsAreReadAsManyAsFit() {
        assertThat(size.isFilledBy(1_000_000)).isFalse();
        assertThat(size.isFilledBy(1_000_001)).isTrue();
        size.adapt(10, 1_000_001);
        assertThat(size.rows()).isEqualTo(9);
        assertThat(size.isLessThanWanted()).isTrue();
    }

    @Test
    void behindLargeRowsThereAreMoreAgainStepByStep() {
        size.adapt(10, 1_000_000);
        assertThat(size.rows()).isEqualTo(10);
        for (int expected : new int[] {20, 40, 80, 160, 320, 640, 1280, 2560, 5000, 5000}) {
            size.adapt(size.rows(), size.rows());
            assertThat(size.rows()).isEqualTo(expected);
        }
    }

    @Test
    void oneRowIsTheLeastThatIsAskedFor() {
        size.adapt(1, 10_000_000);
        assertThat(size.rows()).isEqualTo(1);
        assertThat(size.shrink()).isFalse();
    }

    @Test
    void aResultThatTheDriverCouldNotHoldIsAskedForInQuarters() {
        assertThat(size.shrink()).isTrue();
        assertThat(size.rows()).isEqualTo(1250);
        for (int expected : new int[] {312, 78, 19, 4, 1}) {
            assertThat(size.shrink()).isTrue();
            assertThat(size.rows()).isEqualTo(expected);
        }
        assertThat(size.shrink()).isFalse();
    }
}
