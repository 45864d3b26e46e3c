package dev.threadsmigration.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A hash of what JSON means, whatever way its numbers are spelt. */
class JsonHashTests {

    /** As jsonb spells 1E131071; zero by zero it would take more than a minute. */
    @Test
    @Timeout(15)
    void aRoundNumberOfManyDigitsIsTheSameHoweverItIsSpelt() {
        BigDecimal written = new BigDecimal(BigInteger.TEN.pow(131_071));

        assertThat(JsonHash.number(written)).isEqualTo(JsonHash.number(new BigDecimal("1E+131071")));
        assertThat(JsonHash.number(written.negate())).isEqualTo(JsonHash.number(new BigDecimal("-1E+131071")));
        assertThat(JsonHash.number(written.negate())).isNotEqualTo(JsonHash.number(written));
    }

    @Test
    void zerosAfterManyDigitsDoNotCount() {
        String digits = "9".repeat(150);

        assertThat(JsonHash.number(new BigDecimal(digits + ".500")))
                .isEqualTo(JsonHash.number(new BigDecimal(digits + ".5")));
        assertThat(JsonHash.number(new BigDecimal(digits + "000")))
                .isEqualTo(JsonHash.number(new BigDecimal(digits + "E+3")))
                .isNotEqualTo(JsonHash.number(new BigDecimal(digits + "00")));
    }
}
