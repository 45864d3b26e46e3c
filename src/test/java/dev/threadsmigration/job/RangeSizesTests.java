package dev.threadsmigration.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Ranges shrink, so that no lane is left alone with a large one. */
class RangeSizesTests {

    @Test
    void shrinkToAboutAChunk() {
        assertThat(RangeSizes.ends(1_000_000, 2, 5_000))
                .containsExactly(400_000L, 800_000L, 880_000L, 960_000L, 976_000L, 992_000L, 996_000L);
        assertThat(RangeSizes.ends(1_000, 4, 50)).containsExactly(200L, 400L, 600L, 800L, 850L, 900L, 950L);
    }

    @Test
    void areOneForEachLaneWhereRecordsAreFew() {
        assertThat(RangeSizes.ends(10_000, 2, 2_500)).containsExactly(5_000L);
        assertThat(RangeSizes.ends(10, 3, 5_000)).containsExactly(3L, 6L);
    }

    @Test
    void neverEndBeforeTheFirstRecord() {
        assertThat(RangeSizes.ends(2, 4, 5_000)).containsExactly(1L);
        assertThat(RangeSizes.ends(1, 2, 5_000)).isEmpty();
        assertThat(RangeSizes.ends(0, 2, 5_000)).isEmpty();
    }

    @Test
    void areOneForOneLane() {
        assertThat(RangeSizes.ends(1_000_000, 1, 100)).isEmpty();
    }
}
