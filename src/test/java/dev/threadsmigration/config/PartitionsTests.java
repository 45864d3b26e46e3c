package dev.threadsmigration.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionsTests {

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 7", "64, 64", "65, 64", "192, 64"})
    void byItselfEveryProcessorHasARangeUpToTheMostThatThereMayBe(int processors, int ranges) {
        assertThat(Partitions.forProcessors(processors).count()).isEqualTo(ranges);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 64})
    void aNumberIsTakenAsItIs(int count) {
        assertThat(Partitions.valueOf(String.valueOf(count)).count()).isEqualTo(count);
        assertThat(Partitions.valueOf(Integer.valueOf(count)).count()).isEqualTo(count);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65", "-1", "1.5", "Auto", ""})
    void anythingElseIsRefusedWithWhatIsAllowed(String text) {
        assertThatThrownBy(() -> Partitions.valueOf(text))
                .hasMessageContaining("partitions")
                .hasMessageContaining("auto or a number from 1 to 64");
    }
}
