package dev.threadsmigration.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountTests {

    @Test
    void oneIsSingular() {
        assertThat(Amount.of(0, "record")).isEqualTo("0 records");
        assertThat(Amount.of(1, "record")).isEqualTo("1 record");
        assertThat(Amount.of(2000, "legacy record")).isEqualTo("2,000 legacy records");
        assertThat(Amount.of(3, "feedback")).isEqualTo("3 feedback");
    }
}
